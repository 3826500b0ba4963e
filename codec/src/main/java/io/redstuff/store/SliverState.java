package io.redstuff.store;

import io.redstuff.SliverId;
import java.util.Objects;

/**
 * What was found at the place of a sliver.
 *
 * @param sliver the sliver that belongs there
 * @param name the place as messages call it, such as {@code "primary/0042.bcs"}
 * @param condition whether the sliver is there and good
 * @param reason what is wrong with what is there; empty if nothing is there or nothing is wrong
 */
public record SliverState(SliverId sliver, String name, Condition condition, String reason) {
  /** Whether a sliver is there and good. */
  public enum Condition {
    /** It was expanded, hashed and found to be the one that the metadata commits to. */
    GOOD,
    /** It was not there or not good, and was restored. */
    RESTORED,
    /** Something else is there, or something that cannot be read. */
    BAD,
    /** Nothing is there. */
    MISSING,
    /** Something is there that looks like it, by length and label; nothing is proven. */
    UNCHECKED
  }

  /** Nothing is null. */
  public SliverState {
    Objects.requireNonNull(sliver, "sliver");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(condition, "condition");
    Objects.requireNonNull(reason, "reason");
  }

  /**
   * Returns a state with which nothing is wrong.
   *
   * @param sliver the sliver that belongs there
   * @param name the place as messages call it
   * @param condition any but {@link Condition#BAD}
   * @return the state, without a reason
   */
  public static SliverState of(SliverId sliver, String name, Condition condition) {
    return new SliverState(sliver, name, condition, "");
  }

  /**
   * Returns the state of a sliver that is bad.
   *
   * @param sliver the sliver that belongs there
   * @param name the place as messages call it
   * @param reason what is wrong
   * @return the state
   */
  public static SliverState bad(SliverId sliver, String name, String reason) {
    return new SliverState(sliver, name, Condition.BAD, reason);
  }

  /**
   * Returns the same place in another condition.
   *
   * @param condition any but {@link Condition#BAD}
   * @return the state, without a reason
   */
  public SliverState as(Condition condition) {
    return of(sliver, name, condition);
  }

  /**
   * Returns the same place, where something bad is.
   *
   * @param reason what is wrong
   * @return the state
   */
  public SliverState asBad(String reason) {
    return bad(sliver, name, reason);
  }

  /**
   * Returns whether the sliver is where it belongs, for certain.
   *
   * @return true if it is good or was restored
   */
  public boolean isGood() {
    return condition == Condition.GOOD || condition == Condition.RESTORED;
  }

  /**
   * Returns whether the sliver is not where it belongs.
   *
   * @return true if it is missing or bad
   */
  public boolean isLacking() {
    return condition == Condition.MISSING || condition == Condition.BAD;
  }
}
