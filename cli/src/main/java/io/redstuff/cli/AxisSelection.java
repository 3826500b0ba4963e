package io.redstuff.cli;

import io.redstuff.Axis;
import java.util.List;
import java.util.Locale;

/** Which slivers to heal. */
enum AxisSelection {
  /** Primary slivers only. */
  PRIMARY,
  /** Secondary slivers only. */
  SECONDARY,
  /** All slivers. */
  BOTH;

  /** The axes of these slivers. */
  List<Axis> axes() {
    return switch (this) {
      case PRIMARY -> List.of(Axis.PRIMARY);
      case SECONDARY -> List.of(Axis.SECONDARY);
      case BOTH -> List.of(Axis.values());
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
