<#ftl attributes={
  "describes": "the kernels of the additive FFT on rows of 1 KiB",
  "runs": [
    r"jmh '\.FieldKernelBenchmark.kernel$' -p engine=selected,plain -p pass=FORWARD,FORWARD4,FORWARD4_GENERAL,MULTIPLY,ENTER,LEAVE -p rowBytes=1024 -p workBytes=524288"
  ]}>
<#function passes engine>
  <#return ["FORWARD", "FORWARD4", "FORWARD4_GENERAL", "MULTIPLY", "ENTER", "LEAVE"]?map(pass ->
    {"who": "${engine} engine", "work": pass?lower_case?replace("_", ", "),
      "computes": pass?starts_with("FORWARD4")?then("two layers of the FFT", "one pass"),
      "query": "FieldKernelBenchmark.kernel rowBytes=1024 engine=${engine} pass=${pass}",
      "bytes": 524288 * pass?starts_with("FORWARD4")?then(2, 1)})>
</#function>
<@rates bytes="work bytes of each layer" rows=passes("selected") + passes("plain")/>
<@made/>
