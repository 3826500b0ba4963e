package io.redstuff.simd;

import io.redstuff.simd.hash.ChangingHashKernels;
import io.redstuff.simd.hash.LaneHasher;
import java.lang.System.Logger;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * An engine that begins in plain Java and goes over to vectors when the JVM has compiled these.
 *
 * <p>Vector code is a hundred times slower than plain Java until C2 has compiled it, which takes it
 * seconds. So nothing is done about vectors before a JVM has worked on {@link #WORTHWHILE_BYTES},
 * and most never do. Then a daemon thread calls both engines on memory of its own, half of the time
 * at most, until vectors take no longer than plain Java: first to hash, then to code, each of which
 * changes over when it is so far. After {@link #PATIENCE_NANOS} it stays in plain Java. The vector
 * engine is checked against the known answers first, and not used if it fails.
 */
final class WarmUp {
  /**
   * Bytes hashed and transformed that plain Java works off in some ten seconds, two or three times
   * what compiling vector code takes: whoever ends soon after that has lost little.
   */
  static final long WORTHWHILE_BYTES = 16L << 30;

  private static final long PATIENCE_NANOS = 15_000_000_000L;

  /** Calls in a row that must be fast: the JVM makes slower code first, and throws it away. */
  private static final int FAST_CALLS = 3;

  private static final int MESSAGES = 128;
  private static final int MESSAGE_BYTES = 200;
  private static final int SYMBOL_BYTES = 256;
  private static final int SHORT_SYMBOL_BYTES = 6;
  private static final int SHORT_SYMBOL_LANES = 40;

  private final Engine plain;
  private final Engine vectors;
  private final long worthwhileBytes;
  private final LongSupplier clock;
  private final Logger log;
  private final LongAdder bytes = new LongAdder();
  private final AtomicBoolean isBegun = new AtomicBoolean();
  private final ChangingHashKernels hash;
  private final Engine engine;
  private volatile Thread thread;
  private volatile String state = "so far in plain Java";

  /**
   * Prepares an engine.
   *
   * @param vectors the engine to go over to, not tested yet
   */
  WarmUp(Engine plain, Engine vectors, long worthwhileBytes, Logger log) {
    this(plain, vectors, worthwhileBytes, log, System::nanoTime);
  }

  /**
   * Likewise.
   *
   * @param clock gives nanoseconds
   */
  WarmUp(Engine plain, Engine vectors, long worthwhileBytes, Logger log, LongSupplier clock) {
    this.plain = plain;
    this.vectors = vectors;
    this.worthwhileBytes = worthwhileBytes;
    this.log = log;
    this.clock = clock;
    this.hash = new ChangingHashKernels(plain.hash(), this::count);
    this.engine =
        new Engine(
            vectors.name(),
            vectors.vectorBits(),
            plain.batchBytes(),
            plain.field(),
            hash,
            this::count);
  }

  /** Returns the engine, which is in plain Java for now. */
  Engine engine() {
    return engine;
  }

  /** Returns in a few words how far it is. */
  String state() {
    return state;
  }

  /** Returns the thread that warms up; null before it is worth while. */
  Thread thread() {
    return thread;
  }

  private void count(long more) {
    if (isBegun.getPlain()) {
      return;
    }
    bytes.add(more);
    if (bytes.sum() >= worthwhileBytes && isBegun.compareAndSet(false, true)) {
      try {
        thread = Thread.ofPlatform().daemon().name("redstuff-warm-up").start(this::run);
      } catch (OutOfMemoryError e) {
        failed(e); // no thread to be had is no reason for the caller's work to end
      }
    }
  }

  private void failed(Throwable e) {
    state = "in plain Java: " + e.getMessage();
    log.log(Logger.Level.WARNING, "engine plain (" + e.getMessage() + ")");
  }

  private void run() {
    try {
      state = "in plain Java while these are compiled";
      Engines.tested(vectors);
      boolean hashes = isWarm(Hashing::new);
      if (hashes) {
        hash.changeTo(vectors.hash());
        state = "hashing with them by now";
      }
      boolean codes = isWarm(Coding::new);
      if (codes) {
        engine.changeField(vectors.field());
      }
      if (hashes && codes) {
        state = "in use by now";
      } else if (hashes) {
        state = "hashing with them, coding in plain Java as vectors got no faster at that";
      } else if (codes) {
        state = "coding with them, hashing in plain Java as vectors got no faster at that";
      } else {
        state = "in plain Java as vectors got no faster";
      }
    } catch (RuntimeException | Error e) {
      failed(e);
    }
  }

  /** Has both engines do the same until vectors take no longer; returns whether it came to that. */
  private boolean isWarm(Function<Engine, Trial> trial) {
    long began = clock.getAsLong();
    try (Trial inPlainJava = trial.apply(plain);
        Trial withVectors = trial.apply(vectors)) {
      long best = Long.MAX_VALUE;
      int fast = 0;
      while (fast < FAST_CALLS) {
        long plainNanos = nanos(inPlainJava);
        long vectorNanos = nanos(withVectors);
        best = Math.min(best, plainNanos);
        fast = vectorNanos <= best ? fast + 1 : 0;
        if (clock.getAsLong() - began >= PATIENCE_NANOS) {
          return false;
        }
        LockSupport.parkNanos(plainNanos + vectorNanos);
      }
      return true;
    }
  }

  private long nanos(Trial trial) {
    long from = clock.getAsLong();
    trial.run();
    return clock.getAsLong() - from;
  }

  /** Some of an engine's work, on memory of its own. */
  private abstract static class Trial implements Runnable, AutoCloseable {
    final Arena arena = Arena.ofConfined();

    @Override
    public final void close() {
      arena.close();
    }
  }

  private static final class Hashing extends Trial {
    private final LeafHasher leaves;
    private final LaneHasher lanes;
    private final MemorySegment in = arena.allocate((long) MESSAGES * MESSAGE_BYTES, 64);
    private final MemorySegment out = arena.allocate((long) MESSAGES * LeafHasher.DIGEST_BYTES, 64);
    private final MemorySegment nodes = arena.allocate(out.byteSize(), 64);

    Hashing(Engine engine) {
      this.leaves = new LeafHasher(engine, arena);
      this.lanes = new LaneHasher(engine.hash(), arena);
    }

    @Override
    public void run() {
      leaves.hash(
          LeafHasher.LEAF_PREFIX,
          in,
          0,
          MESSAGE_BYTES,
          MESSAGE_BYTES,
          MESSAGES,
          out,
          0,
          LeafHasher.DIGEST_BYTES);
      lanes.hashLeaves(in, 0, MESSAGE_BYTES, MESSAGE_BYTES, MESSAGES, out, 0);
      int groups = MESSAGES / LaneHasher.LANES;
      for (int level = groups / 2; level > 0; level /= 2) {
        lanes.fold(out, 0, LaneHasher.GROUP_BYTES, 2L * LaneHasher.GROUP_BYTES, level, nodes, 0);
      }
      lanes.transpose(out, 0, LaneHasher.GROUP_BYTES, nodes, 0);
    }
  }

  /** Both kinds of code, long symbols and short ones, many codewords and single ones. */
  private static final class Coding extends Trial {
    private final List<Codec> codecs;

    Coding(Engine engine) {
      this.codecs =
          List.of(
              new Codec(ReedSolomon.of(33, 67), engine, arena),
              new Codec(ReedSolomon.of(67, 33), engine, arena));
    }

    @Override
    public void run() {
      codecs.forEach(Codec::run);
    }
  }

  private static final class Codec {
    private final ReedSolomonEncoder encoder;
    private final ReedSolomonDecoder decoder;
    private final SymbolCombiner combiner;
    private final ErasurePattern pattern;
    private final MemorySegment symbols;

    Codec(ReedSolomon code, Engine engine, Arena arena) {
      this.encoder = code.newEncoder(engine, arena);
      this.decoder = code.newDecoder(engine, arena);
      this.combiner = new SymbolCombiner(engine, arena);
      BitSet present = new BitSet();
      present.set(code.length() - code.originals(), code.length());
      this.pattern = code.erasures(present);
      this.symbols = arena.allocate((long) code.length() * SYMBOL_BYTES, 64);
    }

    void run() {
      run(SYMBOL_BYTES, 1);
      run(SHORT_SYMBOL_BYTES, SHORT_SYMBOL_LANES);
      run(SHORT_SYMBOL_BYTES, 1);
    }

    private void run(int symbolBytes, int lanes) {
      long stride = (long) symbolBytes * lanes;
      SymbolRows rows = new SymbolRows.Grid(symbols, 0, 0, stride, symbolBytes);
      encoder.encode(rows, rows, symbolBytes, lanes);
      decoder.decode(pattern, rows, rows, symbolBytes, lanes);
      combiner.combine(pattern, new int[] {pattern.missing(0)}, rows, rows, symbolBytes, lanes);
    }
  }
}
