<#ftl attributes={
  "describes": "the kernels of the additive FFT on rows of 1 KiB",
  "runs": [
    r"jmh '\.FieldKernelBenchmark\.(forward|forward4|forward4General|multiply|enter|leave)$' -p engine=selected,scalar -p rowBytes=1024 -p workBytes=524288"
  ]}>
<#function passes engine>
  <#return ["forward", "forward4", "forward4General", "multiply", "enter", "leave"]?map(kernel ->
    {"who": "${engine} engine", "work": kernel,
      "computes": kernel?starts_with("forward4")?then("two layers of the FFT", "one pass"),
      "query": "FieldKernelBenchmark.${kernel} rowBytes=1024 engine=${engine}",
      "bytes": 524288 * kernel?starts_with("forward4")?then(2, 1)})>
</#function>
<@rates bytes="work bytes of each layer" rows=passes("selected") + passes("scalar")/>
<@made/>
