package io.redstuff.fuzz;

import io.redstuff.error.MalformedDataException;
import io.redstuff.proof.DecodingSymbol;
import io.redstuff.proof.MerkleProof;
import io.redstuff.proof.RecoverySymbol;

/** Ways to spoil a recovery symbol. */
final class Symbols {
  private static final int EMPTY = 0;

  private Symbols() {}

  /** Returns the symbol with one byte changed, of its data or of a digest on its path. */
  static RecoverySymbol flipped(Draws draws, RecoverySymbol symbol) {
    byte[] data = symbol.data();
    byte[] path = symbol.proof().toBcs();
    int digest = Byte.SIZE * draws.below(4) + draws.below(Byte.SIZE);
    byte change = (byte) (1 + draws.below(255));
    // the count of nodes and the variant of the lowest stand before its digest
    if (draws.below(2) == 1 && path.length > 2 && path[1] != EMPTY) {
      path[2 + digest] ^= change;
    } else {
      data[digest % data.length] ^= change;
    }
    return of(symbol, symbol.sourceIndex(), data, path);
  }

  /** Returns the symbol with other data, another path or from another source. */
  static RecoverySymbol of(RecoverySymbol symbol, int source, byte[] data, byte[] path) {
    try {
      return new RecoverySymbol(
          symbol.axis(), new DecodingSymbol(source, data), MerkleProof.parse(path));
    } catch (MalformedDataException e) {
      throw new AssertionError("still a path", e);
    }
  }
}
