package io.redstuff.store;

import io.redstuff.Axis;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.codec.ExpandedSliver;
import io.redstuff.error.InsufficientDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.internal.matrix.DecodeRules;
import io.redstuff.proof.RecoverySymbol;
import io.redstuff.store.SliverState.Condition;
import io.redstuff.stream.SliverSource;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.ClosedByInterruptException;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * The slivers of a stored encoding while somebody works with them: what is known of each, and how
 * much was read. A sliver that turned out bad is not there any more.
 *
 * <p>Thread-safe, as far as the listener is.
 *
 * @since 0.1.0
 */
public final class StoredSlivers implements SliverSource {
  private final StoredEncoding stored;
  private final Set<Axis> axes;
  private final Consumer<SliverState> listener;
  private final Map<SliverId, SliverState> states = new ConcurrentHashMap<>();
  private final Map<SliverId, MemorySegment> held = new ConcurrentHashMap<>();
  private final Set<SliverId> read = ConcurrentHashMap.newKeySet();
  private final LongAdder bytesRead = new LongAdder();

  StoredSlivers(StoredEncoding stored, Set<Axis> axes, Consumer<SliverState> listener) {
    this.stored = stored;
    this.axes = axes;
    this.listener = listener;
  }

  /**
   * {@return what is known of a sliver; the store is asked once}
   *
   * @param sliver which sliver
   * @throws IndexOutOfBoundsException if there is no such sliver
   */
  public SliverState state(SliverId sliver) {
    SliverState known = states.get(sliver);
    if (known == null) {
      SliverState found = stored.store().look(stored.place(sliver));
      known = states.putIfAbsent(sliver, found);
      if (known == null) {
        known = found;
        if (found.condition() == Condition.BAD) {
          listener.accept(found);
        }
      }
    }
    return known;
  }

  @Override
  public boolean has(SliverId sliver) {
    return held.containsKey(sliver) || (axes.contains(sliver.axis()) && !state(sliver).isLacking());
  }

  @Override
  public void read(SliverId sliver, long offset, MemorySegment target) throws IOException {
    MemorySegment memory = held.get(sliver);
    if (memory != null) {
      MemorySegment.copy(memory, offset, target, 0, target.byteSize());
      return;
    }
    stored.store().read(stored.place(sliver), offset, target);
    read.add(sliver);
    bytesRead.add(target.byteSize());
  }

  /** Work on these slivers as they are {@linkplain #naming named}. */
  @FunctionalInterface
  interface Work {
    void run() throws IOException, InsufficientDataException, VerificationException;
  }

  /** Works, again and again without one more sliver that could not be read. */
  void leavingOutUnreadable(Work work)
      throws IOException, InsufficientDataException, VerificationException {
    while (true) {
      try {
        work.run();
        return;
      } catch (UnreadableSliverException e) {
        leaveOut(e.sliver(), unreadable(e.reason()));
      }
    }
  }

  /** Returns the same slivers, which say of which one reading failed. */
  SliverSource naming() {
    return new SliverSource() {
      @Override
      public boolean has(SliverId sliver) {
        return StoredSlivers.this.has(sliver);
      }

      @Override
      public void read(SliverId sliver, long offset, MemorySegment target) throws IOException {
        try {
          StoredSlivers.this.read(sliver, offset, target);
        } catch (IOException e) {
          throw new UnreadableSliverException(sliver, e);
        }
      }
    };
  }

  /**
   * Reads a sliver as a whole, checks it and expands it.
   *
   * @param sliver which sliver
   * @param arena gives the memory
   * @return the sliver; empty if it is not there, cannot be read or is bad, as {@link #state} tells
   */
  public Optional<ExpandedSliver> expand(SliverId sliver, Arena arena) {
    if (has(sliver)) {
      SliverPlace place = stored.place(sliver);
      MemorySegment symbols = arena.allocate(place.length(), 64);
      try {
        read(sliver, 0, symbols);
        Sliver whole = Sliver.view(sliver, place.symbolSize(), symbols);
        ExpandedSliver expanded = stored.codec().expand(stored.metadata(), whole, arena);
        if (state(sliver).condition() == Condition.UNCHECKED) {
          put(sliver, Condition.GOOD);
        }
        return Optional.of(expanded);
      } catch (IOException e) {
        leaveOut(sliver, unreadable(e));
      } catch (VerificationException e) {
        leaveOut(sliver, e.getMessage());
      }
    }
    return Optional.empty();
  }

  /** Returns the symbol of a sliver that helps to recover another; empty as {@link #expand}. */
  Optional<RecoverySymbol> cut(SliverId source, SliverId target) {
    try (Arena arena = Arena.ofConfined()) {
      return expand(source, arena).map(expanded -> expanded.recoverySymbol(target.index()));
    }
  }

  /**
   * Counts a sliver as bad from now on, because of its hash.
   *
   * @param sliver which sliver
   */
  public void leaveOut(SliverId sliver) {
    leaveOut(sliver, DecodeRules.rootMismatch(stored.metadata(), sliver).getMessage());
  }

  void leaveOut(SliverId sliver, String reason) {
    SliverState bad = state(sliver).asBad(reason);
    states.put(sliver, bad);
    listener.accept(bad);
  }

  /** Knows a sliver from before. */
  void know(SliverState state) {
    states.put(state.sliver(), state);
  }

  void put(SliverId sliver, Condition condition) {
    know(state(sliver).as(condition));
  }

  /** Has a sliver, restored and checked, that is not in the store and will not be. */
  void hold(SliverId sliver, MemorySegment symbols) {
    held.put(sliver, symbols);
  }

  /**
   * Returns why a sliver is bad that could not be read.
   *
   * @throws CancellationException if an interrupt ended the reading, which says nothing of the
   *     sliver
   */
  static String unreadable(IOException e) {
    IOException cause = e.getCause() instanceof IOException reason ? reason : e;
    if (cause instanceof ClosedByInterruptException) {
      throw (CancellationException) new CancellationException("interrupted").initCause(e);
    }
    return "cannot be read: " + NamedIoException.reasonOf(cause);
  }

  /**
   * {@return how many slivers there are that are not known to be bad}
   *
   * @param axis which slivers
   */
  public int count(Axis axis) {
    return usable(axis).cardinality();
  }

  /** Returns the indices of these slivers. */
  BitSet usable(Axis axis) {
    BitSet usable = new BitSet();
    for (int index = 0; index < stored.metadata().parameters().shards(); index++) {
      usable.set(index, has(new SliverId(axis, index)));
    }
    return usable;
  }

  /** {@return of how many slivers something was read} */
  public int sliversRead() {
    return read.size();
  }

  /** {@return how many bytes of symbols were read from the store; twice if read twice} */
  public long bytesRead() {
    return bytesRead.sum();
  }
}
