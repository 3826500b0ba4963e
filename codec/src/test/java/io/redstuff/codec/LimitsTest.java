package io.redstuff.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.redstuff.Axis;
import io.redstuff.ConsistencyCheck;
import io.redstuff.EncodingParameters;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.error.VerificationException;
import io.redstuff.internal.matrix.MatrixEncoder;
import io.redstuff.proof.BlobMetadata;
import io.redstuff.proof.MerkleTree;
import io.redstuff.proof.RecoverySymbol;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.simd.Engine;
import io.redstuff.simd.Engines;
import io.redstuff.simd.LeafHasher;
import io.redstuff.simd.SymbolRows;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The largest of everything, and one more. */
class LimitsTest {

  private static final int MOST = EncodingParameters.MAX_SHARDS;
  private static final int LONGEST = EncodingParameters.MAX_SYMBOL_SIZE;

  /** The hash of a sliver by way of a whole codeword and a whole tree. */
  static byte[] hash(EncodingParameters parameters, Sliver sliver, Engine engine) {
    try (Arena arena = Arena.ofConfined()) {
      int size = sliver.symbolSize();
      MemorySegment symbols = arena.allocate((long) parameters.shards() * size, 64);
      MemorySegment.copy(sliver.segment(), 0, symbols, 0, sliver.segment().byteSize());
      SymbolRows rows = SymbolRows.contiguous(symbols, 0, size);
      MatrixEncoder.sliverCode(parameters, sliver.id().axis())
          .newEncoder(engine, arena)
          .encode(rows, rows, size, 1);
      LeafHasher hasher = new LeafHasher(engine, arena);
      return MerkleTree.ofLeaves(hasher, symbols, 0, size, size, parameters.shards()).root();
    }
  }

  /** Metadata that commits to one sliver as it is, and for the others to hashes of no sliver. */
  static VerifiedMetadata metadata(
      EncodingParameters parameters, long blobLength, Sliver sliver, byte[] hash) {
    byte[] hashes = TestBlobs.bytes(64 * parameters.shards(), 3);
    int pair = 64 * sliver.id().pair(parameters).value();
    int at = sliver.id().axis() == Axis.PRIMARY ? pair : pair + 32;
    System.arraycopy(hash, 0, hashes, at, 32);
    return VerifiedMetadata.ofHashes(parameters, blobLength, hashes);
  }

  @Tag("slow")
  @ParameterizedTest
  @EnumSource
  void sliversOfTheMostShards(Axis axis) throws Exception {
    RedStuff codec = RedStuff.forShards(MOST);
    EncodingParameters parameters = codec.parameters();
    int symbols = parameters.symbolsPerSliver(axis);
    assertEquals(axis == Axis.PRIMARY ? 32771 : 16387, symbols);
    Sliver sliver = Sliver.copyOf(new SliverId(axis, MOST - 1), 2, TestBlobs.bytes(2 * symbols, 1));
    byte[] hash = hash(parameters, sliver, Engines.named("plain"));
    VerifiedMetadata metadata = metadata(parameters, 1_000_000, sliver, hash);
    assertEquals(
        metadata, BlobMetadata.parse(metadata.toBcs()).verify(parameters, metadata.blobId()));
    assertEquals(sliver, codec.verify(metadata, sliver).sliver());
    try (Arena arena = Arena.ofConfined()) {
      ExpandedSliver expanded = codec.expand(metadata, sliver, arena);
      assertArrayEquals(hash, expanded.root());
      for (int index : new int[] {0, 1, symbols - 1, symbols, 32767, 32768, MOST - 1}) {
        assertArrayEquals(expanded.symbol(index), codec.symbol(sliver, index), "symbol " + index);
        RecoverySymbol symbol = expanded.recoverySymbol(index);
        symbol.verify(metadata, new SliverId(axis.opposite(), index));
        assertEquals(16, symbol.proof().length());
        assertEquals(symbol, RecoverySymbol.parse(axis.opposite(), symbol.toBcs()));
      }
      assertThrows(IndexOutOfBoundsException.class, () -> expanded.symbol(MOST));
      assertThrows(IndexOutOfBoundsException.class, () -> codec.symbol(sliver, MOST));
    }
    Sliver beyond = Sliver.copyOf(new SliverId(axis, MOST), 2, sliver.toBytes());
    assertEquals(
        VerificationException.Reason.INDEX_OUT_OF_RANGE,
        assertThrows(VerificationException.class, () -> codec.verify(metadata, beyond)).reason());
  }

  @Test
  void longestBlobsOfTheMostShards() {
    EncodingParameters parameters = EncodingParameters.forShards(MOST);
    long limit = 16387L * 32771 * LONGEST;
    assertEquals(limit, parameters.maxBlobLength());
    assertEquals(LONGEST, parameters.symbolSize(limit));
    assertEquals(limit, parameters.paddedLength(limit));
    assertEquals(MOST * (16387L + 32771) * LONGEST, parameters.sliversLength(limit));
    assertEquals(
        "blob length: got 35192962318319, expected 0 to 35192962318318 with 49155 shards",
        assertThrows(IllegalArgumentException.class, () -> parameters.sliversLength(limit + 1))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> EncodingParameters.forShards(MOST + 1));
  }

  /** Symbols of 65534 bytes, on every engine that this machine has. */
  @Tag("slow")
  @ParameterizedTest
  @ValueSource(ints = {4, 7})
  void longestSymbols(int shards) throws Exception {
    RedStuff plain = RedStuff.forShards(shards, Engines.named("plain")).withParallelism(1);
    EncodingParameters parameters = plain.parameters();
    byte[] blob = TestBlobs.bytes(Math.toIntExact(parameters.maxBlobLength()), shards);
    try (EncodedBlob expected = plain.encode(blob)) {
      assertEquals(LONGEST, expected.metadata().symbolSize());
      for (Engine engine : EnginesUnderTest.all()) {
        RedStuff codec = RedStuff.forShards(shards, engine);
        assertEquals(expected.blobId(), codec.blobId(blob), engine::toString);
        try (EncodedBlob encoded = codec.encode(blob)) {
          assertEquals(expected.metadata(), encoded.metadata());
          assertEquals(expected.pairs().size(), encoded.pairs().size());
          for (int i = 0; i < shards; i++) {
            for (Axis axis : Axis.values()) {
              SliverId id = new SliverId(axis, i);
              assertEquals(expected.sliver(id), encoded.sliver(id), engine::toString);
            }
          }
        }
        roundTrip(codec, expected, blob);
      }
    }
  }

  private static void roundTrip(RedStuff codec, EncodedBlob encoded, byte[] blob) throws Exception {
    int shards = codec.parameters().shards();
    VerifiedMetadata metadata = encoded.metadata();
    for (Axis axis : Axis.values()) {
      List<Sliver> last = new ArrayList<>();
      for (int i = 0; i < codec.parameters().sourceSymbols(axis); i++) {
        Sliver sliver = encoded.sliver(new SliverId(axis, shards - 1 - i));
        last.add(Sliver.parseCopy(axis, sliver.toBcs()));
      }
      assertArrayEquals(blob, codec.decode(metadata, last));
      SliverId target = new SliverId(axis.opposite(), 1);
      List<RecoverySymbol> symbols = new ArrayList<>();
      try (Arena arena = Arena.ofConfined()) {
        for (int i = 0; i < shards; i++) {
          Sliver source = encoded.sliver(new SliverId(axis, i));
          symbols.add(codec.expand(metadata, source, arena).recoverySymbol(1));
        }
      }
      Recovery recovery = codec.recover(metadata, target, symbols);
      assertEquals(
          encoded.sliver(target),
          assertInstanceOf(Recovery.Recovered.class, recovery).sliver().sliver());
    }
  }

  /** Just at the limit and just over it, as files with holes. */
  @Test
  void blobsAtTheLimitAndOverIt(@TempDir Path directory) throws Exception {
    RedStuff codec = RedStuff.forShards(7);
    long limit = codec.parameters().maxBlobLength();
    try (Arena arena = Arena.ofShared()) {
      MemorySegment over = SparseFile.map(directory.resolve("over"), limit + 1, arena);
      over.set(ValueLayout.JAVA_BYTE, limit - 1, (byte) 1);
      byte[] longest = new byte[Math.toIntExact(limit)];
      longest[longest.length - 1] = 1;
      assertEquals(codec.blobId(longest), codec.blobId(over.asSlice(0, limit)));
      assertRefused(codec, over, arena);
      // With 1000 shards slivers of 65 GB would have to be allocated.
      RedStuff thousand = RedStuff.forShards(1000);
      long most = thousand.parameters().maxBlobLength();
      assertRefused(thousand, SparseFile.map(directory.resolve("huge"), most + 1, arena), arena);
    }
  }

  private static void assertRefused(RedStuff codec, MemorySegment blob, Arena arena) {
    String expected =
        "blob length: got %s, expected 0 to %s with %s shards"
            .formatted(
                blob.byteSize(), codec.parameters().maxBlobLength(), codec.parameters().shards());
    BlobEncoder encoder = codec.newEncoder(arena);
    MemorySegment slivers = arena.allocate(8);
    for (Runnable use :
        List.<Runnable>of(
            () -> codec.blobId(blob),
            () -> codec.metadata(blob),
            () -> codec.encode(blob).close(),
            () -> encoder.metadata(blob),
            () -> encoder.encode(blob, slivers))) {
      assertEquals(expected, assertThrows(IllegalArgumentException.class, use::run).getMessage());
    }
  }

  @Test
  void aBlobThatNoArrayHoldsIsRefusedBeforeItIsDecoded() {
    RedStuff codec = RedStuff.forShards(1000);
    VerifiedMetadata metadata =
        VerifiedMetadata.ofHashes(codec.parameters(), 3L << 30, new byte[64_000]);
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> codec.decode(metadata, List.of()));
    assertEquals(
        "blob: got 3221225472 bytes, expected at most 2147483639 for an array; decode to a"
            + " MemorySegment",
        refused.getMessage());
    byte[] zeros = new byte[10];
    assertThrows(
        IllegalArgumentException.class,
        () ->
            codec.decode(
                metadata, List.of(), ConsistencyCheck.DEFAULT, MemorySegment.ofArray(zeros)));
  }
}
