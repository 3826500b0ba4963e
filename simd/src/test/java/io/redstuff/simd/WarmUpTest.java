package io.redstuff.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Engines that begin in plain Java. */
class WarmUpTest {
  private static final System.Logger LOG = System.getLogger(WarmUpTest.class.getName());
  private static final Engine PLAIN = Engines.named("plain");

  /** Another engine, which the JVM need not compile first. */
  private static Engine twin() {
    return new Engine("twin", 0, () -> PLAIN.field().get(), PLAIN.hash());
  }

  @Test
  void littleWorkStartsNothing() {
    WarmUp warmUp = new WarmUp(PLAIN, twin(), 1000, LOG);
    warmUp.engine().count(999);
    assertNull(warmUp.thread());
    assertEquals("so far in plain Java", warmUp.state());
    assertSame(PLAIN.field(), warmUp.engine().field());
  }

  @Test
  void muchWorkEndsInVectors() throws InterruptedException {
    Engine twin = twin();
    // all takes no time
    WarmUp warmUp = new WarmUp(PLAIN, twin, 1000, LOG, () -> 0);
    warmUp.engine().count(500);
    warmUp.engine().count(500);
    Thread thread = warmUp.thread();
    assertTrue(thread.isDaemon());
    thread.join();
    assertEquals("in use by now", warmUp.state());
    assertSame(twin.field(), warmUp.engine().field());
    warmUp.engine().count(5000);
    assertSame(thread, warmUp.thread());
  }

  @Test
  void workIsCountedWhoeverDoesIt() {
    try (Arena arena = Arena.ofConfined()) {
      WarmUp hashing = new WarmUp(PLAIN, twin(), 1 << 14, LOG, () -> 0);
      LeafHasher hasher = new LeafHasher(hashing.engine(), arena);
      MemorySegment memory = arena.allocate(1 << 16, 64);
      hasher.hash(0, memory, 0, 64, 64, 128, memory, 1 << 15, 32);
      assertNull(hashing.thread());
      hasher.hash(0, memory, 0, 64, 64, 128, memory, 1 << 15, 32);
      assertNotNull(hashing.thread());

      WarmUp coding = new WarmUp(PLAIN, twin(), 1 << 14, LOG, () -> 0);
      SymbolRows rows = SymbolRows.contiguous(memory, 0, 128);
      ReedSolomonEncoder encoder = ReedSolomon.of(34, 66).newEncoder(coding.engine(), arena);
      while (coding.thread() == null) {
        encoder.encode(rows, rows, 128, 1);
      }
    }
  }

  /** Workers of before go on with the new kernels, and all give the same bytes. */
  @ParameterizedTest
  @ValueSource(ints = {2, 6, 130})
  void bytesAreTheSameWheneverItChanges(int symbolBytes) {
    for (Engine next : EnginesUnderTest.all()) {
      WarmUp warmUp = new WarmUp(PLAIN, next, Long.MAX_VALUE, LOG);
      try (Arena arena = Arena.ofConfined()) {
        ReedSolomon code = ReedSolomon.of(34, 66);
        ReedSolomonEncoder encoder = code.newEncoder(warmUp.engine(), arena);
        ReedSolomonDecoder decoder = code.newDecoder(warmUp.engine(), arena);
        BitSet present = new BitSet();
        present.set(66, 100);
        ErasurePattern pattern = code.erasures(present);
        MemorySegment codeword = arena.allocate(100L * symbolBytes, 64);
        MemorySegment originals = codeword.asSlice(0, 34L * symbolBytes);
        SymbolRows rows = SymbolRows.contiguous(codeword, 0, symbolBytes);
        Random random = new Random(7);
        for (int round = 0; round < 4; round++) {
          byte[] bytes = new byte[34 * symbolBytes];
          random.nextBytes(bytes);
          originals.copyFrom(MemorySegment.ofArray(bytes));
          encoder.encode(rows, rows, symbolBytes, 1);
          originals.fill((byte) 0);
          decoder.decode(pattern, rows, rows, symbolBytes, 1);
          assertEquals(-1, originals.mismatch(MemorySegment.ofArray(bytes)), next.name());
          warmUp.engine().changeField(round % 2 == 0 ? next.field() : PLAIN.field());
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"true, hashing with them%s", "false, coding with them%s"})
  void eachChangesOverByItself(boolean hashing, String state) throws InterruptedException {
    // the first trial is over when its first call is; or it takes too long, and the second does not
    AtomicLong calls = new AtomicLong();
    WarmUp warmUp =
        new WarmUp(
            PLAIN,
            twin(),
            1,
            LOG,
            () -> {
              long call = calls.incrementAndGet();
              return hashing
                  ? (call < 18 ? 0 : call * call * 20_000_000_000L)
                  : call < 7 ? call * call * 20_000_000_000L : 0;
            });
    warmUp.engine().count(1);
    warmUp.thread().join();
    assertTrue(warmUp.state().startsWith(state.replace("%s", ", ")), warmUp.state());
  }

  /** Not even an error hurts anybody. */
  @Test
  void whatFailsIsNotUsed() throws InterruptedException {
    WarmUp warmUp =
        new WarmUp(
            PLAIN,
            twin(),
            1,
            LOG,
            () -> {
              throw new OutOfMemoryError("too little");
            });
    warmUp.engine().count(1);
    warmUp.thread().join();
    assertEquals("in plain Java: too little", warmUp.state());
    assertSame(PLAIN.field(), warmUp.engine().field());
  }

  @Test
  void whatNeverGetsFastIsNotUsed() throws InterruptedException {
    // each time takes longer than the one before, and all of them too long
    AtomicLong now = new AtomicLong();
    AtomicLong step = new AtomicLong();
    WarmUp warmUp =
        new WarmUp(PLAIN, twin(), 1, LOG, () -> now.addAndGet(step.addAndGet(20_000_000_000L)));
    warmUp.engine().count(1);
    warmUp.thread().join();
    assertEquals("in plain Java as vectors got no faster", warmUp.state());
    assertFalse(warmUp.thread().isAlive());
    assertSame(PLAIN.field(), warmUp.engine().field());
  }

  /** Plain Java works on the heap, and yet the arena decides for how long a worker lives. */
  @Test
  void workersEndWithTheirArena() {
    try (Arena symbols = Arena.ofConfined()) {
      MemorySegment memory = symbols.allocate(1 << 16, 64);
      SymbolRows rows = SymbolRows.contiguous(memory, 0, 128);
      Arena arena = Arena.ofConfined();
      ReedSolomonEncoder encoder = ReedSolomon.of(34, 66).newEncoder(PLAIN, arena);
      LeafHasher hasher = new LeafHasher(PLAIN, arena);
      encoder.encode(rows, rows, 128, 2);
      hasher.hash(0, memory, 0, 64, 64, 128, memory, 1 << 15, 32);
      arena.close();
      assertThrows(
          IllegalStateException.class,
          () -> hasher.hash(0, memory, 0, 64, 64, 128, memory, 1 << 15, 32));
      assertThrows(IllegalStateException.class, () -> encoder.encode(rows, rows, 128, 2));
    }
  }
}
