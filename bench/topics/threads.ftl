<#ftl attributes={
  "describes": "one blob split across threads",
  "runs": [
    r"jmh '\.ThreadsBenchmark\.(blobId|encode)$' -p blobBytes=1048576,67108864 -p shards=1000 -p threads=1,2"
  ]}>
<#assign works = [
  ["blob id, 1 MiB", "ThreadsBenchmark.blobId blobBytes=1048576"],
  ["blob id, 64 MiB", "ThreadsBenchmark.blobId blobBytes=67108864"],
  ["encode, 1 MiB", "ThreadsBenchmark.encode blobBytes=1048576"],
  ["encode, 64 MiB", "ThreadsBenchmark.encode blobBytes=67108864"]]>
<@speedups base="one thread" other="two threads" rows=works?map(work ->
  {"work": work[0], "base": "${work[1]} threads=1", "other": "${work[1]} threads=2", "goal": 1.85})/>
<@made/>
<#assign series = {}>
<#list works as work><#assign series += {work[0]: work[1]}></#list>
${plot.lines({"title": "Threads, n = 1000", "x": "threads", "from": 0, "xTitle": "threads",
    "yTitle": "blob, MB/s", "log": ""}, series)}
