<#-- A row for the topics that were measured alike, and who could not be measured. -->
<#assign rows = {}, absent = []>
<#list data as topic, m>
  <#assign
    cells = "${m.cpu} | ${m.cores} | ${results.figure(m.memory, ' B', ' kB', ' MB', ' GB')} | ${m.system} | ${m.jdk} | ${m.engine} | ${m.date}"
    key = "${m.quick?then(' (quick)', '')} | ${cells}"
    rows += {key: (rows[key]![]) + [topic]}
    absent += m.leftOut?map(why -> "- ${topic}: ${why}")>
</#list>
| topics | processor | cores | memory | system | JDK | engine | date |
|---|---|---|---|---|---|---|---|
<#list rows as cells, topics>
| ${topics?join(", ")}${cells} |
</#list>

<#if absent?has_content>
Not measured:

${absent?join("\n")}
</#if>
