package io.redstuff.cli;

import io.redstuff.Axis;
import java.util.List;
import java.util.Locale;

/** Which slivers to decode from. */
enum AxisChoice {
  /** Primary slivers only. */
  PRIMARY,
  /** Secondary slivers only. */
  SECONDARY,
  /** Whichever are there and need less work. */
  AUTO;

  /** The axes to try, one after the other. */
  List<Axis> axes(SliverCollector collector) throws CommandException {
    return switch (this) {
      case PRIMARY -> List.of(Axis.PRIMARY);
      case SECONDARY -> List.of(Axis.SECONDARY);
      case AUTO -> collector.axesByPromise();
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
