package io.redstuff.fuzz;

import io.redstuff.Axis;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What is left of an encoding: slivers lost, changed, mixed up, in any order. */
final class Damage {
  private Damage() {}

  /**
   * Damages as drawn; with nothing left to draw, everything is left as it is.
   *
   * @param arena some of the slivers lie in it
   */
  static List<Sliver> survivors(Draws draws, Encoding encoding, Arena arena) {
    List<Sliver> survivors = new ArrayList<>();
    for (Axis axis : Axis.values()) {
      for (Sliver sliver : encoding.slivers(axis)) {
        damage(draws, encoding, sliver, survivors);
      }
    }
    if (!survivors.isEmpty()) {
      Collections.rotate(survivors, draws.below(survivors.size()));
      if (draws.below(2) == 1) {
        survivors.replaceAll(sliver -> toNative(sliver, arena));
      }
    }
    return survivors;
  }

  private static void damage(
      Draws draws, Encoding encoding, Sliver sliver, List<Sliver> survivors) {
    SliverId id = sliver.id();
    int size = sliver.symbolSize();
    byte[] bytes = sliver.toBytes();
    switch (draws.below(9)) {
      case 1, 2 -> {} // lost
      case 3 -> survivors.add(flipped(draws, sliver));
      case 4 -> {
        survivors.add(flipped(draws, sliver));
        survivors.add(sliver);
      }
      case 5 -> {
        survivors.add(sliver);
        survivors.add(sliver);
      }
      case 6 -> {
        int other = draws.below(encoding.shards());
        survivors.add(Sliver.copyOf(id, size, encoding.slivers(id.axis()).get(other).toBytes()));
      }
      case 7 ->
          survivors.add(Sliver.copyOf(new SliverId(id.axis().opposite(), 65535), size, bytes));
      case 8 ->
          survivors.add(Sliver.copyOf(id, size + 2, new byte[sliver.symbolCount() * (size + 2)]));
      default -> survivors.add(sliver);
    }
  }

  private static Sliver flipped(Draws draws, Sliver sliver) {
    byte[] bytes = sliver.toBytes();
    bytes[draws.below(bytes.length)] ^= (byte) (1 + draws.below(255));
    return Sliver.copyOf(sliver.id(), sliver.symbolSize(), bytes);
  }

  private static Sliver toNative(Sliver sliver, Arena arena) {
    MemorySegment symbols = arena.allocate(sliver.segment().byteSize()).copyFrom(sliver.segment());
    return Sliver.view(sliver.id(), sliver.symbolSize(), symbols);
  }
}
