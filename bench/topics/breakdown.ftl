| blob | phase | time | share |
|---|---|---:|---:|
<#list data as blob, phases>
  <#assign sum = 0>
  <#list phases?values as millis><#assign sum += millis></#list>
  <#list phases as phase, millis>
| ${blob} | ${phase} | ${results.figure(1000000 * millis, " ns", " us", " ms", " s")} | ${(100 * millis / sum)?round} % |
  </#list>
</#list>

Made by this, into `bench/results/breakdown.json`:

```
java --add-modules=jdk.incubator.vector -cp bench/target/benchmarks.jar io.redstuff.bench.BlobBreakdown 1048576 67108864
```

${plot.bars("Where the time of a blob goes", "ms", data)}
