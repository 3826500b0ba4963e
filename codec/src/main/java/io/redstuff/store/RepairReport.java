package io.redstuff.store;

import io.redstuff.SliverId;
import io.redstuff.proof.InconsistencyProof;
import io.redstuff.proof.RejectedSymbol;
import io.redstuff.store.SliverState.Condition;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * What came of repairing a stored encoding.
 *
 * @param before what was found
 * @param after what is there now
 * @param unrestored slivers that were to be restored and were not, with the reason
 * @param rejected loose symbols that fail their proof
 * @param isInconsistent whether slivers that are good contradict the metadata: the writer cheated
 * @param inconsistency the proof of that, if what was read on the way was enough for one; {@link
 *     InconsistencySearch} finds one in any case
 * @param sliversRead of how many slivers something was read to restore others
 * @param bytesRead how many bytes of symbols that was; what was read twice counts twice
 * @since 0.1.0
 */
public record RepairReport(
    Inspection before,
    Inspection after,
    NavigableMap<SliverId, String> unrestored,
    List<RejectedSymbol> rejected,
    boolean isInconsistent,
    Optional<InconsistencyProof> inconsistency,
    long sliversRead,
    long bytesRead) {
  /** {@return the slivers that are back, in order} */
  public List<SliverId> restored() {
    return after.states().stream()
        .filter(state -> state.condition() == Condition.RESTORED)
        .map(SliverState::sliver)
        .toList();
  }
}
