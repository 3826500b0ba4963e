<#ftl attributes={
  "describes": "checking certificates of 100 signers, one by one and together, on each library of pairings",
  "runs": [
    r"jmh '\.CertificateBenchmark\.'"
  ]}>
| certificates of 100 signers | Bouncy Castle | blst, by jblst | ratio |
|---|---:|---:|---:|
<#list [["one", "one"], ["100, one by one", "oneByOne"], ["100, together", "together"]] as row>
<#assign slow = "CertificateBenchmark.${row[1]} engine=bouncy-castle", fast = "CertificateBenchmark.${row[1]} engine=blst">
| ${row[0]} | ${results.time(slow, "not measured")} | ${results.time(fast, "not measured")} <#t>
| ${results.figure(results.nanos(slow) / results.nanos(fast), "x")} |
</#list>

<@made/>
