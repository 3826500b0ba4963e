<#ftl attributes={
  "describes": "packing files into a quilt and reading one, beside the official TypeScript package",
  "runs": [
    r"jmh '\.QuiltBenchmark\.' -p shards=1000 -p files=500",
    "node bench/node/quilt-bench.mjs --shards 1000 --files 500"
  ]}>
<@speedups base="official TypeScript under Node" other="ours" rows=[
    ["500 files of 1 to 20 KiB to a quilt", "pack"],
    ["index and one file of the whole quilt, by name, not verified", "readByName"],
    ["one file of its slivers; ours verified", "readById"]
  ]?map(row -> {"work": "${row[0]}, n = 1000", "base": "walrus-sdk.${row[1]} shards=1000 files=500",
    "other": "QuiltBenchmark.${row[1]} shards=1000 files=500", "goal": 0})/>
<@made/>
