package io.redstuff.store;

import io.redstuff.Axis;
import io.redstuff.codec.RedStuff;
import io.redstuff.internal.matrix.DecodeRules;
import io.redstuff.internal.matrix.SliverHasher;
import io.redstuff.internal.work.NativeMemory;
import io.redstuff.internal.work.Workers;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.stream.WorkMonitor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Reads whole slivers and compares them with metadata, on all threads of a codec. */
final class SliverChecker {
  /** Short slivers are read and hashed together up to so many bytes of a symbol of each. */
  private static final int GROUP_BYTES = 1024;

  /** All threads together take about so much, unless a single one needs more. */
  private static final long MEMORY = 1L << 30;

  /** How often the monitor hears: each thread has done so many groups. */
  private static final int GROUPS_PER_THREAD = 4;

  /** Gives the bytes. */
  @FunctionalInterface
  interface Reader {
    void read(SliverPlace place, long offset, MemorySegment target) throws IOException;
  }

  /** Gets the answers, from several threads. */
  @FunctionalInterface
  interface Verdicts {
    /** A sliver is good if there is no reason against it, an empty one. */
    void accept(SliverPlace place, String reason);
  }

  private final RedStuff codec;
  private final VerifiedMetadata metadata;

  SliverChecker(RedStuff codec, VerifiedMetadata metadata) {
    this.codec = codec;
    this.metadata = metadata;
  }

  /** Checks slivers; the monitor hears of their bytes. */
  void check(
      Collection<SliverPlace> places, Reader reader, Verdicts verdicts, WorkMonitor monitor) {
    List<List<SliverPlace>> groups = new ArrayList<>();
    for (Axis axis : Axis.values()) {
      List<SliverPlace> ofAxis = places.stream().filter(p -> p.axis() == axis).sorted().toList();
      int together = Math.max(1, GROUP_BYTES / metadata.symbolSize());
      for (int from = 0; from < ofAxis.size(); from += together) {
        groups.add(ofAxis.subList(from, Math.min(ofAxis.size(), from + together)));
      }
    }
    long total = places.stream().mapToLong(SliverPlace::length).sum();
    int threads = threads();
    try (Arena arena = threads > 1 ? Arena.ofShared() : Arena.ofConfined()) {
      Workers<Worker> workers = new Workers<>(threads, arena, Worker::new);
      int round = threads * GROUPS_PER_THREAD;
      long done = 0;
      for (int from = 0; from < groups.size(); from += round) {
        monitor.report(done, total);
        List<List<SliverPlace>> now = groups.subList(from, Math.min(groups.size(), from + round));
        workers.run(threads, now.size(), (worker, i) -> worker.check(now.get(i), reader, verdicts));
        done += now.stream().mapToLong(group -> group.size() * group.getFirst().length()).sum();
      }
      monitor.report(total, total);
    }
  }

  private int threads() {
    long each = 0;
    for (Axis axis : Axis.values()) {
      each +=
          SliverHasher.workBytes(metadata.parameters(), axis, metadata.symbolSize())
              + metadata.parameters().sliverLength(axis, metadata.symbolSize());
    }
    return Math.clamp(MEMORY / each, 1, codec.parallelism());
  }

  /** One thread. */
  private final class Worker {
    private final Arena arena;
    private final Map<Axis, SliverHasher> hashers = new EnumMap<>(Axis.class);
    private MemorySegment memory = MemorySegment.NULL;

    Worker(Arena arena) {
      this.arena = arena;
    }

    /** Checks slivers of one axis. */
    void check(List<SliverPlace> places, Reader reader, Verdicts verdicts) {
      Axis axis = places.getFirst().axis();
      long length = places.getFirst().length();
      memory = NativeMemory.atLeast(memory, places.size() * length, arena);
      List<SliverPlace> there = new ArrayList<>();
      for (SliverPlace place : places) {
        try {
          reader.read(place, 0, memory.asSlice(there.size() * length, length));
          there.add(place);
        } catch (IOException e) {
          verdicts.accept(place, StoredSlivers.unreadable(e));
        }
      }
      hashers
          .computeIfAbsent(
              axis, a -> new SliverHasher(codec.parameters(), a, codec.engine(), arena))
          .hash(
              memory,
              0,
              length,
              there.size(),
              metadata.symbolSize(),
              (lane, root) -> verdicts.accept(there.get(lane), verdict(there.get(lane), root)));
    }

    private String verdict(SliverPlace place, byte[] root) {
      return metadata.matches(place.sliver(), MemorySegment.ofArray(root), 0)
          ? ""
          : DecodeRules.rootMismatch(metadata, place.sliver()).getMessage();
    }
  }
}
