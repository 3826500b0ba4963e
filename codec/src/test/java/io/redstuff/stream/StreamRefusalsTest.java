package io.redstuff.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.SliverId;
import io.redstuff.SliverPairIndex;
import io.redstuff.codec.EncodedBlob;
import io.redstuff.codec.RedStuff;
import io.redstuff.stream.EncodingPlan.Strategy;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What sources, workspaces and plans say, and what they refuse. */
class StreamRefusalsTest {
  @TempDir private Path directory;

  @Test
  void plansInWords() {
    assertEquals("in memory: 2 MiB", plan(Strategy.IN_MEMORY, 0, 1).describe());
    assertEquals(
        "8 columns at a time: 2 MiB of memory, source read 3 times, no temporary file",
        plan(Strategy.PASSES, 0, 3).describe());
    assertEquals(
        "8 columns at a time: 2 MiB of memory, source read twice, temporary file of 4 MiB",
        plan(Strategy.SPILL, 4 << 20, 2).describe());
  }

  private static EncodingPlan plan(Strategy strategy, long spill, int reads) {
    return new EncodingPlan(strategy, (1 << 20) + 1, spill, reads, 8);
  }

  @Test
  void budgets() {
    assertThrows(IllegalArgumentException.class, () -> Workspace.ofMemory(0));
    RedStuff codec = RedStuff.forShards(10);
    StreamEncoder starved = StreamEncoder.of(codec, Workspace.ofMemory(1000));
    BlobSource blob = BlobSource.of(MemorySegment.ofArray(new byte[100]));
    for (Throwable refusal :
        Set.of(
            assertThrows(IllegalArgumentException.class, () -> starved.metadata(blob)),
            assertThrows(
                IllegalArgumentException.class,
                () -> starved.encodePairs(blob, Set.of(), (_, _, _) -> {})))) {
      assertTrue(refusal.getMessage().startsWith("memory budget: got 1000 bytes, expected at"));
    }
  }

  @Test
  void sourcesThatEndEarly() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment target = arena.allocate(10);
      BlobSource memory = BlobSource.of(MemorySegment.ofArray(new byte[12]));
      memory.read(2, target);
      assertThrows(EOFException.class, () -> memory.read(3, target));
      assertThrows(EOFException.class, () -> memory.read(-1, target));
      Path file = Files.write(directory.resolve("blob"), new byte[12]);
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        BlobSource source = BlobSource.of(channel);
        source.read(2, target);
        assertThrows(EOFException.class, () -> source.read(3, target));
        channel.truncate(11);
        EOFException shortened = assertThrows(EOFException.class, () -> source.read(2, target));
        assertEquals("file: got 11 bytes, expected at least 12", shortened.getMessage());
      }
    }
  }

  @Test
  void streamsGiveTheirBytesOnceUnlessKept() throws IOException {
    byte[] bytes = {1, 2, 3, 4, 5};
    try (Arena arena = Arena.ofConfined();
        StreamedBlob once = StreamedBlob.once(new ByteArrayInputStream(bytes), 5);
        StreamedBlob kept = StreamedBlob.keptIn(directory, new ByteArrayInputStream(bytes), 5)) {
      MemorySegment target = arena.allocate(2);
      once.read(0, target);
      assertThrows(IllegalStateException.class, () -> once.read(1, target));
      assertThrows(IllegalStateException.class, () -> once.read(3, target));
      kept.read(0, target);
      kept.read(1, target);
      assertArrayEquals(new byte[] {2, 3}, target.toArray(ValueLayout.JAVA_BYTE));
    }
    assertThrows(
        NoSuchFileException.class,
        () -> StreamedBlob.keptIn(directory.resolve("none"), new ByteArrayInputStream(bytes), 5));
  }

  /** Pairs whose slivers are all parts of the blob: nothing is computed. */
  @Test
  void streamsOfUnknownLengthGiveAllTheirBytesOrTheirFailure() throws IOException {
    RedStuff codec = RedStuff.forShards(4);
    StreamEncoder encoder =
        StreamEncoder.of(codec, Workspace.ofMemory(1L << 30).spillingTo(directory));
    int most = Math.toIntExact(codec.parameters().maxBlobLength());
    byte[] bytes = new byte[most + 1];
    new Random(3).nextBytes(bytes);
    IOException broken = new IOException("connection reset");
    for (int length : new int[] {0, 100_000, 1 << 17, most}) {
      byte[] blob = Arrays.copyOf(bytes, length);
      assertEquals(codec.metadata(blob), encoder.metadata(new Trickle(blob, Optional.empty())));
      InputStream breaking = new Trickle(blob, Optional.of(broken));
      assertSame(broken, assertThrows(IOException.class, () -> encoder.metadata(breaking)));
    }
    InputStream endless = new Trickle(bytes, Optional.of(broken));
    assertThrows(IllegalArgumentException.class, () -> encoder.metadata(endless));
    try (Stream<Path> files = Files.list(directory)) {
      assertEquals(0, files.count(), "temporary files are gone");
    }
  }

  /** A stream that gives at most 1000 bytes at a time, and ends or fails after the last. */
  private static final class Trickle extends InputStream {
    private final ByteArrayInputStream bytes;
    private final Optional<IOException> failure;

    Trickle(byte[] bytes, Optional<IOException> failure) {
      this.bytes = new ByteArrayInputStream(bytes);
      this.failure = failure;
    }

    @Override
    public int read() {
      throw new AssertionError("reads single bytes");
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int read = bytes.read(target, offset, Math.min(length, 1000));
      if (read < 0 && failure.isPresent()) {
        throw failure.get();
      }
      return read;
    }
  }

  @Test
  void pairsOfSourceRowsAndColumns() throws IOException {
    byte[] blob = new byte[5000];
    new Random(5).nextBytes(blob);
    RedStuff codec = RedStuff.forShards(12);
    Map<SliverId, ByteArrayOutputStream> slivers = new HashMap<>();
    Set<SliverPairIndex> pairs =
        Set.of(SliverPairIndex.of(3), SliverPairIndex.of(4), SliverPairIndex.of(5));
    StreamEncoder.of(codec, Workspace.ofMemory(1L << 30))
        .encodePairs(
            BlobSource.of(MemorySegment.ofArray(blob)),
            pairs,
            (sliver, _, symbols) ->
                slivers
                    .computeIfAbsent(sliver, _ -> new ByteArrayOutputStream())
                    .writeBytes(symbols.toArray(ValueLayout.JAVA_BYTE)));
    assertEquals(6, slivers.size());
    try (EncodedBlob expected = codec.encode(blob)) {
      for (SliverPairIndex pair : pairs) {
        assertArrayEquals(
            expected.pair(pair).primary().toBytes(),
            slivers.get(expected.pair(pair).primary().id()).toByteArray());
        assertArrayEquals(
            expected.pair(pair).secondary().toBytes(),
            slivers.get(expected.pair(pair).secondary().id()).toByteArray());
      }
    }
  }
}
