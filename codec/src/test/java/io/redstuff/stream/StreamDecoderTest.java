package io.redstuff.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Axis;
import io.redstuff.ConsistencyCheck;
import io.redstuff.EncodingParameters;
import io.redstuff.SliverId;
import io.redstuff.SliverPairIndex;
import io.redstuff.codec.RedStuff;
import io.redstuff.codec.StoredBlob;
import io.redstuff.error.InsufficientDataException;
import io.redstuff.error.RedStuffException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import io.redstuff.proof.SliverPairHashes;
import io.redstuff.proof.VerifiedMetadata;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StreamDecoderTest {
  private static final int SHARDS = 10;
  private static final StoredBlob STORED = StoredBlob.honest(SHARDS, 5600 - 37, 3);
  private static final StoredBlob LONG = StoredBlob.honest(SHARDS, 1_700_000, 4);

  /** The least budget for a blob and a check. */
  private static long minimum(RedStuff codec, VerifiedMetadata metadata, ConsistencyCheck check) {
    StreamDecoder decoder = StreamDecoder.of(codec, Workspace.ofMemory(1));
    return check == ConsistencyCheck.STRICT
        ? decoder.minimumMemory()
        : decoder.minimumMemory(metadata.blobLength());
  }

  /** Decodes within a budget, and looks whether that was kept. */
  private static byte[] decode(
      RedStuff codec,
      VerifiedMetadata metadata,
      SliverSource slivers,
      ConsistencyCheck check,
      long budget)
      throws IOException, RedStuffException {
    byte[] blob = new byte[(int) metadata.blobLength()];
    ArenaMeter meter = new ArenaMeter();
    try {
      StreamDecoder.of(codec, Workspace.ofMemory(budget), meter)
          .decode(metadata, slivers, check, BlobTarget.of(MemorySegment.ofArray(blob)));
    } finally {
      assertTrue(meter.peak() <= budget, meter.peak() + " of " + budget);
      assertEquals(0, meter.open());
    }
    return blob;
  }

  private static byte[] decode(StoredBlob stored, SliverSource slivers, ConsistencyCheck check)
      throws IOException, RedStuffException {
    long budget = minimum(stored.codec, stored.metadata, check);
    return decode(stored.codec, stored.metadata, slivers, check, budget);
  }

  @Property(tries = 300)
  void anyEnoughSliversWithinAnyBudget(
      @ForAll @IntRange(min = 4, max = 60) int shards,
      @ForAll @IntRange(max = 30_000) int length,
      @ForAll Axis axis,
      @ForAll ConsistencyCheck check,
      @ForAll long seed)
      throws Exception {
    Random random = new Random(seed);
    StoredBlob stored = StoredBlob.honest(shards, length, (int) seed);
    RedStuff codec = stored.codec.withParallelism(1 + random.nextInt(3));
    int enough = codec.parameters().sourceSymbols(axis);
    int count = enough + random.nextInt(shards - enough + 1);
    HeldSlivers held = HeldSlivers.some(stored, axis, count, random);
    long more = random.nextInt(3) == 0 ? 0 : 1L << random.nextInt(24);
    long budget = minimum(codec, stored.metadata, check) + more;
    assertArrayEquals(stored.blob, decode(codec, stored.metadata, held, check, budget));
  }

  @Test
  void lengthsAtTheEdgesOfSymbolsAndRows() throws Exception {
    for (int symbol : new int[] {2, 64, 130}) {
      int row = 7 * symbol;
      int full = 4 * row;
      Set<Integer> lengths =
          Set.of(
              0,
              1,
              symbol,
              row - 1,
              row,
              row + 1,
              full - row,
              full - symbol,
              full - 1,
              full,
              full + 1);
      for (int length : lengths) {
        StoredBlob stored = StoredBlob.honest(SHARDS, length, symbol);
        for (Axis axis : Axis.values()) {
          HeldSlivers held = HeldSlivers.of(stored, id -> id.axis() == axis && id.index() > 1);
          for (ConsistencyCheck check : ConsistencyCheck.values()) {
            assertArrayEquals(stored.blob, decode(stored, held, check));
          }
        }
      }
    }
  }

  /** Long symbols in few lanes, which are cut where several threads share them. */
  @ParameterizedTest
  @EnumSource
  void longSymbolsWithinSmallBudgets(Axis axis) throws Exception {
    for (int threads : new int[] {1, 2, 5}) {
      RedStuff codec = LONG.codec.withParallelism(threads);
      for (int first : new int[] {0, 1, 3}) {
        HeldSlivers held = HeldSlivers.of(LONG, id -> id.axis() == axis && id.index() >= first);
        long minimum = minimum(codec, LONG.metadata, ConsistencyCheck.DEFAULT);
        for (long more : new long[] {0, 300_000, 1_000_000, 3_000_000, 30_000_000}) {
          assertArrayEquals(
              LONG.blob,
              decode(codec, LONG.metadata, held, ConsistencyCheck.DEFAULT, minimum + more));
        }
      }
    }
  }

  @Test
  void filesAndMemoryGetTheSame() throws Exception {
    HeldSlivers held = HeldSlivers.of(LONG, id -> id.axis() == Axis.PRIMARY && id.index() > 2);
    Path file = Files.createTempFile("blob", null);
    for (ConsistencyCheck check : ConsistencyCheck.values()) {
      try (FileChannel channel =
          FileChannel.open(
              file,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        long budget = minimum(LONG.codec, LONG.metadata, check);
        StreamDecoder.of(LONG.codec, Workspace.ofMemory(budget))
            .decode(LONG.metadata, held, check, BlobTarget.of(channel, LONG.blob.length));
      }
      assertArrayEquals(LONG.blob, Files.readAllBytes(file));
    }
    Files.delete(file);
  }

  /** What became of decoding: the bytes, or what was thrown, as far as it must be the same. */
  private static List<?> outcome(Decode decode) throws IOException {
    try {
      return List.of(Arrays.hashCode(decode.run()));
    } catch (InsufficientDataException e) {
      return List.of(e.getMessage(), e.needed(), e.got());
    } catch (VerificationException e) {
      String message = e.getMessage();
      return List.of(e.reason(), message.substring(Math.max(0, message.indexOf('('))));
    } catch (RedStuffException e) {
      throw new AssertionError(e);
    }
  }

  @FunctionalInterface
  private interface Decode {
    byte[] run() throws IOException, RedStuffException;
  }

  @Property(tries = 400)
  void damageAndCheatsEndAsInMemory(
      @ForAll @IntRange(min = 4, max = 16) int shards,
      @ForAll @IntRange(max = 900) int length,
      @ForAll @IntRange(max = 3) int cheats,
      @ForAll ConsistencyCheck check,
      @ForAll long seed)
      throws Exception {
    StoredBlob stored = StoredBlob.honest(shards, length, (int) seed);
    Random random = new Random(seed);
    for (int i = 0; i < cheats; i++) {
      SliverId id = new SliverId(Axis.ofVariant(random.nextInt(2)), random.nextInt(shards));
      if (random.nextBoolean()) {
        stored.alterAndCommit(id, random.nextInt(stored.sliver(id).toBytes().length));
      } else if (random.nextInt(4) == 0) {
        stored.commitWrongly(id);
      }
    }
    HeldSlivers held = HeldSlivers.of(stored, id -> random.nextInt(4) > 0);
    int harm = random.nextInt(2, 10);
    for (SliverId id : List.copyOf(held.slivers().keySet())) {
      if (random.nextInt(harm) == 0) {
        held.corrupt(id, random.nextInt(stored.sliver(id).toBytes().length));
      }
    }
    List<?> inMemory =
        outcome(() -> stored.codec.decode(stored.metadata, held.slivers().values(), check));
    assertEquals(inMemory, outcome(() -> decode(stored, held, check)));
  }

  /** A writer who puts something after the end of the blob and commits to that. */
  @Test
  void paddingThatIsNotZero() throws Exception {
    StoredBlob full = StoredBlob.honest(SHARDS, 28 * 66, 9);
    EncodingParameters parameters = full.codec.parameters();
    byte[] hashes = new byte[64 * SHARDS];
    for (int pair = 0; pair < SHARDS; pair++) {
      SliverPairHashes both = full.metadata.hashes(new SliverPairIndex(pair));
      System.arraycopy(both.primary(), 0, hashes, 64 * pair, 32);
      System.arraycopy(both.secondary(), 0, hashes, 64 * pair + 32, 32);
    }
    for (int length : new int[] {28 * 66 - 1, 28 * 65, 28 * 64 + 1}) {
      VerifiedMetadata metadata = VerifiedMetadata.ofHashes(parameters, length, hashes);
      assertEquals(66, metadata.symbolSize());
      for (Axis axis : Axis.values()) {
        HeldSlivers held = HeldSlivers.of(full, id -> id.axis() == axis && id.index() > 0);
        for (ConsistencyCheck check : ConsistencyCheck.values()) {
          long budget = minimum(full.codec, metadata, check);
          List<?> streamed = outcome(() -> decode(full.codec, metadata, held, check, budget));
          assertEquals(
              outcome(() -> full.codec.decode(metadata, held.slivers().values(), check)), streamed);
          assertEquals(
              check == ConsistencyCheck.STRICT, streamed.contains(Reason.INCONSISTENT_BLOB));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void badSliversAreReported(ConsistencyCheck check) throws Exception {
    HeldSlivers held = HeldSlivers.of(STORED, id -> id.index() != 3);
    Set<SliverId> bad = Set.of(SliverId.primary(0), SliverId.primary(2), SliverId.primary(5));
    bad.forEach(id -> held.corrupt(id, 11));
    List<SliverId> reported = new ArrayList<>();
    byte[] blob = new byte[STORED.blob.length];
    StreamDecoder.of(STORED.codec, Workspace.ofMemory(64L << 20))
        .reportingTo(reported::add)
        .decode(STORED.metadata, held, check, BlobTarget.of(MemorySegment.ofArray(blob)));
    assertArrayEquals(STORED.blob, blob);
    assertEquals(bad.stream().sorted().toList(), reported);
  }

  @Test
  void tooSmallABudgetIsRefusedBeforeAnyWork() throws Exception {
    for (ConsistencyCheck check : ConsistencyCheck.values()) {
      HeldSlivers held = HeldSlivers.of(LONG, id -> true);
      long minimum = minimum(LONG.codec, LONG.metadata, ConsistencyCheck.DEFAULT);
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> decode(LONG.codec, LONG.metadata, held, check, minimum - 1))
              .getMessage();
      assertTrue(
          message.contains("got %s bytes, expected at least %s".formatted(minimum - 1, minimum)),
          message);
      assertEquals(0, held.bytesRead);
    }
  }

  @Test
  void theMinimumDoesNotGrowWithTheBlob() {
    for (int shards : new int[] {4, 5, 6, 100, 1000, 49_155}) {
      RedStuff codec = RedStuff.forShards(shards);
      StreamDecoder decoder = StreamDecoder.of(codec, Workspace.ofMemory(1));
      long most = codec.parameters().maxBlobLength();
      for (long length = 0; length <= most; length += most / 5) {
        assertTrue(decoder.minimumMemory(length) <= decoder.minimumMemory());
      }
    }
    long thousand =
        StreamDecoder.of(RedStuff.forShards(1000), Workspace.ofMemory(1)).minimumMemory();
    assertTrue(thousand < 160L << 20, "" + thousand);
  }

  @Test
  void otherTargetsAndOtherShardsAreMistakes() {
    HeldSlivers held = HeldSlivers.of(STORED, id -> true);
    StreamDecoder decoder = StreamDecoder.of(STORED.codec, Workspace.ofMemory(64L << 20));
    BlobTarget small = BlobTarget.of(MemorySegment.ofArray(new byte[STORED.blob.length - 1]));
    assertThrows(
        IllegalArgumentException.class,
        () -> decoder.decode(STORED.metadata, held, ConsistencyCheck.DEFAULT, small));
    BlobTarget target = BlobTarget.of(MemorySegment.ofArray(new byte[STORED.blob.length]));
    StreamDecoder other = StreamDecoder.of(RedStuff.forShards(13), Workspace.ofMemory(64L << 20));
    assertThrows(
        IllegalArgumentException.class,
        () -> other.decode(STORED.metadata, held, ConsistencyCheck.DEFAULT, target));
    assertEquals(0, held.bytesRead);
  }

  /** Looks that progress never goes back, and ends the work after so many reports. */
  private static final class Impatient implements WorkMonitor {
    private final int patience;
    private int reports;
    private long last;

    Impatient(int patience) {
      this.patience = patience;
    }

    @Override
    public void progress(long done, long total) {
      assertEquals(STORED.blob.length, total);
      assertTrue(done >= last && done <= total, done + " after " + last);
      last = done;
      reports++;
    }

    @Override
    public boolean isCancelled() {
      return reports > patience;
    }
  }

  @ParameterizedTest
  @EnumSource
  void cancelledWorkEndsSoonAndFreesItsMemory(ConsistencyCheck check) throws Exception {
    for (Axis axis : Axis.values()) {
      HeldSlivers held =
          HeldSlivers.of(STORED, id -> id.axis() == axis && id.index() > 0)
              .corrupt(new SliverId(axis, 2), 5);
      long budget = minimum(STORED.codec, STORED.metadata, check);
      BlobTarget target = BlobTarget.of(MemorySegment.ofArray(new byte[STORED.blob.length]));
      Impatient patient = new Impatient(Integer.MAX_VALUE);
      StreamDecoder.of(STORED.codec, Workspace.ofMemory(budget))
          .watchedBy(patient)
          .decode(STORED.metadata, held, check, target);
      assertEquals(STORED.blob.length, patient.last);
      assertTrue(patient.reports > 3);
      for (int patience = 0; patience < patient.reports; patience++) {
        Impatient monitor = new Impatient(patience);
        ArenaMeter meter = new ArenaMeter();
        StreamDecoder decoder =
            StreamDecoder.of(STORED.codec, Workspace.ofMemory(budget), meter).watchedBy(monitor);
        assertThrows(
            CancellationException.class,
            () -> decoder.decode(STORED.metadata, held, check, target));
        assertEquals(patience + 1, monitor.reports);
        assertEquals(0, meter.open());
      }
    }
  }

  @Test
  void whatSourceAndTargetThrowComesThrough() throws Exception {
    IOException broken = new IOException("broken");
    SliverSource source =
        new SliverSource() {
          @Override
          public boolean has(SliverId sliver) {
            return true;
          }

          @Override
          public void read(SliverId sliver, long offset, MemorySegment target) throws IOException {
            throw broken;
          }
        };
    for (ConsistencyCheck check : ConsistencyCheck.values()) {
      assertEquals(broken, assertThrows(IOException.class, () -> decode(STORED, source, check)));
    }
    BlobTarget readOnly =
        BlobTarget.of(MemorySegment.ofArray(new byte[STORED.blob.length]).asReadOnly());
    RuntimeException refused =
        assertThrows(
            RuntimeException.class,
            () ->
                StreamDecoder.of(STORED.codec, Workspace.ofMemory(64L << 20))
                    .decode(
                        STORED.metadata,
                        HeldSlivers.of(STORED, id -> true),
                        ConsistencyCheck.DEFAULT,
                        readOnly));
    assertInstanceOf(IllegalArgumentException.class, refused);
  }

  /** What was decoded is read back only up to the first row that is wrong. */
  @Test
  void aWrongRowEndsTheCheck() throws Exception {
    HeldSlivers held =
        HeldSlivers.of(LONG, id -> id.axis() == Axis.PRIMARY).corrupt(SliverId.primary(0), 5);
    byte[] blob = new byte[LONG.blob.length];
    BlobTarget memory = BlobTarget.of(MemorySegment.ofArray(blob));
    List<Long> readBack = new ArrayList<>();
    BlobTarget target =
        new BlobTarget() {
          @Override
          public long length() {
            return memory.length();
          }

          @Override
          public void read(long offset, MemorySegment bytes) throws IOException {
            readBack.add(offset);
            memory.read(offset, bytes);
          }

          @Override
          public void write(long offset, MemorySegment bytes) throws IOException {
            memory.write(offset, bytes);
          }
        };
    List<SliverId> bad = new ArrayList<>();
    long budget = minimum(LONG.codec, LONG.metadata, ConsistencyCheck.DEFAULT);
    StreamDecoder.of(LONG.codec, Workspace.ofMemory(budget))
        .reportingTo(bad::add)
        .decode(LONG.metadata, held, ConsistencyCheck.DEFAULT, target);
    assertArrayEquals(LONG.blob, blob);
    assertEquals(List.of(SliverId.primary(0)), bad);
    // row 0 of what came first, and of what came then, where the others are of verified slivers
    assertEquals(List.of(0L, 0L), readBack);
  }
}
