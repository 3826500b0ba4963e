package io.redstuff.cli.option;

import io.redstuff.Axis;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Which slivers a command works with. */
public enum AxesOption {
  /** Primary slivers only. */
  PRIMARY(EnumSet.of(Axis.PRIMARY)),
  /** Secondary slivers only. */
  SECONDARY(EnumSet.of(Axis.SECONDARY)),
  /** All slivers. */
  BOTH(EnumSet.allOf(Axis.class));

  private final Set<Axis> axes;

  AxesOption(Set<Axis> axes) {
    this.axes = axes;
  }

  /** Returns the axes of these slivers, primary first. */
  public Set<Axis> axes() {
    return EnumSet.copyOf(axes);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
