package io.redstuff.stream;

import io.redstuff.Axis;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.codec.StoredBlob;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/** Slivers in memory that counts what is read of them. */
final class HeldSlivers implements SliverSource {
  private final Map<SliverId, Sliver> slivers = new HashMap<>();

  /** Slivers of which anything was read. */
  final Set<SliverId> touched = new HashSet<>();

  long bytesRead;

  static HeldSlivers of(StoredBlob stored, Predicate<SliverId> chosen) {
    HeldSlivers held = new HeldSlivers();
    for (Sliver sliver : stored.all()) {
      if (chosen.test(sliver.id())) {
        held.slivers.put(sliver.id(), sliver);
      }
    }
    return held;
  }

  /** Some slivers of an axis and none of the other. */
  static HeldSlivers some(StoredBlob stored, Axis axis, int count, Random random) {
    Set<Integer> indices = new HashSet<>();
    while (indices.size() < count) {
      indices.add(random.nextInt(stored.shards()));
    }
    return of(stored, id -> id.axis() == axis && indices.contains(id.index()));
  }

  HeldSlivers corrupt(SliverId id, int at) {
    Sliver sliver = slivers.get(id);
    byte[] bytes = sliver.toBytes();
    bytes[at] ^= 1;
    slivers.put(id, Sliver.copyOf(id, sliver.symbolSize(), bytes));
    return this;
  }

  Map<SliverId, Sliver> slivers() {
    return slivers;
  }

  @Override
  public boolean has(SliverId sliver) {
    return slivers.containsKey(sliver);
  }

  @Override
  public void read(SliverId sliver, long offset, MemorySegment target) {
    if (!target.isNative()) {
      throw new AssertionError("read to the heap");
    }
    MemorySegment.copy(slivers.get(sliver).segment(), offset, target, 0, target.byteSize());
    bytesRead += target.byteSize();
    touched.add(sliver);
  }
}
