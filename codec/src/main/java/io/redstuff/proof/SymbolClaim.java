package io.redstuff.proof;

import java.util.Objects;

/**
 * A symbol, and the hashes of the blob that it is said to be of.
 *
 * @param hashes what to prove it against
 * @param symbol the symbol with its path, of which nothing is known
 * @since 0.1.0
 */
public record SymbolClaim(SliverHashes hashes, GeneralRecoverySymbol symbol) {
  /**
   * Puts the two together.
   *
   * @throws NullPointerException if one is null
   */
  public SymbolClaim {
    Objects.requireNonNull(hashes, "hashes");
    Objects.requireNonNull(symbol, "symbol");
  }
}
