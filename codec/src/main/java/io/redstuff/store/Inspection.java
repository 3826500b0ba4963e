package io.redstuff.store;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.SliverId;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.store.SliverState.Condition;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What was found of the slivers of a stored encoding. Those that were checked are good, missing or
 * bad; of the others it is only known whether something is there that looks like them.
 *
 * <p>Immutable.
 */
public final class Inspection {
  private final VerifiedMetadata metadata;
  private final NavigableMap<SliverId, SliverState> states = new TreeMap<>();
  private final List<SliverId> checked;
  private final List<String> strays;
  private final long bytesRead;

  Inspection(
      VerifiedMetadata metadata,
      StoredSlivers slivers,
      Collection<SliverId> checked,
      List<String> strays,
      long bytesRead) {
    this.metadata = metadata;
    this.checked = List.copyOf(new TreeSet<>(checked));
    this.strays = strays;
    this.bytesRead = bytesRead;
    for (SliverId sliver : StoredEncoding.all(metadata.parameters())) {
      states.put(sliver, slivers.state(sliver));
    }
  }

  /** Returns the same slivers later on. */
  Inspection now(StoredSlivers slivers) {
    return new Inspection(metadata, slivers, checked, strays, bytesRead);
  }

  /**
   * Returns the metadata that the slivers were compared with.
   *
   * @return the metadata
   */
  public VerifiedMetadata metadata() {
    return metadata;
  }

  /**
   * Returns what was found of a sliver.
   *
   * @param sliver which sliver
   * @return its state
   * @throws IndexOutOfBoundsException if there is no such sliver
   */
  public SliverState state(SliverId sliver) {
    sliver.pair(metadata.parameters());
    return states.get(sliver);
  }

  /**
   * Returns what was found of all slivers.
   *
   * @return 2n states, the primary slivers first, by index
   */
  public List<SliverState> states() {
    return List.copyOf(states.values());
  }

  /**
   * Returns the slivers that were to be checked.
   *
   * @return in order
   */
  public List<SliverId> checked() {
    return checked;
  }

  /**
   * Returns how many slivers are in a condition.
   *
   * @param axis which slivers
   * @param condition which condition
   * @return the number, 0 to n
   */
  public int count(Axis axis, Condition condition) {
    return (int)
        states.values().stream()
            .filter(state -> state.sliver().axis() == axis && state.condition() == condition)
            .count();
  }

  /**
   * Returns the slivers that are not what they should be.
   *
   * @return states with a reason, in order
   */
  public List<SliverState> bad() {
    return states.values().stream().filter(s -> s.condition() == Condition.BAD).toList();
  }

  /**
   * Returns what lies among the slivers and has the name of none.
   *
   * @return names as messages call them, in order
   */
  public List<String> strays() {
    return strays;
  }

  /**
   * Returns how many bytes of slivers were read to check them.
   *
   * @return bytes of symbols
   */
  public long bytesRead() {
    return bytesRead;
  }

  /**
   * Returns whether the blob can be decoded: there are k1 good primary or k2 good secondary
   * slivers.
   *
   * @return true if enough slivers are known to be good
   */
  public boolean isDecodable() {
    return metadata.parameters().isDecodable(good(Axis.PRIMARY), good(Axis.SECONDARY));
  }

  /**
   * Returns whether all slivers of both axes are good.
   *
   * @return true if none is missing, bad or unchecked
   */
  public boolean isWhole() {
    EncodingParameters parameters = metadata.parameters();
    return good(Axis.PRIMARY) + good(Axis.SECONDARY) == 2 * parameters.shards();
  }

  private int good(Axis axis) {
    return count(axis, Condition.GOOD) + count(axis, Condition.RESTORED);
  }
}
