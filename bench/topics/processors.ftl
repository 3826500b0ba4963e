<#ftl attributes={
  "describes": "the plain engine on JVMs held to narrower vectors or to C1, beside the scalar one of an earlier build",
  "runs": [
    r"jmh '\.HashBenchmark.manyMessages$' -p engine=plain -p messageBytes=64 -wi 3 -i 3 -jvmArgsAppend -XX:UseAVX=3",
    r"jmh '\.BlobIdBenchmark.blobId$' -p blobBytes=1048576,67108864 -p engine=plain -p shards=1000 -wi 3 -i 3 -jvmArgsAppend -XX:UseAVX=3",
    r"before '\.HashBenchmark.manyMessages$' -p engine=scalar -p messageBytes=64 -wi 3 -i 3 -jvmArgsAppend -XX:UseAVX=3",
    r"before '\.BlobIdBenchmark.blobId$' -p blobBytes=1048576,67108864 -p engine=scalar -p shards=1000 -wi 3 -i 3 -jvmArgsAppend -XX:UseAVX=3",
    r"jmh '\.HashBenchmark.manyMessages$' -p engine=plain -p messageBytes=64 -wi 3 -i 3 -jvmArgsAppend -XX:UseAVX=2",
    r"jmh '\.BlobIdBenchmark.blobId$' -p blobBytes=1048576,67108864 -p engine=plain -p shards=1000 -wi 3 -i 3 -jvmArgsAppend -XX:UseAVX=2",
    r"before '\.HashBenchmark.manyMessages$' -p engine=scalar -p messageBytes=64 -wi 3 -i 3 -jvmArgsAppend -XX:UseAVX=2",
    r"before '\.BlobIdBenchmark.blobId$' -p blobBytes=1048576,67108864 -p engine=scalar -p shards=1000 -wi 3 -i 3 -jvmArgsAppend -XX:UseAVX=2",
    r"jmh '\.HashBenchmark.manyMessages$' -p engine=plain -p messageBytes=64 -wi 3 -i 3 -jvmArgsAppend -XX:UseAVX=1",
    r"jmh '\.BlobIdBenchmark.blobId$' -p blobBytes=1048576,67108864 -p engine=plain -p shards=1000 -wi 3 -i 3 -jvmArgsAppend -XX:UseAVX=1",
    r"before '\.HashBenchmark.manyMessages$' -p engine=scalar -p messageBytes=64 -wi 3 -i 3 -jvmArgsAppend -XX:UseAVX=1",
    r"before '\.BlobIdBenchmark.blobId$' -p blobBytes=1048576,67108864 -p engine=scalar -p shards=1000 -wi 3 -i 3 -jvmArgsAppend -XX:UseAVX=1",
    r"jmh '\.HashBenchmark.manyMessages$' -p engine=plain -p messageBytes=64 -wi 3 -i 3 -jvmArgsAppend -XX:UseAVX=0",
    r"jmh '\.BlobIdBenchmark.blobId$' -p blobBytes=1048576,67108864 -p engine=plain -p shards=1000 -wi 3 -i 3 -jvmArgsAppend -XX:UseAVX=0",
    r"before '\.HashBenchmark.manyMessages$' -p engine=scalar -p messageBytes=64 -wi 3 -i 3 -jvmArgsAppend -XX:UseAVX=0",
    r"before '\.BlobIdBenchmark.blobId$' -p blobBytes=1048576,67108864 -p engine=scalar -p shards=1000 -wi 3 -i 3 -jvmArgsAppend -XX:UseAVX=0",
    r"jmh '\.HashBenchmark.manyMessages$' -p engine=plain -p messageBytes=64 -wi 3 -i 3 -jvmArgsAppend -XX:TieredStopAtLevel=1",
    r"jmh '\.BlobIdBenchmark.blobId$' -p blobBytes=1048576,67108864 -p engine=plain -p shards=1000 -wi 3 -i 3 -jvmArgsAppend -XX:TieredStopAtLevel=1",
    r"before '\.HashBenchmark.manyMessages$' -p engine=scalar -p messageBytes=64 -wi 3 -i 3 -jvmArgsAppend -XX:TieredStopAtLevel=1",
    r"before '\.BlobIdBenchmark.blobId$' -p blobBytes=1048576,67108864 -p engine=scalar -p shards=1000 -wi 3 -i 3 -jvmArgsAppend -XX:TieredStopAtLevel=1"
  ]}>
<#assign settings = {
  "-XX:UseAVX=3": "all that the processor has", "-XX:UseAVX=2": "AVX2, 256 bits", "-XX:UseAVX=1": "AVX, 256 bits for floating point alone",
  "-XX:UseAVX=0": "SSE, 128 bits", "-XX:TieredStopAtLevel=1": "C1, which makes no vectors"}>
| JVM | work | scalar engine before | plain engine | before : now |
|---|---|---:|---:|---:|
<#list settings as option, what>
<#list [["one leaf of 65 bytes", "HashBenchmark.manyMessages"], ["blob id, 1 MiB", "BlobIdBenchmark.blobId blobBytes=1048576"],
  ["blob id, 64 MiB", "BlobIdBenchmark.blobId blobBytes=67108864"]] as work>
<#assign was = "${work[1]} engine=scalar ${option}", now = "${work[1]} engine=plain ${option}">
| `${option}`: ${what} | ${work[0]} | ${results.time(was, "not measured")} | ${results.time(now, "not measured")} <#t>
| ${results.figure(results.nanos(was) / results.nanos(now), "x")} |
</#list>
</#list>

<@made/>
