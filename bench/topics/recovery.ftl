<#ftl attributes={
  "describes": "healing a sliver: symbols, proofs, putting it together",
  "runs": [
    r"jmh '\.RecoveryBenchmark\.(recoverUnproven|symbolWithProof|nextSymbolWithProof|symbolAlone|verifyProof)$' -p blobBytes=1048576,67108864 -p shards=1000"
  ]}>
<#function healed bytes>
  <#return [
      ["recover and verify a primary sliver", "recoverUnproven", "recoverAndVerifyPrimary", 4],
      ["a symbol with proof", "symbolWithProof", "symbolWithProof", 4],
      ["the next symbol of the same sliver", "nextSymbolWithProof", "symbolWithProof", 50],
      ["a symbol alone", "symbolAlone", "symbol", 0],
      ["check a proof", "verifyProof", "verifyProof", 0]
    ]?map(row ->
      {"work": "${row[0]}, ${size(bytes)}", "ours": "RecoveryBenchmark.${row[1]} shards=1000 blobBytes=${bytes}",
        "native": "official.${row[2]} shards=1000 blobBytes=${bytes}", "goal": row[3]})>
</#function>
<@compare rows=healed(MiB) + healed(64 * MiB)/>
<@made/>
