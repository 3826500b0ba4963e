package io.redstuff.store;

import io.redstuff.Axis;
import io.redstuff.SliverId;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.store.SliverState.Condition;
import java.util.List;

/**
 * What was found of the slivers of a stored encoding. Those that were checked are good, missing or
 * bad; of the others it is only known whether something is there that looks like them.
 *
 * @param metadata what the slivers were compared with
 * @param states of all 2n slivers, the primary ones first, by index
 * @param checked the slivers that were to be checked, in order
 * @param strays what lies among the slivers and has the name of none, as messages call it
 * @param bytesRead how many bytes of symbols were read to check them
 * @since 0.1.0
 */
public record Inspection(
    VerifiedMetadata metadata,
    List<SliverState> states,
    List<SliverId> checked,
    List<String> strays,
    long bytesRead) {
  /** Takes copies. */
  public Inspection {
    states = List.copyOf(states);
    checked = List.copyOf(checked);
    strays = List.copyOf(strays);
  }

  /**
   * {@return what was found of a sliver}
   *
   * @param sliver which sliver
   * @throws IndexOutOfBoundsException if there is no such sliver
   */
  public SliverState state(SliverId sliver) {
    int shards = metadata.parameters().shards();
    sliver.pair(metadata.parameters());
    return states.get(sliver.axis() == Axis.PRIMARY ? sliver.index() : shards + sliver.index());
  }

  /**
   * {@return how many slivers are in a condition}
   *
   * @param axis which slivers
   * @param condition which condition
   */
  public int count(Axis axis, Condition condition) {
    return (int)
        states.stream()
            .filter(state -> state.sliver().axis() == axis && state.condition() == condition)
            .count();
  }

  /** {@return the slivers that are not what they should be, with the reasons} */
  public List<SliverState> bad() {
    return states.stream().filter(state -> state.condition() == Condition.BAD).toList();
  }

  /** {@return whether there are k1 good primary or k2 good secondary slivers, enough to decode} */
  public boolean isDecodable() {
    return metadata.parameters().isDecodable(good(Axis.PRIMARY), good(Axis.SECONDARY));
  }

  /** {@return whether all slivers of both axes are good} */
  public boolean isWhole() {
    return states.stream().allMatch(SliverState::isGood);
  }

  private long good(Axis axis) {
    return states.stream().filter(s -> s.sliver().axis() == axis && s.isGood()).count();
  }
}
