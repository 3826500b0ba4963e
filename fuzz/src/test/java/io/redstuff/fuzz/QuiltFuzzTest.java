package io.redstuff.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.redstuff.EncodingParameters;
import io.redstuff.Sliver;
import io.redstuff.codec.RedStuff;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.RedStuffException;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.quilt.Quilt;
import io.redstuff.quilt.QuiltBlob;
import io.redstuff.quilt.QuiltFile;
import io.redstuff.quilt.QuiltPatch;
import io.redstuff.quilt.QuiltReader;
import io.redstuff.store.MemoryStore;
import io.redstuff.store.StoredEncoding;
import io.redstuff.stream.BlobSource;
import io.redstuff.stream.WorkMonitor;
import io.redstuff.stream.Workspace;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Quilts of which bytes or slivers are not what they were. */
class QuiltFuzzTest {
  private static final RedStuff CODEC = RedStuff.forShards(7).withParallelism(1);
  private static final EncodingParameters SEVEN = CODEC.parameters();
  private static final List<QuiltFile> FILES =
      List.of(
          QuiltFile.of("a", new byte[] {1, 2, 3}).withTags(Map.of("k", "v", "", "w")),
          QuiltFile.of("b/c", new byte[90]),
          QuiltFile.of("\u00e9", new byte[0]).withTags(Map.of("k", "v")));

  private static final byte[] BLOB;
  private static final VerifiedMetadata METADATA;
  private static final List<Sliver> SLIVERS;

  static {
    try (Quilt quilt = Quilt.pack(SEVEN, FILES)) {
      BLOB = quilt.toBytes();
      MemoryStore store = new MemoryStore();
      Workspace workspace = Workspace.ofMemory(1 << 28);
      METADATA = StoredEncoding.create(store, CODEC, quilt, workspace, WorkMonitor.NONE).metadata();
      SLIVERS =
          store.slivers().stream()
              .map(s -> Sliver.copyOf(s.id(), s.symbolSize(), s.toBytes()))
              .sorted((x, y) -> x.id().compareTo(y.id()))
              .toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Any bytes as a quilt, or a part of one: files that are within it, or a typed error. */
  @FuzzTest
  void anyBytes(byte[] input) throws IOException {
    int symbols = (int) (SEVEN.maxBlobLength() / EncodingParameters.MAX_SYMBOL_SIZE);
    int symbolSize = Math.max(2, 2 * Math.ceilDiv(input.length, 2 * symbols));
    read(Arrays.copyOf(input, symbols * symbolSize));
  }

  /** A quilt of which some bytes were changed. */
  @FuzzTest
  void changedBytes(byte[] input) throws IOException {
    Draws draws = new Draws(input);
    byte[] blob = BLOB.clone();
    for (int i = draws.below(8); i >= 0; i--) {
      blob[draws.below(blob.length)] ^= (byte) draws.below(256);
    }
    read(blob);
  }

  private static void read(byte[] bytes) throws IOException {
    try {
      QuiltBlob blob = QuiltBlob.of(SEVEN, BlobSource.of(MemorySegment.ofArray(bytes)));
      for (int start = 0; start < SEVEN.secondarySourceSymbols(); start++) {
        readColumns(blob, bytes.length, start);
      }
      for (QuiltPatch patch : blob.index().patches()) {
        QuiltFile file = blob.read(patch);
        assertEquals(patch.identifier(), file.identifier());
        assertEquals(patch.tags(), file.tags());
        contents(file, bytes.length);
      }
    } catch (MalformedDataException e) {
      assertOffset(e, bytes.length);
    }
  }

  private static void readColumns(QuiltBlob blob, int length, int start) throws IOException {
    for (int end = start + 1; end <= SEVEN.secondarySourceSymbols(); end++) {
      try {
        contents(blob.withAnyIdentifier().read(start, end), length);
      } catch (MalformedDataException e) {
        assertOffset(e, length);
      }
    }
  }

  private static void assertOffset(MalformedDataException e, int length) {
    assertTrue(e.byteOffset() >= 0 && e.byteOffset() <= length, e::getMessage);
  }

  private static byte[] contents(QuiltFile file, int atMost) throws IOException {
    assertTrue(file.contents().length() <= atMost, file::identifier);
    byte[] bytes = new byte[(int) file.contents().length()];
    file.contents().read(0, MemorySegment.ofArray(bytes));
    return bytes;
  }

  /** Slivers lost and changed: the right file or a typed error, and nothing else. */
  @FuzzTest
  void damagedSlivers(byte[] input) throws IOException {
    Draws draws = new Draws(input);
    List<Sliver> left = new ArrayList<>();
    for (Sliver sliver : SLIVERS) {
      byte[] bytes = sliver.toBytes();
      switch (draws.below(3)) {
        case 0 -> left.add(sliver);
        case 1 -> {
          bytes[draws.below(bytes.length)] ^= (byte) (1 + draws.below(255));
          left.add(Sliver.copyOf(sliver.id(), sliver.symbolSize(), bytes));
        }
        default -> {} // lost
      }
    }
    for (QuiltFile file : FILES) {
      try (QuiltReader reader = QuiltReader.ofSlivers(CODEC, METADATA, left)) {
        var read = reader.find(file.identifier()).orElseThrow();
        assertEquals(file.tags(), read.tags());
        assertArrayEquals(contents(file, BLOB.length), read.toBytes());
      } catch (RedStuffException e) {
        assertTrue(!e.getMessage().isBlank());
      }
    }
  }
}
