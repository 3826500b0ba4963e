package io.redstuff.store;

import io.redstuff.SliverId;

/**
 * What was found at the place of a sliver.
 *
 * @param sliver the sliver that belongs there
 * @param name the place as messages call it, such as {@code "primary/0042.bcs"}
 * @param condition whether the sliver is there and good
 * @param reason what is wrong with what is there; empty if nothing is there or nothing is wrong
 * @since 0.1.0
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

  /**
   * {@return the state of a place where something is that looks right}
   *
   * @param place the place
   * @param name the place as messages call it
   */
  public static SliverState unchecked(SliverPlace place, String name) {
    return new SliverState(place.sliver(), name, Condition.UNCHECKED, "");
  }

  /**
   * {@return the same place in another condition, with which nothing is wrong}
   *
   * @param other any but {@link Condition#BAD}
   */
  public SliverState as(Condition other) {
    return new SliverState(sliver, name, other, "");
  }

  /**
   * {@return the same place, where something bad is}
   *
   * @param why what is wrong with it
   */
  public SliverState asBad(String why) {
    return new SliverState(sliver, name, Condition.BAD, why);
  }

  /** {@return whether the sliver is where it belongs for certain, good or restored} */
  public boolean isGood() {
    return condition == Condition.GOOD || condition == Condition.RESTORED;
  }

  /** {@return whether the sliver is not where it belongs, missing or bad} */
  public boolean isLacking() {
    return condition == Condition.MISSING || condition == Condition.BAD;
  }
}
