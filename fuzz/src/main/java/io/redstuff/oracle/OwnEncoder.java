package io.redstuff.oracle;

import io.redstuff.Sliver;
import io.redstuff.SliverPair;
import io.redstuff.codec.EncodedBlob;
import io.redstuff.codec.RedStuff;
import java.lang.foreign.MemorySegment;
import java.util.function.Function;

/** Redstuff's encoding in the layout of the official one. */
final class OwnEncoder {
  private OwnEncoder() {}

  static RedStuff codec(int shards) {
    return RedStuff.forShards(shards).withParallelism(1);
  }

  static OfficialEncoding encode(RedStuff codec, byte[] blob) {
    try (EncodedBlob encoded = codec.encode(blob)) {
      return new OfficialEncoding(
          encoded.metadata().toBcs(),
          encoded.metadata().rootHash(),
          joined(encoded, SliverPair::primary),
          joined(encoded, SliverPair::secondary));
    }
  }

  private static byte[] joined(EncodedBlob encoded, Function<SliverPair, Sliver> one) {
    int shards = encoded.pairs().size();
    long length = one.apply(encoded.pairs().getFirst()).bcsLength();
    byte[] all = new byte[Math.toIntExact(shards * length)];
    MemorySegment out = MemorySegment.ofArray(all);
    long at = 0;
    for (SliverPair pair : encoded.pairs()) {
      at += one.apply(pair).writeBcs(out, at);
    }
    return all;
  }
}
