package io.redstuff.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.redstuff.Axis;
import io.redstuff.ConsistencyCheck;
import io.redstuff.EncodingParameters;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.error.RedStuffException;
import io.redstuff.proof.RecoverySymbol;
import io.redstuff.proof.VerifiedMetadata;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The library against a model that is written from the definitions: every byte of every output. */
class RedStuffModelTest {
  /** Keeps the model's share of a test at milliseconds. */
  private static final int MOST_SYMBOL_BYTES = 200;

  private static void compare(int shards, byte[] blob, long seed) throws RedStuffException {
    RedStuffModel model = new RedStuffModel(shards, blob);
    RedStuff codec = RedStuff.forShards(shards);
    String name = shards + " shards, " + blob.length + " bytes, seed " + seed;
    assertEquals(model.symbolSize, codec.parameters().symbolSize(blob.length), name);
    assertEquals(model.k1, codec.parameters().primarySourceSymbols(), name);
    assertEquals(model.k2, codec.parameters().secondarySourceSymbols(), name);
    byte[] id = model.blobId();
    assertArrayEquals(id, codec.blobId(blob).toBytes(), name);
    assertEquals(
        Base64.getUrlEncoder().withoutPadding().encodeToString(id),
        codec.blobId(blob).toString(),
        name);
    try (EncodedBlob encoded = codec.encode(blob);
        Arena arena = Arena.ofConfined()) {
      VerifiedMetadata metadata = encoded.metadata();
      assertArrayEquals(model.metadataBcs(), metadata.toBcs(), name);
      assertArrayEquals(model.metadataRoot(), metadata.rootHash(), name);
      for (Axis axis : Axis.values()) {
        for (int index = 0; index < shards; index++) {
          compareSliver(model, codec, encoded, new SliverId(axis, index), arena, name);
        }
        decodeSome(codec, encoded, axis, blob, seed, name);
      }
    }
  }

  private static void compareSliver(
      RedStuffModel model,
      RedStuff codec,
      EncodedBlob encoded,
      SliverId id,
      Arena arena,
      String name)
      throws RedStuffException {
    boolean primary = id.axis() == Axis.PRIMARY;
    Sliver sliver = encoded.sliver(id);
    assertArrayEquals(model.sliverBcs(primary, id.index()), sliver.toBcs(), name);
    ExpandedSliver expanded = codec.expand(encoded.metadata(), sliver, arena);
    assertArrayEquals(model.sliverHash(primary, id.index()), expanded.root(), name);
    List<byte[]> expected = model.recoverySymbolsBcs(primary, id.index());
    List<RecoverySymbol> symbols = expanded.recoverySymbols();
    assertEquals(expected.size(), symbols.size(), name);
    compareTogether(model, codec, sliver, 1, name);
    compareTogether(model, codec, sliver, model.n, name);
    for (int target = 0; target < symbols.size(); target++) {
      byte[] data = model.symbol(primary, id.index(), target);
      assertArrayEquals(data, expanded.symbol(target), name);
      assertArrayEquals(data, codec.symbol(sliver, target), name);
      assertArrayEquals(expected.get(target), symbols.get(target).toBcs(), name);
      RecoverySymbol parsed = RecoverySymbol.parse(id.axis().opposite(), expected.get(target));
      parsed.verify(encoded.metadata(), new SliverId(id.axis().opposite(), target));
    }
  }

  /** Cuts some symbols together, from the last to the first, into the middle of other bytes. */
  private static void compareTogether(
      RedStuffModel model, RedStuff codec, Sliver sliver, int count, String name) {
    SliverId id = sliver.id();
    int size = model.symbolSize;
    int[] indices = new int[count];
    byte[] expected = new byte[count * size];
    for (int i = 0; i < count; i++) {
      indices[i] = model.n - 1 - i;
      byte[] data = model.symbol(id.axis() == Axis.PRIMARY, id.index(), indices[i]);
      System.arraycopy(data, 0, expected, i * size, size);
    }
    byte[] got = new byte[expected.length];
    codec.symbols(sliver, indices, MemorySegment.ofArray(got));
    assertArrayEquals(expected, got, name);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment target = arena.allocate(expected.length + 2L * size);
      codec.symbols(sliver, indices, target.asSlice(size));
      assertArrayEquals(new byte[size], target.asSlice(0, size).toArray(ValueLayout.JAVA_BYTE));
      assertArrayEquals(
          expected, target.asSlice(size, expected.length).toArray(ValueLayout.JAVA_BYTE), name);
    }
  }

  private static void decodeSome(
      RedStuff codec, EncodedBlob encoded, Axis axis, byte[] blob, long seed, String name)
      throws RedStuffException {
    List<Sliver> slivers = new ArrayList<>();
    for (int i = 0; i < codec.parameters().shards(); i++) {
      slivers.add(encoded.sliver(new SliverId(axis, i)));
    }
    Collections.shuffle(slivers, new Random(seed));
    List<Sliver> enough = slivers.subList(0, codec.parameters().sourceSymbols(axis));
    assertArrayEquals(
        blob, codec.decode(encoded.metadata(), enough, ConsistencyCheck.STRICT), name);
  }

  @Tag("slow")
  @Property(tries = 150)
  void blobsOfAnyLength(
      @ForAll @IntRange(min = 4, max = 40) int shards,
      @ForAll @IntRange(min = 0, max = MOST_SYMBOL_BYTES / 2) int halfSymbol,
      @ForAll long seed)
      throws RedStuffException {
    EncodingParameters parameters = EncodingParameters.forShards(shards);
    int symbols = parameters.primarySourceSymbols() * parameters.secondarySourceSymbols();
    Random random = new Random(seed);
    int length = 2 * halfSymbol * symbols - random.nextInt(2 * symbols);
    byte[] blob = new byte[Math.max(0, length)];
    random.nextBytes(blob);
    compare(shards, blob, seed);
  }

  @org.junit.jupiter.api.Tag("slow")
  @Test
  void everyShardCountUpTo43() throws RedStuffException {
    for (int shards = 4; shards <= 43; shards++) {
      compare(shards, TestBlobs.bytes(shards * 53 % 1999, shards), shards);
    }
  }

  /** Where a chunk of a symbol, or a symbol, begins or ends. */
  @org.junit.jupiter.api.Tag("slow")
  @Test
  void lengthsAroundTheBoundaries() throws RedStuffException {
    for (int shards : new int[] {4, 7, 10}) {
      EncodingParameters parameters = EncodingParameters.forShards(shards);
      int symbols = parameters.primarySourceSymbols() * parameters.secondarySourceSymbols();
      for (int size : new int[] {0, 2, 30, 32, 62, 64, 66, 94, 96, 126, 128, 130, 192}) {
        for (int more = -1; more <= 1; more++) {
          int length = Math.max(0, size * symbols + more);
          compare(shards, TestBlobs.bytes(length, size), more);
        }
      }
    }
  }

  @Test
  void modelAgreesWithTheOfficialEncoder() {
    for (SmallVectors.Encoding encoding : SmallVectors.all()) {
      RedStuffModel model = new RedStuffModel(encoding.n(), encoding.blob());
      assertArrayEquals(encoding.blobId(), model.blobId());
      assertArrayEquals(encoding.root(), model.metadataRoot());
      for (int pair = 0; pair < encoding.n(); pair++) {
        assertArrayEquals(encoding.primaries().get(pair), model.sliverBcs(true, pair));
        assertArrayEquals(
            encoding.secondaries().get(pair), model.sliverBcs(false, encoding.n() - 1 - pair));
      }
    }
  }
}
