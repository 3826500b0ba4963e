package io.redstuff.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Axis;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.error.RedStuffException;
import io.redstuff.proof.RecoverySymbol;
import io.redstuff.stream.ArenaMeter;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Workers take no more native memory than is said, in whatever order the work comes. */
class WorkMemoryTest {
  private static final int LONGEST = 60_000;

  /** As many symbols as are proven together. A recoverer has to bear any number. */
  private static final int MOST_TOGETHER = 4096;

  private static RedStuff codec(int shards) {
    return RedStuff.forShards(shards).withParallelism(1);
  }

  /** Not over the figure, and not so far below that it says nothing. */
  private static void check(long figure, long parts, ArenaMeter meter) {
    assertTrue(meter.peak() <= figure, () -> "took " + meter.peak() + " of " + figure);
    assertTrue(meter.peak() > figure / parts, () -> "took only " + meter.peak() + " of " + figure);
  }

  @ParameterizedTest
  @CsvSource({"4, 1", "10, 2", "100, 3", "301, 4"})
  void encodersKeepToIt(int shards, int seed) {
    RedStuff codec = codec(shards);
    ArenaMeter meter = new ArenaMeter();
    try (Arena arena = meter.apply(Arena.ofConfined());
        Arena mine = Arena.ofConfined()) {
      BlobEncoder encoder = codec.newEncoder(arena);
      for (int length : new int[] {1, LONGEST / 7, LONGEST / 2, LONGEST, LONGEST / 3, 0}) {
        encoder.metadata(MemorySegment.ofArray(TestBlobs.bytes(length, seed)));
        encoder.encode(
            MemorySegment.ofArray(TestBlobs.bytes(length, seed)),
            mine.allocate(codec.parameters().sliversLength(length), 64));
      }
    }
    check(codec.workMemory().encoder(LONGEST), 50, meter);
  }

  @ParameterizedTest
  @CsvSource({"4, 1", "10, 2", "100, 3"})
  void verifiersAndRecoverersKeepToIt(int shards, int seed) throws RedStuffException {
    RedStuff codec = codec(shards);
    ArenaMeter verifying = new ArenaMeter();
    ArenaMeter recovering = new ArenaMeter();
    int symbolSize = 0;
    try (Arena first = verifying.apply(Arena.ofConfined());
        Arena second = recovering.apply(Arena.ofConfined())) {
      SliverVerifier verifier = codec.newVerifier(first);
      SliverRecoverer recoverer = codec.newRecoverer(second);
      for (int length : new int[] {1, LONGEST / 7, LONGEST / 2, LONGEST}) {
        StoredBlob stored = StoredBlob.honest(shards, length, seed);
        symbolSize = stored.metadata.symbolSize();
        assertEquals(
            2 * shards, verifier.verifyAll(stored.metadata, stored.all(), (_, _) -> {}).size());
        for (Axis axis : Axis.values()) {
          SliverId target = new SliverId(axis, shards - 1);
          Sliver expected = stored.sliver(target);
          List<RecoverySymbol> offered = new ArrayList<>(stored.symbolsFor(target));
          while (length == LONGEST && offered.size() <= MOST_TOGETHER) {
            offered.addAll(stored.symbolsFor(target));
          }
          Recovery healed = recoverer.recover(stored.metadata, target, offered);
          assertTrue(
              healed instanceof Recovery.Recovered recovered
                  && recovered.sliver().sliver().equals(expected));
          verifier.verify(stored.metadata, expected);
        }
      }
    }
    check(codec.workMemory().verifier(symbolSize), 50, verifying);
    check(codec.workMemory().recoverer(symbolSize), 50, recovering);
  }

  /** At a thousand shards one core that takes ids of small blobs needs a hundred MiB or less. */
  @Test
  void figuresAreThoseOfTheShape() {
    RedStuff codec = codec(1000);
    long ids = codec.workMemory().bulk(20_000);
    assertTrue(ids > 4 << 20, () -> ids + " bytes");
    assertTrue(ids < 100 << 20, () -> ids + " bytes");
    assertTrue(codec.workMemory().bulk(10L << 30) > 5L << 30);
    assertTrue(RedStuff.forShards(1000).withParallelism(2).workMemory().bulk(20_000) > 3 * ids / 2);
    assertTrue(RedStuff.forShards(5000).withParallelism(1).workMemory().bulk(1) > 12 << 20);
  }

  @Test
  void whatCannotBeIsRefused() {
    WorkMemory memory = codec(4).workMemory();
    assertThrows(IllegalArgumentException.class, () -> memory.bulk(-1));
    assertThrows(IllegalArgumentException.class, () -> memory.encoder(393_205));
    assertThrows(IllegalArgumentException.class, () -> memory.verifier(3));
    assertThrows(IllegalArgumentException.class, () -> memory.recoverer(0));
  }
}
