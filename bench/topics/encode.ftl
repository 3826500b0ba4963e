<#ftl attributes={
  "describes": "all slivers of a blob in memory, and their commitments",
  "runs": [
    r"jmh '\.EncodeBenchmark\.(encode|encodeIntoKeptMemory)$' -p blobBytes=1,100000,1048576,16777216,67108864,268435456 -p shards=1000",
    r"jmh '\.EncodeBenchmark.encode$' -p blobBytes=1048576,67108864 -p shards=100",
    r"jmh '\.EncodeBenchmark.encode$' -p blobBytes=1048576 -p shards=10",
    "node bench/node/wasm-bench.mjs --work encode --shards 1000 --bytes 1,100000,1048576,16777216,67108864,268435456",
    "node bench/node/wasm-bench.mjs --work encode --shards 100 --bytes 1048576,67108864",
    "node bench/node/wasm-bench.mjs --work encode --shards 10 --bytes 1048576"
  ]}>
<#assign
  new = [[1000, 1], [1000, MiB], [1000, 16 * MiB], [1000, 64 * MiB], [1000, 256 * MiB, 3],
    [100, MiB], [100, 64 * MiB, 3], [10, MiB]]
  kept = [[1000, 64 * MiB], [1000, 256 * MiB]]>
<@compare wasm=true rows=
  new?map(what -> blob("", "EncodeBenchmark.encode", "encode", what))
  + kept?map(what -> blob("into kept memory, ", "EncodeBenchmark.encodeIntoKeptMemory", "encode", what))/>
<@made/>
${plot.lines(bySize("Encode with slivers to memory, n = 1000, one thread"), {
  "Redstuff": "EncodeBenchmark.encode shards=1000",
  "Redstuff, kept memory": "EncodeBenchmark.encodeIntoKeptMemory shards=1000",
  "official native (reference, another run)": "official.encode shards=1000",
  "official WASM under Node": "walrus-wasm.encode shards=1000"})}
