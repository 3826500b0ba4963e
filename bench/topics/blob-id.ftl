<#ftl attributes={
  "describes": "the id of a blob, without keeping slivers",
  "runs": [
    r"jmh '\.BlobIdBenchmark.blobId$' -p blobBytes=1,100000,1048576,16777216,67108864,268435456 -p shards=1000",
    r"jmh '\.BlobIdBenchmark.blobId$' -p blobBytes=1048576,67108864 -p shards=100",
    r"jmh '\.BlobIdBenchmark.blobId$' -p blobBytes=1048576 -p shards=10",
    "node bench/node/wasm-bench.mjs --work blobId --shards 1000 --bytes 1,100000,1048576,16777216,67108864,268435456",
    "node bench/node/wasm-bench.mjs --work blobId --shards 100 --bytes 1048576,67108864",
    "node bench/node/wasm-bench.mjs --work blobId --shards 10 --bytes 1048576"
  ]}>
<#assign
  selected = [[1000, 1, 5], [1000, 100000, 5], [1000, MiB, 5], [1000, 16 * MiB], [1000, 64 * MiB, 3.5],
    [1000, 256 * MiB, 3.5], [100, MiB], [100, 64 * MiB], [10, MiB]]>
<@compare wasm=true rows=
  selected?map(what -> blob("", "BlobIdBenchmark.blobId engine=selected", "blobId", what))/>
<@made/>
${plot.lines(bySize("Blob id, n = 1000, one thread"), {
  "Redstuff": "BlobIdBenchmark.blobId shards=1000 engine=selected",
  "official native (reference, another run)": "official.blobId shards=1000",
  "official WASM under Node": "walrus-wasm.blobId shards=1000"})}
