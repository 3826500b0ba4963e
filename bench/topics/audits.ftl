<#ftl attributes={
  "describes": "answering the challenges of an audit, and verifying the answers, together and one by one",
  "runs": [
    r"jmh '\.AuditBenchmark\.' -p shards=1000 -p blobs=20 -p blobBytes=262144,67108864"
  ]}>
| one answer of 402, n = 1000 | 20 blobs of 256 KiB | answers | 20 blobs of 64 MiB | answers |
|---|---:|---:|---:|---:|
<#list [["answered, sliver by sliver", "answerParallel"], ["answered one after the other", "answerSequential"],
  ["verified together", "verifyTogether"], ["verified one by one", "verifyOneByOne"]] as row>
<#assign small = "AuditBenchmark.${row[1]} blobBytes=262144", large = "AuditBenchmark.${row[1]} blobBytes=67108864">
| ${row[0]} | ${results.time(small, "not measured")} | ${results.figure(1000000000 / results.nanos(small), "/s", "k/s", "M/s")} <#t>
| ${results.time(large, "not measured")} | ${results.figure(1000000000 / results.nanos(large), "/s", "k/s", "M/s")} |
</#list>

<@made/>
