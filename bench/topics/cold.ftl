<#ftl attributes={
  "describes": "whole processes, beside the official WASM build and an earlier build in bench/target/before",
  "runs": [
    "cold --work blob-id --samples 3 --bytes 1024,8388608,67108864,268435456,1073741824",
    "cold --work encode,decode,verify,decode-missing,recover --samples 3 --bytes 1024,8388608,67108864,1073741824",
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

<@made/>
${plot.lines(bySize("Blob id, n = 1000: whole processes, and a warm JVM") + {"from": 1000}, {
  "redstuff blob-id, a process": "cold.blob-id who=redstuff",
  "the same, before": "cold.blob-id who=before",
  "official WASM under Node, a process": "cold.blob-id who=walrus-wasm",
  "RedStuff.blobId, warm, two threads": "ThreadsBenchmark.blobId mode=avgt"})}
