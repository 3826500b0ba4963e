<#ftl attributes={
  "describes": "the plain engine, beside the scalar one of an earlier build in bench/target/before",
  "runs": [
    r"jmh '\.HashBenchmark.manyMessages$' -p engine=plain -p messageBytes=64,1024",
    r"before '\.HashBenchmark.manyMessages$' -p engine=scalar -p messageBytes=64,1024",
    r"jmh '\.BlobIdBenchmark.blobId$' -p blobBytes=1,1048576,67108864,268435456 -p engine=plain -p shards=1000",
    r"before '\.BlobIdBenchmark.blobId$' -p blobBytes=1,1048576,67108864,268435456 -p engine=scalar -p shards=1000",
    r"jmh '\.EncodeBenchmark.encodeIntoKeptMemory$' -p blobBytes=67108864 -p engine=plain -p shards=1000",
    r"before '\.EncodeBenchmark.encodeIntoKeptMemory$' -p blobBytes=67108864 -p engine=scalar -p shards=1000",
    r"jmh '\.DecodeBenchmark.decodeVerified$' -p blobBytes=67108864 -p engine=plain -p check=SKIP -p shards=1000 -p slivers=lastPrimaries",
    r"before '\.DecodeBenchmark.decodeVerified$' -p blobBytes=67108864 -p engine=scalar -p check=SKIP -p shards=1000 -p slivers=lastPrimaries",
    r"jmh '\.ReedSolomonBenchmark.encode$' -p shape=334:666:1206 -p engine=plain",
    r"before '\.ReedSolomonBenchmark.encode$' -p shape=334:666:1206 -p engine=scalar"
  ]}>
<#assign
  ids = [[1, 5], [MiB, 4], [64 * MiB, 1.2], [256 * MiB, 1]]?map(id ->
    {"work": "blob id, ${size(id[0])}", "query": "BlobIdBenchmark.blobId blobBytes=${id[0]}",
      "native": "official.blobId shards=1000 blobBytes=${id[0]}", "goal": id[1]})
  others = [
    {"work": "encode into kept memory, 64 MiB", "query": "EncodeBenchmark.encodeIntoKeptMemory",
      "native": "official.encode shards=1000 blobBytes=67108864", "goal": 1.1},
    {"work": "decode, recovery primaries, 64 MiB", "query": "DecodeBenchmark.decodeVerified",
      "native": "official.decode slivers=lastPrimaries check=SKIP shards=1000 blobBytes=67108864", "goal": 2},
    {"work": "one-dimensional encode, 334:666:1206", "query": "ReedSolomonBenchmark.encode",
      "native": "official.codeEncode shape=334:666:1206", "goal": 0.25}]>
| work | scalar engine before | plain engine | before : now | official native (reference) | ratio | at least | met |
|---|---:|---:|---:|---:|---:|---:|---:|
<#list ids + others as row>
<#assign now = "${row.query} engine=plain", was = "${row.query} engine=scalar",
  ratio = results.nanos(row.native) / results.nanos(now)>
| ${row.work} | ${results.time(was, "not measured")} | ${results.time(now, "not measured")} <#t>
| ${results.figure(results.nanos(was) / results.nanos(now), "x")} | ${results.time(row.native, "–")} <#t>
| ${results.figure(ratio, "x")} | ${verdict(row.goal, "x", ratio)} |
</#list>

<#assign hashes = []>
<#list [64, 1024] as length>
<#list [["plain engine", "plain", 2.2], ["scalar engine before", "scalar", 0]] as who>
<#assign hashes += [{"who": who[0], "computes": "BLAKE2b-256 of leaves", "work": "${length + 1} bytes", "goal": who[2],
  "query": "HashBenchmark.manyMessages engine=${who[1]} messageBytes=${length}",
  "bytes": 128 * ((1 + length) / 128)?ceiling}]>
</#list>
</#list>
<@rates bytes="compressed blocks" rows=hashes/>
<@made/>
