package io.redstuff.cli.option;

import io.redstuff.Axis;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Which slivers a command works with. */
public enum AxesOption {
  /** Primary slivers only. */
  PRIMARY,
  /** Secondary slivers only. */
  SECONDARY,
  /** All slivers. */
  BOTH;

  /** Returns the axes of these slivers, primary first. */
  public Set<Axis> axes() {
    return switch (this) {
      case PRIMARY -> EnumSet.of(Axis.PRIMARY);
      case SECONDARY -> EnumSet.of(Axis.SECONDARY);
      case BOTH -> EnumSet.allOf(Axis.class);
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
