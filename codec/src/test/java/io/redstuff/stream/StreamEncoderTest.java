package io.redstuff.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.SliverPair;
import io.redstuff.SliverPairIndex;
import io.redstuff.codec.EncodedBlob;
import io.redstuff.codec.RedStuff;
import io.redstuff.codec.SmallVectors;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.stream.EncodingPlan.Strategy;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever the budget, the source and the sink: the same bytes. */
class StreamEncoderTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "4, 1",
    "4, 4000",
    "5, 90001",
    "7, 200000",
    "10, 1",
    "10, 123457",
    "13, 1000000",
    "31, 300001",
    "67, 250000",
    "100, 165432"
  })
  void everyBudgetGivesTheSameBytes(int shards, int length) throws IOException {
    byte[] blob = bytes(shards, length);
    EnumSet<Strategy> seen = EnumSet.noneOf(Strategy.class);
    for (int threads : new int[] {1, 2}) {
      RedStuff codec = RedStuff.forShards(shards).withParallelism(threads);
      try (EncodedBlob expected = codec.encode(blob)) {
        for (long budget : budgets(codec, length)) {
          for (boolean spill : new boolean[] {false, true}) {
            Workspace workspace = workspace(budget, spill);
            StreamEncoder encoder = StreamEncoder.of(codec, workspace);
            EncodingPlan plan = encoder.plan(length);
            assertTrue(plan.memory() <= budget, plan + " within " + budget);
            seen.add(plan.strategy());
            SliverCopies slivers = new SliverCopies(codec.parameters(), length);
            VerifiedMetadata metadata = encoder.encode(BlobSource.of(segment(blob)), slivers);
            assertEquals(expected.metadata(), metadata, plan.toString());
            slivers.assertSame(expected, all(shards));
            assertEquals(metadata, encoder.metadata(BlobSource.of(segment(blob))));
          }
        }
      }
    }
    assertTrue(seen.contains(Strategy.PASSES), seen.toString());
  }

  @Test
  void leastBudgetGivesWhatTheOfficialEncoderMade() throws IOException {
    for (SmallVectors.Encoding official : SmallVectors.all()) {
      EncodingParameters parameters = official.parameters();
      RedStuff codec = RedStuff.forShards(official.n());
      long least = budgets(codec, official.length())[0];
      for (boolean spill : new boolean[] {false, true}) {
        SliverCopies slivers = new SliverCopies(parameters, official.length());
        VerifiedMetadata metadata =
            StreamEncoder.of(codec, workspace(least, spill))
                .encode(BlobSource.of(segment(official.blob())), slivers);
        assertArrayEquals(official.blobId(), metadata.blobId().toBytes(), official.toString());
        for (int pair = 0; pair < official.n(); pair++) {
          SliverId primary = SliverId.primary(pair);
          SliverId secondary = SliverId.secondary(official.n() - 1 - pair);
          assertArrayEquals(official.primaries().get(pair), slivers.bcs(primary));
          assertArrayEquals(official.secondaries().get(pair), slivers.bcs(secondary));
        }
      }
    }
  }

  @Test
  void strategyFollowsFromTheBudget() {
    long length = 5L << 30;
    RedStuff codec = RedStuff.forShards(1000).withParallelism(2);
    long budget = 512L << 20;
    assertEquals(
        Strategy.PASSES,
        StreamEncoder.of(codec, Workspace.ofMemory(budget)).plan(length).strategy());
    assertEquals(
        Strategy.SPILL,
        StreamEncoder.of(codec, Workspace.ofMemory(budget).spillingTo(directory))
            .plan(length)
            .strategy());
    assertEquals(
        Strategy.IN_MEMORY,
        StreamEncoder.of(codec, Workspace.ofMemory(2 * length)).metadataPlan(length).strategy());
    assertEquals(
        Strategy.IN_MEMORY,
        StreamEncoder.of(codec, Workspace.ofMemory(budget)).plan(1L << 20).strategy());
    assertEquals(
        2, StreamEncoder.of(codec, Workspace.ofMemory(7 * length)).plan(length).sourceReads());
    assertEquals(
        2, StreamEncoder.of(codec, Workspace.ofMemory(length)).metadataPlan(length).sourceReads());
  }

  @Test
  void minimumMemoryIsEnoughForEveryBlob() {
    for (int shards : new int[] {4, 10, 100, 1000, 5000}) {
      RedStuff codec = RedStuff.forShards(shards);
      long least = StreamEncoder.of(codec, Workspace.ofMemory(1)).minimumMemory();
      StreamEncoder encoder = StreamEncoder.of(codec, Workspace.ofMemory(least));
      long longest = codec.parameters().maxBlobLength();
      for (long length : new long[] {0, 1, longest / 3, longest}) {
        assertTrue(encoder.plan(length).memory() <= least);
        assertTrue(encoder.metadataPlan(length).memory() <= least);
      }
      StreamEncoder starved = StreamEncoder.of(codec, Workspace.ofMemory(least - 1));
      assertThrows(IllegalArgumentException.class, () -> starved.plan(longest));
    }
  }

  @ParameterizedTest
  @CsvSource({"10, 100000", "31, 77777", "100, 250001"})
  void someOfThePairs(int shards, int length) throws IOException {
    byte[] blob = bytes(shards, length);
    RedStuff codec = RedStuff.forShards(shards).withParallelism(2);
    Random random = new Random(shards);
    try (EncodedBlob expected = codec.encode(blob)) {
      long least = budgets(codec, length)[0];
      for (int count : new int[] {0, 1, 2, shards / 2, shards}) {
        Set<SliverPairIndex> pairs = new TreeSet<>();
        random.ints(0, shards).distinct().limit(count).forEach(i -> pairs.add(pair(i)));
        for (long budget : new long[] {least, 1L << 30}) {
          StreamEncoder encoder = StreamEncoder.of(codec, Workspace.ofMemory(budget));
          SliverCopies slivers = new SliverCopies(codec.parameters(), length);
          assertEquals(
              expected.metadata(), encoder.encode(BlobSource.of(segment(blob)), pairs, slivers));
          slivers.assertSame(expected, pairs);
          slivers = new SliverCopies(codec.parameters(), length);
          encoder.encodePairs(BlobSource.of(segment(blob)), pairs, slivers);
          slivers.assertSame(expected, pairs);
        }
      }
    }
    assertThrows(
        IndexOutOfBoundsException.class,
        () ->
            StreamEncoder.of(codec, Workspace.ofMemory(1L << 30))
                .encodePairs(BlobSource.of(segment(blob)), Set.of(pair(shards)), (_, _, _) -> {}));
  }

  @Test
  void streamsAndFiles() throws IOException {
    int length = 600_001;
    byte[] blob = bytes(7, length);
    RedStuff codec = RedStuff.forShards(13);
    VerifiedMetadata expected = codec.metadata(blob);
    Path file = Files.write(directory.resolve("blob"), blob);
    for (long budget : budgets(codec, length)) {
      StreamEncoder encoder = StreamEncoder.of(codec, workspace(budget, true));
      assertEquals(expected, encoder.metadata(stream(blob), length));
      assertEquals(expected, encoder.metadata(stream(blob)));
      SliverCopies slivers = new SliverCopies(codec.parameters(), length);
      assertEquals(expected, encoder.encode(stream(blob), length, slivers));
      try (EncodedBlob encoded = codec.encode(blob)) {
        slivers.assertSame(encoded, all(13));
      }
      assertThrows(EOFException.class, () -> encoder.metadata(stream(blob), length + 1));
      assertThrows(IOException.class, () -> encoder.metadata(stream(blob), length - 1));
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        assertEquals(expected, encoder.metadata(BlobSource.of(channel)));
      }
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> StreamEncoder.of(codec, Workspace.ofMemory(1L << 30)).metadata(stream(blob)));
    assertEquals(1, files(), "temporary files are gone");
  }

  @Test
  void progressRisesAndCancellingEnds() throws IOException {
    int length = 300_000;
    byte[] blob = bytes(3, length);
    RedStuff codec = RedStuff.forShards(13);
    for (long budget : budgets(codec, length)) {
      StreamEncoder encoder = StreamEncoder.of(codec, workspace(budget, true));
      Meter meter = new Meter(Integer.MAX_VALUE);
      encoder.watchedBy(meter).encode(BlobSource.of(segment(blob)), (_, _, _) -> {});
      assertEquals(length, meter.done);
      assertTrue(meter.calls > 2, meter.calls + " calls");
      for (int after = 1; after < meter.calls; after += 3) {
        Meter ending = new Meter(after);
        assertThrows(
            CancellationException.class,
            () -> encoder.watchedBy(ending).encode(BlobSource.of(segment(blob)), (_, _, _) -> {}));
      }
    }
    assertEquals(0, files(), "temporary files are gone");
  }

  @Test
  void memoryStaysWithinThePlan() throws IOException {
    int length = 3_000_000;
    byte[] blob = bytes(9, length);
    for (int threads : new int[] {1, 2}) {
      RedStuff codec = RedStuff.forShards(40).withParallelism(threads);
      for (long budget : budgets(codec, length)) {
        for (boolean spill : new boolean[] {false, true}) {
          EncodingPlan plan = StreamEncoder.of(codec, workspace(budget, spill)).plan(length);
          if (plan.strategy() == Strategy.IN_MEMORY) {
            continue;
          }
          ArenaMeter meter = new ArenaMeter();
          try (Arena arena = meter.apply(Arena.ofShared())) {
            BitSet pairs = new BitSet();
            pairs.set(0, 40);
            SelectedSlivers slivers =
                new SelectedSlivers(
                    codec.parameters(),
                    codec.parameters().symbolSize(length),
                    pairs,
                    (_, _, _) -> {},
                    arena);
            BlobSource source = BlobSource.of(segment(blob));
            new EncodeRun(codec, plan, source, slivers, WorkMonitor.NONE, arena).run(directory);
          }
          assertTrue(meter.peak() <= plan.memory(), meter.peak() + " of " + plan);
          assertTrue(meter.peak() > plan.memory() * 9 / 10, meter.peak() + " of " + plan);
        }
      }
    }
    assertEquals(0, files(), "temporary files are gone");
  }

  private static final class Meter implements WorkMonitor {
    private final int limit;
    private long done;
    private int calls;

    Meter(int limit) {
      this.limit = limit;
    }

    @Override
    public void progress(long done, long total) {
      assertTrue(done >= this.done && done <= total);
      this.done = done;
      calls++;
    }

    @Override
    public boolean isCancelled() {
      return calls >= limit;
    }
  }

  /** From the least budget for a blob to more than it needs. */
  private static long[] budgets(RedStuff codec, long length) {
    long enough = 1L << 32;
    long low = 0;
    long high = enough;
    while (low + 1 < high) {
      long middle = (low + high) / 2;
      try {
        StreamEncoder.of(codec, Workspace.ofMemory(middle)).plan(length);
        high = middle;
      } catch (IllegalArgumentException e) {
        assertTrue(e.getMessage().contains("got " + middle), e.getMessage());
        low = middle;
      }
    }
    long more = codec.parameters().sliversLength(length) / 9;
    long least = high;
    return LongStream.concat(
            LongStream.range(0, 4).map(i -> least + i * more), LongStream.of(enough))
        .toArray();
  }

  private Workspace workspace(long budget, boolean spill) {
    Workspace workspace = Workspace.ofMemory(budget);
    return spill ? workspace.spillingTo(directory) : workspace;
  }

  private static Set<SliverPairIndex> all(int shards) {
    Set<SliverPairIndex> pairs = new TreeSet<>();
    IntStream.range(0, shards).forEach(i -> pairs.add(pair(i)));
    return pairs;
  }

  private static SliverPairIndex pair(int index) {
    return SliverPairIndex.of(index);
  }

  private static byte[] bytes(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static MemorySegment segment(byte[] bytes) {
    return MemorySegment.ofArray(bytes);
  }

  private static ByteArrayInputStream stream(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }

  private int files() {
    return directory.toFile().list().length;
  }

  /** Keeps what it gets, and sees to it that it comes in order. */
  private static final class SliverCopies implements SliverSink {
    private final int symbolSize;
    private final Map<SliverId, ByteArrayOutputStream> slivers = new HashMap<>();

    SliverCopies(EncodingParameters parameters, long blobLength) {
      this.symbolSize = parameters.symbolSize(blobLength);
    }

    @Override
    public void write(SliverId sliver, long offset, MemorySegment symbols) {
      ByteArrayOutputStream copy =
          slivers.computeIfAbsent(sliver, _ -> new ByteArrayOutputStream());
      assertEquals(copy.size(), offset);
      assertTrue(symbols.isNative());
      assertEquals(0, symbols.byteSize() % symbolSize);
      copy.writeBytes(symbols.toArray(ValueLayout.JAVA_BYTE));
    }

    byte[] bcs(SliverId sliver) {
      return Sliver.copyOf(sliver, symbolSize, slivers.get(sliver).toByteArray()).toBcs();
    }

    void assertSame(EncodedBlob expected, Set<SliverPairIndex> pairs) {
      assertEquals(2 * pairs.size(), slivers.size());
      for (SliverPairIndex pair : pairs) {
        for (Axis axis : Axis.values()) {
          Sliver sliver = sliver(expected.pair(pair), axis);
          assertArrayEquals(
              sliver.toBytes(), slivers.get(sliver.id()).toByteArray(), sliver.toString());
        }
      }
    }

    private static Sliver sliver(SliverPair pair, Axis axis) {
      return axis == Axis.PRIMARY ? pair.primary() : pair.secondary();
    }
  }
}
