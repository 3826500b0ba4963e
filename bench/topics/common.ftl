<#-- What topics share. results, plot: the classes Results and Plot, whose public methods they may call. What is
     measured is named by queries, see Results. A table of another kind is another macro, or Markdown in its topic. -->

<#assign MiB = 1048576>

<#function size bytes><#return (bytes < MiB)?then("${bytes} B", "${bytes / MiB} MiB")></#function>

<#-- The last two cells of a row: what was to be reached at least, 0 for no goal, and whether it was. -->
<#function verdict goal unit reached>
  <#if goal == 0><#return "– | –"></#if>
  <#return "${goal}${unit} | " + reached?is_nan?then("–", (reached >= goal)?then("yes", "**no**"))>
</#function>

<#-- A row for compare; what: number of shards, bytes of the blob, goal. -->
<#function blob work ours official what>
  <#local at = " shards=${what[0]} blobBytes=${what[1]}">
  <#return {"work": "${work}n = ${what[0]}, ${size(what[1])}", "goal": what[2]!0, "ours": ours + at,
    "native": "official.${official}${at}", "wasm": "walrus-wasm.${official}${at}"}>
</#function>

<#-- Ours beside the official builds. Rows: work, ours, native, wasm, goal. -->
<#macro compare rows wasm=false>
| work | ours | heap | official native (reference) | ratio |<#if wasm> official WASM | ratio |</#if> at least | met |
|---|---:|---:|---:|---:|${wasm?then("---:|---:|", "")}---:|---:|
<#list rows as row>
  <#local overNative = results.nanos(row.native) / results.nanos(row.ours)
    overWasm = results.nanos(row.wasm!"") / results.nanos(row.ours)
    heap = results.heap(row.ours)>
| ${row.work} | ${results.time(row.ours, "not measured")} | ${(heap < 0.5)?then("0 B", results.figure(heap, " B", " kB", " MB", " GB"))} <#t>
| ${results.time(row.native, "–")} | ${results.figure(overNative, "x")} <#t>
<#if wasm>| ${results.time(row.wasm, "–")} | ${results.figure(overWasm, "x")} </#if><#t>
| ${verdict(row.goal, "x", overNative)} |
</#list>

</#macro>

<#-- Two of ours beside each other. Rows: work, base, other, goal. -->
<#macro speedups base other rows>
| work | ${base} | ${other} | ratio | at least | met |
|---|---:|---:|---:|---:|---:|
<#list rows as row>
  <#local ratio = results.nanos(row.base) / results.nanos(row.other)>
| ${row.work} | ${results.time(row.base, "not measured")} | ${results.time(row.other, "not measured")} <#t>
| ${results.figure(ratio, "x")} | ${verdict(row.goal, "x", ratio)} |
</#list>

</#macro>

<#-- Bytes a second, of ours and of others that need not compute the same. Rows: who, computes, work, query, bytes, goal. -->
<#macro rates bytes rows>
| who | computes | work | time | rate, ${bytes} | at least | met |
|---|---|---|---:|---:|---:|---:|
<#list rows as row>
  <#local rate = row.bytes / results.nanos(row.query)>
| ${row.who} | ${row.computes} | ${row.work} | ${results.time(row.query, "not measured")} <#t>
| ${results.figure(1000 * rate, " MB/s", " GB/s")} | ${verdict(row.goal!0, " GB/s", rate)} |
</#list>

</#macro>

<#-- What to type to get the same results, and when these were made. -->
<#macro made>
  <#local machine = machines[topic]!{}>
Made by `bench/report ${(machine.quick!false)?then("--quick ", "")}${topic}`<#if machine.date??> on ${machine.date}</#if>, which runs:

```
<#list runs as run>
${run}
</#list>
```

</#macro>

<#-- The axes of a plot of blobs; what a shorter blob takes hardly depends on its length: its rate says nothing. -->
<#function bySize title>
  <#return {"title": title, "x": "blobBytes", "from": 100000, "xTitle": "blob, bytes", "yTitle": "blob, MB/s", "log": "xy"}>
</#function>
