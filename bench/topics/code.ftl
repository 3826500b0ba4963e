<#ftl attributes={
  "describes": "the one-dimensional code, beside the official crate, Hadoop and ISA-L",
  "runs": [
    r"jmh '\.ReedSolomonBenchmark\.(encode|decode)$' -p shape=334:666:1206,667:333:1206,512:512:1024,32:32:1024,334:666:64,667:333:64,32:32:65536,10:4:1024,10:4:65536,10:4:1048576",
    r"jmh '\.HadoopBenchmark.encode$'",
    r"jmh '\.IsaLBenchmark.encode$'"
  ]}>
<#assign
  goals = ["334:666:1206", "667:333:1206", "512:512:1024", "32:32:1024"]
  others = ["334:666:64", "667:333:64", "32:32:65536", "10:4:1024", "10:4:65536"]>
<#function codewords work official goal>
  <#return (goals + others)?map(shape ->
    {"work": "${work} ${shape}", "ours": "ReedSolomonBenchmark.${work} engine=selected shape=${shape}",
      "native": "official.${official} shape=${shape}", "goal": goals?seq_contains(shape)?then(goal, 0)})>
</#function>
<@compare rows=codewords("encode", "codeEncode", 1.4) + codewords("decode", "codeDecode", 4)/>
<#function encoded who shape>
  <#local numbers = shape?split(":")?map(number -> number?number)>
  <#return who + {"work": shape, "query": "${who.benchmark} shape=${shape}",
      "bytes": (numbers[0] + numbers[1]) * numbers[2]}>
</#function>
<#assign
  ours = {"who": "Redstuff", "computes": "Reed-Solomon over GF(2^16)",
    "benchmark": "ReedSolomonBenchmark.encode engine=selected"}
  isaL = {"who": peers.ISA_L, "computes": "Reed-Solomon over GF(2^8), another code, native",
    "benchmark": "IsaLBenchmark.encode"}
  hadoop = {"who": peers.HADOOP, "computes": "Reed-Solomon over GF(2^8), another code, plain Java",
    "benchmark": "HadoopBenchmark.encode"}
  rows = []>
<#list ["10:4:1024", "10:4:65536", "10:4:1048576"] as shape>
  <#assign rows += [encoded(ours, shape), encoded(isaL, shape), encoded(hadoop, shape)]>
</#list>
<@rates bytes="data and parity" rows=rows + [encoded(hadoop, "6:3:1048576")]/>
<@made/>
