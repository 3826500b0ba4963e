package io.redstuff.codec;

import io.redstuff.SliverId;
import io.redstuff.proof.InconsistencyProof;
import io.redstuff.proof.RejectedSymbol;
import java.util.List;

/**
 * What came of repairing the slivers of a blob.
 *
 * @param restored slivers that came back, re-hashed, on the heap, in the order in which they came
 * @param unrestored slivers that could not be restored
 * @param bad slivers that were given and do not match the metadata; those that came back are in
 *     {@code restored} too
 * @param rejected loose symbols that were given and fail their proof
 * @param inconsistencies proofs that the blob was encoded inconsistently; empty for an honest
 *     writer
 */
public record RepairResult(
    List<VerifiedSliver> restored,
    List<SliverId> unrestored,
    List<SliverId> bad,
    List<RejectedSymbol> rejected,
    List<InconsistencyProof> inconsistencies) {
  /** A result. */
  public RepairResult {
    restored = List.copyOf(restored);
    unrestored = List.copyOf(unrestored);
    bad = List.copyOf(bad);
    rejected = List.copyOf(rejected);
    inconsistencies = List.copyOf(inconsistencies);
  }
}
