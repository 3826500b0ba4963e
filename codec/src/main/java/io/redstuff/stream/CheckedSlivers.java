package io.redstuff.stream;

import io.redstuff.Axis;
import io.redstuff.SliverId;
import io.redstuff.codec.RedStuff;
import io.redstuff.internal.matrix.DecodeRules;
import io.redstuff.internal.matrix.HashCrew;
import io.redstuff.proof.VerifiedMetadata;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The slivers that a {@link RangeReader} reads, with what it finds out about them. */
final class CheckedSlivers implements DecodeRules.Slivers<IOException> {
  /** On the way to heap memory so much is read at a time. */
  private static final long STAGED_BYTES = 256L << 10;

  private final RedStuff codec;
  private final VerifiedMetadata metadata;
  private final SliverSource source;
  private final Arena arena;
  private final DecodeRules<IOException> rules;
  private final Map<Axis, HashCrew> hashers = new EnumMap<>(Axis.class);
  private MemorySegment stage;

  /** The symbols of the last sliver that was found good. */
  private MemorySegment held;

  private SliverId heldId;
  private long bytesRead;

  CheckedSlivers(RedStuff codec, VerifiedMetadata metadata, SliverSource source, Arena arena) {
    this.codec = codec;
    this.metadata = metadata;
    this.source = source;
    this.arena = arena;
    this.rules = new DecodeRules<>(metadata, this);
  }

  DecodeRules<IOException> rules() {
    return rules;
  }

  HashCrew hasher(Axis axis) {
    return hashers.computeIfAbsent(
        axis, a -> new HashCrew(codec.parameters(), a, codec.engine(), arena, codec.parallelism()));
  }

  /** Returns how many bytes have been read. */
  long bytesRead() {
    return bytesRead;
  }

  /** Returns whether a sliver is there and not known to be bad. */
  boolean isUsable(SliverId id) {
    return source.has(id) && !rules.isBad(id);
  }

  /** Reads bytes of a sliver to native or heap memory. */
  void read(SliverId id, long from, MemorySegment target) throws IOException {
    if (id.equals(heldId)) {
      MemorySegment.copy(held, from, target, 0, target.byteSize());
    } else if (target.isNative()) {
      source.read(id, from, target);
      bytesRead += target.byteSize();
    } else {
      if (stage == null) {
        stage = arena.allocate(STAGED_BYTES, 64);
      }
      for (long done = 0; done < target.byteSize(); done += STAGED_BYTES) {
        MemorySegment piece = stage.asSlice(0, Math.min(STAGED_BYTES, target.byteSize() - done));
        read(id, from + done, piece);
        MemorySegment.copy(piece, 0, target, done, piece.byteSize());
      }
    }
  }

  /** Has the symbols of a sliver in memory; false if it is not good any more. */
  boolean hold(SliverId id) throws IOException {
    return id.equals(heldId) || match(List.of(id))[0];
  }

  @Override
  public boolean[] match(List<SliverId> ids) throws IOException {
    boolean[] matches = new boolean[ids.size()];
    for (int i = 0; i < matches.length; i++) {
      SliverId id = ids.get(i);
      int symbolSize = metadata.symbolSize();
      if (held == null) {
        // k2 >= k1: the longer of both kinds
        held = arena.allocate(codec.parameters().sliverLength(Axis.PRIMARY, symbolSize), 64);
      }
      heldId = null;
      long bytes = codec.parameters().sliverLength(id.axis(), symbolSize);
      read(id, 0, held.asSlice(0, bytes));
      matches[i] = hasher(id.axis()).matches(metadata, List.of(id), held, bytes)[0];
      heldId = matches[i] ? id : null;
    }
    return matches;
  }
}
