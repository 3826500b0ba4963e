<#ftl attributes={
  "describes": "the id of a 256-KiB blob for 4 to 1000 shards",
  "runs": [
    r"jmh '\.BlobIdBenchmark.blobId$' -p blobBytes=262144 -p shards=4,7,10,31,100,301,1000",
    "node bench/node/wasm-bench.mjs --work blobId --shards 4,7,10,31,100,301,1000 --bytes 262144"
  ]}>
<@speedups base="official WASM under Node" other="ours" rows=[4, 7, 10, 31, 100, 301, 1000]?map(n ->
  {"work": "n = ${n}", "base": "walrus-wasm.blobId blobBytes=262144 shards=${n}",
    "other": "BlobIdBenchmark.blobId blobBytes=262144 shards=${n}", "goal": 0})/>
<@made/>
${plot.lines({"title": "Blob id of 256 KiB, one thread", "x": "shards", "from": 0, "xTitle": "shards",
    "yTitle": "blob, MB/s", "log": "xy"}, {
  "Redstuff": "BlobIdBenchmark.blobId blobBytes=262144",
  "official WASM under Node": "walrus-wasm.blobId blobBytes=262144"})}
