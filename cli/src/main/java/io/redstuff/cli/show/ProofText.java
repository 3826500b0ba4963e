package io.redstuff.cli.show;

import io.redstuff.proof.GeneralRecoverySymbol;
import io.redstuff.proof.InconsistencyProof;

/** Says in one line what a proof shows once it was verified. */
public final class ProofText {

  private ProofText() {}

  /** Returns what a symbol with its proof shows. */
  public static String of(GeneralRecoverySymbol symbol) {
    return "recovery symbol %s: cut from %s, helps to recover %s"
        .formatted(symbol.id(), symbol.source(), symbol.target());
  }

  /** Returns what an inconsistency proof shows. */
  public static String of(InconsistencyProof proof) {
    return "inconsistency proof: %s symbols of %s decode to another sliver than the blob commits to"
        .formatted(proof.symbols().size(), proof.target());
  }
}
