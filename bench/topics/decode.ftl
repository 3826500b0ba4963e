<#ftl attributes={
  "describes": "a blob from just enough slivers of one axis",
  "runs": [
    r"jmh '\.DecodeBenchmark.decodeVerified$' -p blobBytes=1,1048576,16777216,67108864,268435456 -p check=SKIP -p shards=1000 -p slivers=firstPrimaries,lastPrimaries,lastSecondaries",
    r"jmh '\.DecodeBenchmark.decodeVerified$' -p blobBytes=67108864 -p check=SKIP -p shards=100 -p slivers=lastPrimaries",
    r"jmh '\.DecodeBenchmark.decode$' -p blobBytes=1048576,67108864,268435456 -p check=DEFAULT -p shards=1000 -p slivers=lastPrimaries"
  ]}>
<#function decoded work benchmark slivers blobs>
  <#local from = " slivers=${slivers} check=" + (benchmark == "decode")?then("DEFAULT", "SKIP")>
  <#return blobs?map(what -> blob(work, "DecodeBenchmark.${benchmark}${from}", "decode${from}", what))>
</#function>
<@compare rows=
  decoded("recovery primaries, ", "decodeVerified", "lastPrimaries", [[1000, 1, 30], [1000, MiB, 30],
    [1000, 16 * MiB], [1000, 64 * MiB], [1000, 256 * MiB, 3.5], [100, 64 * MiB]])
  + decoded("last secondaries, ", "decodeVerified", "lastSecondaries", [[1000, MiB], [1000, 256 * MiB]])
  + decoded("source primaries, ", "decodeVerified", "firstPrimaries", [[1000, MiB], [1000, 256 * MiB]])
  + decoded("recovery primaries and check, ", "decode", "lastPrimaries",
    [[1000, MiB], [1000, 64 * MiB], [1000, 256 * MiB]])/>
<@made/>
${plot.lines(bySize("Decode, n = 1000, no check of the result, one thread"), {
  "Redstuff, recovery primaries": "DecodeBenchmark.decodeVerified shards=1000 slivers=lastPrimaries",
  "official native (reference), recovery primaries": "official.decode shards=1000 slivers=lastPrimaries check=SKIP",
  "Redstuff, source primaries": "DecodeBenchmark.decodeVerified shards=1000 slivers=firstPrimaries",
  "official native (reference), source primaries": "official.decode shards=1000 slivers=firstPrimaries"})}
