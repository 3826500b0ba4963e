<#ftl attributes={
  "describes": "BLAKE2b-256 of leaves, beside Bouncy Castle and libb2",
  "runs": [
    r"jmh '\.HashBenchmark.manyMessages$' -p engine=selected",
    r"jmh '\.HashBenchmark.oneMessage$'",
    r"jmh '\.BouncyCastleBenchmark.hash$'",
    r"jmh '\.LibB2Benchmark.hash$'"
  ]}>
<#function hashed length>
  <#return [
      ["Redstuff `LeafHasher`", "many messages in lanes", "HashBenchmark.manyMessages engine=selected",
        (length == 64 || length == 1024)?then(3.8, 0)],
      ["Redstuff `Blake2b`", "one message, readable", "HashBenchmark.oneMessage engine=selected"],
      [peers.BOUNCY_CASTLE, "BLAKE2b-256, one message at a time, plain Java", "BouncyCastleBenchmark.hash"],
      [peers.LIB_B2, "BLAKE2b-256, one message at a time, native", "LibB2Benchmark.hash"],
      ["RustCrypto blake2 (reference)", "one message, as in the official encoder", "official.hash"],
      ["blake2b_simd (reference)", "many messages in lanes, AVX-512VL", "official.hashBlake2bSimdMany"]
    ]?map(row ->
      {"who": row[0], "computes": row[1], "work": "${length + 1} bytes", "query": "${row[2]} messageBytes=${length}",
        "bytes": 128 * ((1 + length) / 128)?ceiling, "goal": row[3]!0})>
</#function>
<@rates bytes="compressed blocks" rows=hashed(2) + hashed(64) + hashed(1024) + hashed(4820)/>
<@made/>
${plot.lines({"title": "BLAKE2b-256 of leaves, one thread", "x": "messageBytes", "from": 0,
    "xTitle": "bytes of a message, without its prefix", "yTitle": "compressed blocks, GB/s", "log": "x"}, {
  "Redstuff": "HashBenchmark.manyMessages engine=selected",
  peers.BOUNCY_CASTLE: "BouncyCastleBenchmark.hash",
  peers.LIB_B2: "LibB2Benchmark.hash",
  "RustCrypto (reference)": "official.hash",
  "blake2b_simd, lanes (reference)": "official.hashBlake2bSimdMany"})}
