<#ftl attributes={
  "describes": "the first call in a JVM and the hundredth, with and without the vector module, beside an earlier build in bench/target/before",
  "runs": [
    r"jmh '\.ThreadsBenchmark.blobId$' -bm ss -f 5 -wi 0 -i 1 -p blobBytes=64000000 -p engine=free,plain -p shards=100 -p threads=2",
    r"jmh '\.ThreadsBenchmark.blobId$' -bm ss -f 5 -wi 0 -i 1 -p blobBytes=1000000 -p engine=free,plain -p shards=1000 -p threads=2",
    r"jmh '\.ThreadsBenchmark.blobId$' -bm ss -f 1 -wi 99 -i 11 -p blobBytes=64000000 -p engine=free,plain -p shards=100 -p threads=2",
    r"jmh '\.ThreadsBenchmark.blobId$' -bm ss -f 1 -wi 99 -i 11 -p blobBytes=1000000 -p engine=free,plain -p shards=1000 -p threads=2",
    r"before '\.ThreadsBenchmark.blobId$' -bm ss -f 5 -wi 0 -i 1 -p blobBytes=64000000 -p engine=selected,scalar -p shards=100 -p threads=2",
    r"before '\.ThreadsBenchmark.blobId$' -bm ss -f 5 -wi 0 -i 1 -p blobBytes=1000000 -p engine=selected,scalar -p shards=1000 -p threads=2"
  ]}>
`RedStuff.blobId` on both processors, in a JVM that has done nothing before; "hundredth" is the mean of calls 100 to 110; "before" began with vectors, or was scalar.

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
