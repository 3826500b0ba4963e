<#ftl attributes={
  "describes": "vectors, warm: what this build does beside an earlier one in bench/target/before",
  "runs": [
    r"jmh '\.BlobIdBenchmark.blobId$' -p blobBytes=67108864,268435456 -p shards=1000 -jvmArgsAppend -Dbuild=this",
    r"before '\.BlobIdBenchmark.blobId$' -p blobBytes=67108864,268435456 -p shards=1000 -jvmArgsAppend -Dbuild=before",
    r"jmh '\.EncodeBenchmark\.(encode|encodeIntoKeptMemory)$' -p blobBytes=268435456 -p shards=1000 -jvmArgsAppend -Dbuild=this",
    r"before '\.EncodeBenchmark\.(encode|encodeIntoKeptMemory)$' -p blobBytes=268435456 -p shards=1000 -jvmArgsAppend -Dbuild=before",
    r"jmh '\.EncodeBenchmark.encode$' -p blobBytes=67108864 -p shards=100 -jvmArgsAppend -Dbuild=this",
    r"before '\.EncodeBenchmark.encode$' -p blobBytes=67108864 -p shards=100 -jvmArgsAppend -Dbuild=before",
    r"jmh '\.ReedSolomonBenchmark.encode$' -p shape=334:666:1206,667:333:1206,512:512:1024,32:32:1024,334:666:64 -jvmArgsAppend -Dbuild=this",
    r"before '\.ReedSolomonBenchmark.encode$' -p shape=334:666:1206,667:333:1206,512:512:1024,32:32:1024,334:666:64 -jvmArgsAppend -Dbuild=before",
    r"jmh '\.ReedSolomonBenchmark.decode$' -p shape=334:666:64 -jvmArgsAppend -Dbuild=this",
    r"before '\.ReedSolomonBenchmark.decode$' -p shape=334:666:64 -jvmArgsAppend -Dbuild=before",
    r"jmh '\.RecoveryBenchmark\.(symbolWithProof|verifySliver|recoverUnproven)$' -p blobBytes=67108864 -p shards=1000 -jvmArgsAppend -Dbuild=this",
    r"before '\.RecoveryBenchmark\.(symbolWithProof|verifySliver|recoverUnproven)$' -p blobBytes=67108864 -p shards=1000 -jvmArgsAppend -Dbuild=before",
    r"jmh '\.ThreadsBenchmark\.(blobId|encode)$' -p blobBytes=67108864 -p shards=1000 -p threads=1,2 -jvmArgsAppend -Dbuild=this",
    r"before '\.ThreadsBenchmark\.(blobId|encode)$' -p blobBytes=67108864 -p shards=1000 -p threads=1,2 -jvmArgsAppend -Dbuild=before",
    r"jmh '\.SliverThreadsBenchmark' -jvmArgsAppend -Dbuild=this"
  ]}>
<#assign big = "shards=1000 blobBytes=67108864", rows = [
  ["blob id, 64 MiB", "BlobIdBenchmark.blobId blobBytes=67108864", "official.blobId ${big}", 3.5],
  ["blob id, 256 MiB", "BlobIdBenchmark.blobId blobBytes=268435456", "official.blobId shards=1000 blobBytes=268435456", 3.2],
  ["encode, 256 MiB, new memory", "EncodeBenchmark.encode shards=1000", "official.encode shards=1000 blobBytes=268435456", 2.6],
  ["encode, 256 MiB, kept memory", "EncodeBenchmark.encodeIntoKeptMemory", "official.encode shards=1000 blobBytes=268435456", 3.2],
  ["encode, n = 100, 64 MiB, new memory", "EncodeBenchmark.encode shards=100", "official.encode shards=100 blobBytes=67108864", 2.7]]>
<#list ["334:666:1206", "667:333:1206", "512:512:1024", "32:32:1024", "334:666:64"] as shape>
<#assign rows += [["1-D encode ${shape}", "ReedSolomonBenchmark.encode shape=${shape}", "official.codeEncode shape=${shape}",
  shape?ends_with(":64")?then(1.2, 1.5)]]>
</#list>
<#assign rows += [
  ["1-D decode 334:666:64", "ReedSolomonBenchmark.decode shape=334:666:64", "official.codeDecode shape=334:666:64", 1.2],
  ["symbol with proof, 64 MiB", "RecoveryBenchmark.symbolWithProof", "official.symbolWithProof ${big}", 3.5],
  ["verify a sliver, 64 MiB", "RecoveryBenchmark.verifySliver", "official.verifySliver ${big}", 3.5],
  ["recover a sliver and check its hash, 64 MiB", "RecoveryBenchmark.recoverUnproven", "official.recoverAndVerifyPrimary ${big}", 3.5]]>
| work, n = 1000 unless said | before | now | before : now | official native (reference) | ratio | at least | met |
|---|---:|---:|---:|---:|---:|---:|---:|
<#list rows as row>
<#assign was = "${row[1]} -Dbuild=before", now = "${row[1]} -Dbuild=this",
  ratio = results.nanos(row[2]) / results.nanos(now)>
| ${row[0]} | ${results.time(was, "not measured")} | ${results.time(now, "not measured")} <#t>
| ${results.figure(results.nanos(was) / results.nanos(now), "x")} | ${results.time(row[2], "–")} <#t>
| ${results.figure(ratio, "x")} | ${verdict(row[3], "x", ratio)} |
</#list>

<@speedups base="one thread" other="two threads" rows=[
    ["blob id, 64 MiB", "ThreadsBenchmark.blobId -Dbuild=this"], ["the same before", "ThreadsBenchmark.blobId -Dbuild=before"],
    ["encode, 64 MiB", "ThreadsBenchmark.encode -Dbuild=this"], ["the same before", "ThreadsBenchmark.encode -Dbuild=before"],
    ["decode, 64 MiB", "SliverThreadsBenchmark.decode"], ["repair of a tenth, 64 MiB", "SliverThreadsBenchmark.repair"]
  ]?map(work -> {"work": work[0], "base": "${work[1]} threads=1", "other": "${work[1]} threads=2",
    "goal": work[0]?starts_with("the same")?then(0, 1.85)})/>
<@made/>
