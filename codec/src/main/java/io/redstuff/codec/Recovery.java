package io.redstuff.codec;

import io.redstuff.proof.InconsistencyProof;
import io.redstuff.proof.RejectedSymbol;
import java.util.List;

/**
 * What came of recovering a sliver from proven symbols: the sliver, or the evidence that the blob
 * is inconsistent. There is no third outcome, and the compiler makes callers look at both.
 *
 * @since 0.1.0
 */
public sealed interface Recovery {
  /** {@return the symbols, by cell, that were offered and failed their proof, or came twice} */
  List<RejectedSymbol> rejected();

  /**
   * The sliver, re-hashed and equal to what the metadata commits to.
   *
   * @param sliver the recovered sliver, on the heap
   * @param rejected symbols that were offered and not used
   */
  record Recovered(VerifiedSliver sliver, List<RejectedSymbol> rejected) implements Recovery {
    /** A recovered sliver. */
    public Recovered {
      rejected = List.copyOf(rejected);
    }
  }

  /**
   * The proof that the metadata commits to something that is no encoding of a blob.
   *
   * @param proof made of the symbols as they came
   * @param rejected symbols that were offered and not used
   */
  record Inconsistent(InconsistencyProof proof, List<RejectedSymbol> rejected) implements Recovery {
    /** An inconsistency. */
    public Inconsistent {
      rejected = List.copyOf(rejected);
    }
  }
}
