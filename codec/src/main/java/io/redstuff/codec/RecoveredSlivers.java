package io.redstuff.codec;

import io.redstuff.SliverId;
import io.redstuff.proof.InconsistencyProof;
import java.util.List;
import java.util.Optional;

/**
 * What came of recovering many slivers from whole ones of the other axis.
 *
 * @param recovered slivers that came back, re-hashed, on the heap, in the order of the targets
 * @param contradicted targets that verified slivers decode to something else than the metadata
 *     commits to; empty for an honest writer
 * @param proof that the first of these is inconsistent
 * @since 0.1.0
 */
public record RecoveredSlivers(
    List<VerifiedSliver> recovered,
    List<SliverId> contradicted,
    Optional<InconsistencyProof> proof) {
  /** A result. */
  public RecoveredSlivers {
    recovered = List.copyOf(recovered);
    contradicted = List.copyOf(contradicted);
  }
}
