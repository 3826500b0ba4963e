package io.redstuff.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.BlobId;
import io.redstuff.ConsistencyCheck;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.error.RedStuffException;
import io.redstuff.error.VerificationException;
import io.redstuff.proof.GeneralRecoverySymbol;
import io.redstuff.proof.RecoverySymbol;
import io.redstuff.proof.SymbolVerifier;
import io.redstuff.simd.Engine;
import io.redstuff.simd.Engines;
import io.redstuff.simd.LeafHasher;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Memory that is taken away from under a worker, or that belongs to another thread, ends in the
 * JDK's own exceptions: {@link IllegalStateException} and {@link WrongThreadException}. Never in a
 * crash, never in a result.
 *
 * <p>{@code -Dredstuff.rounds=100} closes that often under each.
 */
class ArenaFaultTest {

  private static final int SHARDS = 31;
  private static final int ROUNDS = Integer.getInteger("redstuff.rounds", 6);
  private static final byte[] BLOB = TestBlobs.bytes(60_000, 1);
  private static final SliverId TARGET = SliverId.primary(7);

  private static StoredBlob stored;
  private static List<RecoverySymbol> symbols;
  private static List<GeneralRecoverySymbol> general;

  private final Random random = new Random();
  private Arena data;
  private MemorySegment blob;

  /** Something that is done over and over with memory of an arena. */
  @FunctionalInterface
  interface Step {
    void run() throws RedStuffException;
  }

  /** What can be made in an arena, and be used until it is closed. */
  enum Worker {
    ENCODER {
      @Override
      Step in(Arena arena, RedStuff codec, MemorySegment blob) {
        BlobEncoder encoder = codec.newEncoder(arena);
        MemorySegment slivers = arena.allocate(codec.parameters().sliversLength(BLOB.length), 64);
        return () -> check(encoder.encode(blob, slivers).blobId());
      }
    },
    COMMITTER {
      @Override
      Step in(Arena arena, RedStuff codec, MemorySegment blob) {
        BlobEncoder encoder = codec.newEncoder(arena);
        return () -> check(encoder.metadata(blob).blobId());
      }
    },
    DECODER {
      @Override
      Step in(Arena arena, RedStuff codec, MemorySegment blob) {
        BlobDecoder decoder = codec.newDecoder(arena);
        List<Sliver> slivers = stored.primary.subList(9, SHARDS);
        return () ->
            assertArrayEquals(
                BLOB, decoder.decode(stored.metadata, slivers, ConsistencyCheck.DEFAULT));
      }
    },
    STRICT_DECODER {
      @Override
      Step in(Arena arena, RedStuff codec, MemorySegment blob) {
        BlobDecoder decoder = codec.newDecoder(arena);
        MemorySegment back = arena.allocate(BLOB.length);
        return () ->
            decoder.decode(stored.metadata, stored.secondary, ConsistencyCheck.STRICT, back);
      }
    },
    VERIFIER {
      @Override
      Step in(Arena arena, RedStuff codec, MemorySegment blob) {
        SliverVerifier verifier = codec.newVerifier(arena);
        return () -> verifier.verify(stored.metadata, stored.primary.get(20));
      }
    },
    RECOVERER {
      @Override
      Step in(Arena arena, RedStuff codec, MemorySegment blob) {
        SliverRecoverer recoverer = codec.newRecoverer(arena);
        return () -> recoverer.recover(stored.metadata, TARGET, symbols);
      }
    },
    SYMBOL_VERIFIER {
      @Override
      Step in(Arena arena, RedStuff codec, MemorySegment blob) {
        SymbolVerifier verifier = new SymbolVerifier(codec.engine(), arena);
        return () -> assertTrue(verifier.verify(stored.metadata, general).isEmpty());
      }
    },
    EXPANDED_SLIVER {
      @Override
      Step in(Arena arena, RedStuff codec, MemorySegment blob) throws RedStuffException {
        ExpandedSliver expanded = codec.expand(stored.metadata, stored.sliver(TARGET), arena);
        return () -> assertEquals(SHARDS, expanded.recoverySymbols().size());
      }
    },
    HASHER {
      @Override
      Step in(Arena arena, RedStuff codec, MemorySegment blob) {
        LeafHasher hasher = new LeafHasher(codec.engine(), arena);
        MemorySegment digests = arena.allocate(32L * 500);
        return () -> hasher.hash(LeafHasher.LEAF_PREFIX, blob, 0, 100, 100, 500, digests, 0, 32);
      }
    };

    abstract Step in(Arena arena, RedStuff codec, MemorySegment blob) throws RedStuffException;

    static void check(BlobId id) {
      assertEquals(stored.metadata.blobId(), id);
    }
  }

  @BeforeEach
  void prepare() throws VerificationException {
    if (stored == null) {
      stored = StoredBlob.honest(SHARDS, BLOB.length, 1);
      symbols = stored.symbolsFor(TARGET);
      general = symbols.stream().map(symbol -> symbol.withTarget(TARGET.index())).toList();
    }
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    random.setSeed(seed);
    data = Arena.ofShared();
    blob = data.allocate(BLOB.length).copyFrom(MemorySegment.ofArray(BLOB));
  }

  @AfterEach
  void close() {
    data.close();
  }

  /** Repeats {@code step} on another thread, closes {@code arena}, gives what ended it. */
  private Throwable closeUnder(Arena arena, Step step) throws InterruptedException {
    CountDownLatch running = new CountDownLatch(1);
    AtomicReference<Throwable> end = new AtomicReference<>();
    Thread thread =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    while (true) {
                      step.run();
                      running.countDown();
                    }
                  } catch (Throwable e) {
                    end.set(e);
                    running.countDown();
                  }
                });
    running.await();
    long until = System.nanoTime() + random.nextInt(2_000_000);
    while (System.nanoTime() < until) {
      Thread.onSpinWait();
    }
    arena.close();
    thread.join();
    return end.get();
  }

  @ParameterizedTest
  @EnumSource
  void closedUnderARunningWorker(Worker worker) throws Exception {
    // Mostly the same.
    for (String name : new TreeSet<>(List.of(Engines.selected().name(), "plain"))) {
      Engine engine = Engines.named(name);
      for (int threads : new int[] {1, 3}) {
        RedStuff codec = RedStuff.forShards(SHARDS, engine).withParallelism(threads);
        for (int round = 0; round < ROUNDS; round++) {
          Arena arena = Arena.ofShared();
          Throwable end = closeUnder(arena, worker.in(arena, codec, blob));
          assertInstanceOf(IllegalStateException.class, end, () -> worker + " " + engine);
        }
        // Nothing that others share was left in disorder.
        Worker.check(codec.blobId(BLOB));
        assertArrayEquals(BLOB, codec.decode(stored.metadata, stored.secondary));
      }
    }
  }

  @Test
  void inputClosedUnderACodecThatReadsIt() throws Exception {
    for (int threads : new int[] {1, 3}) {
      RedStuff codec = RedStuff.forShards(SHARDS).withParallelism(threads);
      for (int round = 0; round < ROUNDS; round++) {
        Arena arena = Arena.ofShared();
        MemorySegment input = arena.allocate(BLOB.length).copyFrom(blob);
        Throwable end = closeUnder(arena, () -> Worker.check(codec.blobId(input)));
        assertInstanceOf(IllegalStateException.class, end);
        Arena second = Arena.ofShared();
        MemorySegment other = second.allocate(BLOB.length).copyFrom(blob);
        end =
            closeUnder(
                second,
                () -> {
                  try (EncodedBlob encoded = codec.encode(other)) {
                    Worker.check(encoded.blobId());
                  }
                });
        assertInstanceOf(IllegalStateException.class, end);
      }
    }
  }

  @Test
  void encodingClosedUnderADecoderThatReadsIt() throws Exception {
    RedStuff codec = RedStuff.forShards(SHARDS);
    for (int round = 0; round < ROUNDS; round++) {
      // Closed by way of an arena of its own, as the others are.
      Arena arena = Arena.ofShared();
      MemorySegment slivers = arena.allocate(codec.parameters().sliversLength(BLOB.length), 64);
      codec.newEncoder(arena).encode(blob, slivers);
      long length = stored.primary.getFirst().segment().byteSize();
      List<Sliver> views =
          stored.primary.stream()
              .map(
                  sliver ->
                      Sliver.view(
                          sliver.id(),
                          sliver.symbolSize(),
                          slivers.asSlice(sliver.id().index() * length, length)))
              .toList();
      Throwable end =
          closeUnder(arena, () -> assertArrayEquals(BLOB, codec.decode(stored.metadata, views)));
      assertInstanceOf(IllegalStateException.class, end);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aConfinedWorkerIsForItsThreadAlone(Worker worker) throws Exception {
    for (int threads : new int[] {1, 3}) {
      RedStuff codec = RedStuff.forShards(SHARDS).withParallelism(threads);
      try (Arena arena = Arena.ofConfined()) {
        Step step = worker.in(arena, codec, blob);
        step.run();
        assertInstanceOf(WrongThreadException.class, onAnotherThread(step), worker::toString);
        step.run(); // as good as before
      }
    }
  }

  @Test
  void confinedInputIsForItsThreadAlone() throws Exception {
    RedStuff codec = RedStuff.forShards(SHARDS).withParallelism(3);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment input = arena.allocate(BLOB.length).copyFrom(blob);
      assertInstanceOf(
          WrongThreadException.class, onAnotherThread(() -> Worker.check(codec.blobId(input))));
      assertInstanceOf(
          WrongThreadException.class, onAnotherThread(() -> codec.encode(input).close()));
      Worker.check(codec.blobId(input));
    }
  }

  private static Throwable onAnotherThread(Step step) throws InterruptedException {
    AtomicReference<Throwable> end = new AtomicReference<>();
    Thread thread =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    step.run();
                  } catch (Throwable e) {
                    end.set(e);
                  }
                });
    thread.join();
    assertNotNull(end.get(), "nothing was thrown");
    return end.get();
  }
}
