<#ftl attributes={
  "describes": "whole processes and first calls, beside the official WASM build and an earlier build in bench/target/before",
  "runs": [
    "cold --work blob-id --samples 3 --bytes 1024,8388608,67108864,268435456,1073741824",
    "cold --work encode,decode,verify,decode-missing,recover --samples 3 --bytes 1024,8388608,67108864,1073741824",
    r"jmh '\.ThreadsBenchmark.blobId$' -bm ss -f 5 -wi 0 -i 1 -p blobBytes=64000000 -p engine=free,plain -p shards=100 -p threads=2",
    r"jmh '\.ThreadsBenchmark.blobId$' -bm ss -f 5 -wi 0 -i 1 -p blobBytes=1000000 -p engine=free,plain -p shards=1000 -p threads=2",
    r"jmh '\.ThreadsBenchmark.blobId$' -bm ss -f 1 -wi 99 -i 1 -p blobBytes=64000000 -p engine=free,plain -p shards=100 -p threads=2",
    r"jmh '\.ThreadsBenchmark.blobId$' -bm ss -f 1 -wi 99 -i 1 -p blobBytes=1000000 -p engine=free,plain -p shards=1000 -p threads=2",
    r"before '\.ThreadsBenchmark.blobId$' -bm ss -f 5 -wi 0 -i 1 -p blobBytes=64000000 -p engine=selected,scalar -p shards=100 -p threads=2",
    r"before '\.ThreadsBenchmark.blobId$' -bm ss -f 5 -wi 0 -i 1 -p blobBytes=1000000 -p engine=selected,scalar -p shards=1000 -p threads=2",
    r"jmh '\.ThreadsBenchmark.blobId$' -p blobBytes=1024,8388608,67108864,268435456 -p engine=selected -p shards=1000 -p threads=2"
  ]}>
<#-- Rows: work, bytes, goal, and what the goal is over: WASM or the earlier build. -->
<#assign rows = [
  ["blob-id", 1024, 4, "WASM"], ["blob-id", 8 * MiB, 2, "WASM"], ["blob-id", 64 * MiB, 3.6, "WASM"],
  ["blob-id", 256 * MiB, 6, "WASM"], ["blob-id", 1024 * MiB, 1.5, "before"]]>
<#list [1024, 8 * MiB, 64 * MiB, 1024 * MiB] as bytes>
<#list ["encode", "decode", "decode-missing", "verify", "recover"] as work>
<#assign rows += [[work, bytes, (bytes == 64 * MiB)?then(2, 0), "before"]]>
</#list>
</#list>
| process | blob | redstuff | official WASM | ratio | before | before : now | at least | met |
|---|---|---:|---:|---:|---:|---:|---:|---:|
<#list rows as row>
<#assign
  at = "cold.${row[0]} blobBytes=${row[1]} who="
  overWasm = results.nanos(at + "walrus-wasm") / results.nanos(at + "redstuff")
  overBefore = results.nanos(at + "before") / results.nanos(at + "redstuff")>
| ${row[0]} | ${size(row[1])} | ${results.time(at + "redstuff", "not measured")} | ${results.time(at + "walrus-wasm", "–")} <#t>
| ${results.figure(overWasm, "x")} | ${results.time(at + "before", "–")} | ${results.figure(overBefore, "x")} <#t>
| ${verdict(row[2], "x " + row[3], (row[3] == "WASM")?then(overWasm, overBefore))} |
</#list>

`RedStuff.blobId` on both processors, in a JVM that has done nothing before; "before" began with vectors, or was scalar.

| blob | vector module | first call | hundredth | first call before | before : now |
|---|---|---:|---:|---:|---:|
<#list [[100, 64000000], [1000, 1000000]] as blob>
<#list [["yes", "free", "selected"], ["no", "plain", "scalar"]] as module>
<#assign at = "ThreadsBenchmark.blobId mode=ss shards=${blob[0]} blobBytes=${blob[1]}",
  first = "${at} warmupIterations=0 engine=", later = "${at} warmupIterations=99 engine=">
| ${blob[1]} B, n = ${blob[0]} | ${module[0]} | ${results.time(first + module[1], "not measured")} <#t>
| ${results.time(later + module[1], "not measured")} | ${results.time(first + module[2], "–")} <#t>
| ${results.figure(results.nanos(first + module[2]) / results.nanos(first + module[1]), "x")} |
</#list>
</#list>

<@made/>
${plot.lines(bySize("Blob id, n = 1000: whole processes, and a warm JVM") + {"from": 1000}, {
  "redstuff blob-id, a process": "cold.blob-id who=redstuff",
  "the same, before": "cold.blob-id who=before",
  "official WASM under Node, a process": "cold.blob-id who=walrus-wasm",
  "RedStuff.blobId, warm, two threads": "ThreadsBenchmark.blobId mode=avgt"})}
