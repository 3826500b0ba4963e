package io.redstuff.proof;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.SliverId;
import io.redstuff.SliverPairIndex;
import io.redstuff.codec.Allocation;
import io.redstuff.codec.EnginesUnderTest;
import io.redstuff.codec.Refusals;
import io.redstuff.codec.SmallVectors;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import io.redstuff.simd.Engine;
import io.redstuff.simd.LeafHasher;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Metadata as received and metadata as verified. */
class BlobMetadataTest {

  private static final SmallVectors.Encoding FOUR = SmallVectors.smallest();

  /** BCS put together by hand: nothing of the writer is used. A null hash is an empty node. */
  private static byte[] bcs(byte[] id, long length, byte[]... hashes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(id);
    out.write(0);
    out.write(1);
    for (int i = 0; i < 8; i++) {
      out.write((int) (length >>> (8 * i)));
    }
    int pairs = hashes.length / 2;
    while (pairs >= 128) {
      out.write(pairs % 128 + 128);
      pairs /= 128;
    }
    out.write(pairs);
    for (byte[] hash : hashes) {
      out.write(hash == null ? 0 : 1);
      out.writeBytes(hash == null ? new byte[0] : hash);
    }
    return out.toByteArray();
  }

  private static byte[][] split(byte[] hashes) {
    byte[][] split = new byte[hashes.length / 32][];
    for (int i = 0; i < split.length; i++) {
      split[i] = Arrays.copyOfRange(hashes, 32 * i, 32 * i + 32);
    }
    return split;
  }

  private static byte[] bcs(SmallVectors.Encoding v) {
    return bcs(v.blobId(), v.length(), split(v.hashes()));
  }

  private static VerificationException refused(BlobMetadata metadata, EncodingParameters p) {
    return assertThrows(VerificationException.class, () -> metadata.verify(p));
  }

  @ParameterizedTest
  @MethodSource("io.redstuff.codec.SmallVectors#all")
  void officialMetadata(SmallVectors.Encoding v) throws Exception {
    byte[] wire = bcs(v);
    BlobId id = BlobId.of(v.blobId());
    BlobMetadata parsed = BlobMetadata.parse(wire);
    assertEquals(id, parsed.claimedId());
    assertEquals(v.length(), parsed.blobLength());
    assertEquals(v.n(), parsed.shards());
    assertArrayEquals(wire, parsed.toBcs());

    VerifiedMetadata verified = parsed.verify(v.parameters());
    assertEquals(verified, parsed.verify(v.parameters(), id));
    assertEquals(id, verified.blobId());
    assertArrayEquals(v.root(), verified.rootHash());
    assertEquals(v.length(), verified.blobLength());
    assertEquals(v.symbolSize(), verified.symbolSize());
    assertEquals(v.parameters(), verified.parameters());
    assertArrayEquals(wire, verified.toBcs());
    byte[] withoutId = Arrays.copyOfRange(wire, 32, wire.length);
    assertArrayEquals(withoutId, verified.toBcsWithoutId());
    assertArrayEquals(withoutId, parsed.toBcsWithoutId());
    BlobMetadata again = BlobMetadata.parseWithoutId(id, withoutId);
    assertEquals(parsed, again);
    assertEquals(parsed.hashCode(), again.hashCode());
  }

  @ParameterizedTest
  @MethodSource("io.redstuff.codec.SmallVectors#all")
  void rootAndIdFollowFromTheHashes(SmallVectors.Encoding v) {
    VerifiedMetadata fromArray = VerifiedMetadata.ofHashes(v.parameters(), v.length(), v.hashes());
    assertArrayEquals(v.root(), fromArray.rootHash());
    assertEquals(BlobId.of(v.blobId()), fromArray.blobId());
    byte[][] pairs = new byte[v.n()][];
    for (int p = 0; p < v.n(); p++) {
      pairs[p] = Arrays.copyOfRange(v.hashes(), 64 * p, 64 * p + 64);
    }
    assertArrayEquals(v.root(), NaiveMerkle.root(pairs));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment offHeap = arena.allocate(v.hashes().length);
      offHeap.copyFrom(MemorySegment.ofArray(v.hashes()));
      for (Engine engine : EnginesUnderTest.all()) {
        LeafHasher hasher = new LeafHasher(engine, arena);
        assertEquals(
            fromArray,
            VerifiedMetadata.ofHashes(v.parameters(), v.length(), offHeap, hasher),
            engine::name);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.redstuff.codec.SmallVectors#all")
  void hashesOfSlivers(SmallVectors.Encoding v) {
    VerifiedMetadata metadata = VerifiedMetadata.ofHashes(v.parameters(), v.length(), v.hashes());
    byte[][] hashes = split(v.hashes());
    for (int p = 0; p < v.n(); p++) {
      SliverPairIndex pair = SliverPairIndex.of(p);
      SliverId secondary = SliverId.secondary(v.n() - 1 - p);
      assertEquals(new SliverPairHashes(hashes[2 * p], hashes[2 * p + 1]), metadata.hashes(pair));
      assertArrayEquals(hashes[2 * p], metadata.sliverHash(SliverId.primary(p)));
      assertArrayEquals(hashes[2 * p + 1], metadata.sliverHash(secondary));
      MemorySegment all = MemorySegment.ofArray(v.hashes());
      assertTrue(metadata.matches(SliverId.primary(p), all, 64L * p));
      assertTrue(metadata.matches(secondary, all, 64L * p + 32));
      for (int other = 0; other < 2 * v.n(); other++) {
        assertEquals(other == 2 * p, metadata.matches(SliverId.primary(p), all, 32L * other));
        assertEquals(other == 2 * p + 1, metadata.matches(secondary, all, 32L * other));
      }
    }
    byte[] digest = hashes[0].clone();
    digest[31] ^= 1;
    assertTrue(!metadata.matches(SliverId.primary(0), MemorySegment.ofArray(digest), 0));
    for (Runnable r :
        new Runnable[] {
          () -> metadata.hashes(SliverPairIndex.of(v.n())),
          () -> metadata.sliverHash(SliverId.primary(v.n())),
          () -> metadata.sliverHash(SliverId.secondary(v.n())),
          () -> metadata.matches(SliverId.primary(0), MemorySegment.ofArray(digest), 1),
          () -> metadata.matches(SliverId.primary(0), MemorySegment.ofArray(digest), -1)
        }) {
      assertThrows(IndexOutOfBoundsException.class, r::run);
    }
  }

  @Test
  void arraysAreCopied() throws Exception {
    byte[] hashes = FOUR.hashes().clone();
    VerifiedMetadata metadata = VerifiedMetadata.ofHashes(FOUR.parameters(), FOUR.length(), hashes);
    hashes[0] ^= 1;
    metadata.rootHash()[0] ^= 1;
    metadata.sliverHash(SliverId.primary(0))[0] ^= 1;
    metadata.hashes(SliverPairIndex.of(0)).primary()[0] ^= 1;
    metadata.hashes(SliverPairIndex.of(0)).secondary()[0] ^= 1;
    metadata.toBcs()[50] ^= 1;
    assertArrayEquals(bcs(FOUR), metadata.toBcs());
    assertArrayEquals(FOUR.root(), metadata.rootHash());

    byte[] wire = bcs(FOUR);
    BlobMetadata parsed = BlobMetadata.parse(wire);
    wire[60] ^= 1;
    parsed.toBcs()[60] ^= 1;
    parsed.toBcsWithoutId()[60] ^= 1;
    assertEquals(metadata, parsed.verify(FOUR.parameters()));

    byte[] hash = new byte[32];
    SliverPairHashes pair = new SliverPairHashes(hash, hash);
    hash[0] = 1;
    assertEquals(new SliverPairHashes(new byte[32], new byte[32]), pair);
    assertEquals(new SliverPairHashes(new byte[32], new byte[32]).hashCode(), pair.hashCode());
    assertNotEquals(new SliverPairHashes(hash, new byte[32]), pair);
    assertNotEquals(new SliverPairHashes(new byte[32], hash), pair);
    String zeros = "00".repeat(32);
    assertEquals("primary " + zeros + ", secondary " + zeros, pair.toString());
    assertThrows(
        IllegalArgumentException.class, () -> new SliverPairHashes(new byte[31], new byte[32]));
    assertThrows(
        IllegalArgumentException.class, () -> new SliverPairHashes(new byte[32], new byte[33]));
  }

  @ParameterizedTest
  @MethodSource("io.redstuff.codec.SmallVectors#all")
  void damagedEncodings(SmallVectors.Encoding v) throws MalformedDataException {
    int refused = Refusals.check(bcs(v), bytes -> BlobMetadata.parse(bytes).toBcs());
    // Version, type, top of the length, count, and the variant of each hash.
    assertTrue(refused >= 8 + 8 + 1 + 8 + 8 * 2 * v.n(), "refused " + refused);
    BlobId id = BlobId.of(v.blobId());
    Refusals.check(
        Arrays.copyOfRange(bcs(v), 32, bcs(v).length),
        bytes -> BlobMetadata.parseWithoutId(id, bytes).toBcsWithoutId());
  }

  @Test
  void noFlippedBitIsVerified() throws Exception {
    byte[] wire = bcs(FOUR);
    BlobId id = BlobId.of(FOUR.blobId());
    for (int bit = 0; bit < 8 * wire.length; bit++) {
      byte[] flipped = wire.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      BlobMetadata parsed;
      try {
        parsed = BlobMetadata.parse(flipped);
      } catch (MalformedDataException e) {
        continue;
      }
      assertThrows(VerificationException.class, () -> parsed.verify(FOUR.parameters()));
      assertThrows(VerificationException.class, () -> parsed.verify(FOUR.parameters(), id));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "01 01 0c00000000000000 00, 32, 'metadata version: got variant 1, expected 0 to 0'",
    "8000 01 0c00000000000000 00, 32, 'metadata version: got 0 in 2 bytes, expected the shortest'",
    "00 00 0c00000000000000 00, 33, 'encoding type: got variant 0, expected 1'",
    "00 02 0c00000000000000 00, 33, 'encoding type: got variant 2, expected 0 to 1'",
    "00 01 0000000000000080 00, 34, 'blob length: got 9223372036854775808, expected at most 92233'",
    "00 01 ffffffffffffffff 00, 34, 'blob length: got 18446744073709551615, expected at most'",
    "00 01 0c000000000000, 34, 'blob length: got 7 bytes, expected 8'",
    "00 01 0c00000000000000, 42, 'sliver pair hashes length: got 0 bytes, expected 1'",
    "00 01 0c00000000000000 8000, 42, 'sliver pair hashes length: got 0 in 2 bytes, expected the'",
    "00 01 0c00000000000000 01 00, 42, 'sliver pair hashes: got a length of 1, expected at most 0'",
    "00 01 0c00000000000000 ffffffff0f, 42, 'sliver pair hashes: got a length of 4294967295'",
    "00 01 0c00000000000000 01 00 02, 44, 'secondary hash: got variant 2, expected 0 to 1'",
    "00 01 0c00000000000000 01 03 00, 43, 'primary hash: got variant 3, expected 0 to 1'",
    "00 01 0c00000000000000 01 00 01aa, 45, 'secondary hash: got 1 bytes, expected 32'",
    "00 01 0c00000000000000 01 00 00 00, 45, 'blob metadata: got 1 trailing bytes, expected none'"
  })
  void refusesEncodings(String hex, long offset, String message) {
    byte[] bytes = HexFormat.of().parseHex("00".repeat(32) + hex.replace(" ", ""));
    MalformedDataException e =
        assertThrows(MalformedDataException.class, () -> BlobMetadata.parse(bytes));
    assertTrue(e.getMessage().startsWith("at byte " + offset + ": " + message), e.getMessage());
    MalformedDataException withoutId =
        assertThrows(
            MalformedDataException.class,
            () ->
                BlobMetadata.parseWithoutId(
                    BlobId.of(new byte[32]), Arrays.copyOfRange(bytes, 32, bytes.length)));
    assertEquals(offset - 32, withoutId.byteOffset());
  }

  @Test
  void refusesAnIdThatIsCutOff() {
    MalformedDataException e =
        assertThrows(MalformedDataException.class, () -> BlobMetadata.parse(new byte[5]));
    assertEquals("at byte 0: blob id: got 5 bytes, expected 32", e.getMessage());
  }

  @Test
  void refusesMoreThanTheLargestEncoding() throws Throwable {
    byte[][] none = new byte[2 * 49156][];
    byte[] tooMany = bcs(new byte[32], 0, none);
    MalformedDataException e =
        assertThrows(MalformedDataException.class, () -> BlobMetadata.parse(tooMany));
    assertEquals(
        "at byte 42: sliver pair hashes: got 49156, expected at most 49155", e.getMessage());
    int longest = 32 + 2 + 8 + 3 + 66 * 49155;
    MemorySegment huge = MemorySegment.ofArray(new byte[longest + 1]);
    long allocated =
        Allocation.bytes(
            () -> assertThrows(MalformedDataException.class, () -> BlobMetadata.parse(huge)));
    assertTrue(allocated < 16_384, "allocated " + allocated);
  }

  @Test
  void parsingTakesASmallMultipleOfTheInput() throws Throwable {
    int n = 49155;
    byte[][] full = new byte[2 * n][32];
    byte[][] empty = new byte[2 * n][];
    for (byte[][] hashes : new byte[][][] {full, empty}) {
      byte[] wire = bcs(new byte[32], 5, hashes);
      // Once compiled, the views made while reading are gone.
      for (int i = 0; i < 30; i++) {
        BlobMetadata.parse(wire);
      }
      BlobMetadata parsed = BlobMetadata.parse(wire);
      assertArrayEquals(wire, parsed.toBcs());
      assertEquals(n, parsed.shards());
      long allocated = Allocation.bytes(() -> BlobMetadata.parse(wire));
      assertTrue(allocated < 4L * wire.length, "allocated " + allocated + " for " + wire.length);
    }
    BlobMetadata parsed = BlobMetadata.parse(bcs(new byte[32], 5, full));
    VerificationException e = refused(parsed, EncodingParameters.forShards(n));
    assertEquals(Reason.BLOB_ID_MISMATCH, e.reason());
  }

  /** FOUR with another id, in which the hashes whose bit is set are 32 zero bytes. */
  private static VerifiedMetadata zeroed(int bits) {
    byte[] hashes = FOUR.hashes().clone();
    for (int i = 0; i < 8; i++) {
      if ((bits >> i & 1) != 0) {
        Arrays.fill(hashes, 32 * i, 32 * i + 32, (byte) 0);
      }
    }
    return VerifiedMetadata.ofHashes(FOUR.parameters(), FOUR.length(), hashes);
  }

  /** An empty node and a digest of zeros give one id, and are kept apart in all else. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 16, 128, 0b1010_0101, 255})
  void anEmptyHashIsNoHash(int bits) throws Exception {
    VerifiedMetadata zeros = zeroed(bits);
    byte[][] hashes = split(FOUR.hashes());
    for (int i = 0; i < 8; i++) {
      hashes[i] = (bits >> i & 1) == 0 ? hashes[i] : null;
    }
    byte[] wire = bcs(zeros.blobId().toBytes(), FOUR.length(), hashes);
    VerifiedMetadata empty = BlobMetadata.parse(wire).verify(FOUR.parameters(), zeros.blobId());
    assertArrayEquals(wire, empty.toBcs());
    assertArrayEquals(Arrays.copyOfRange(wire, 32, wire.length), empty.toBcsWithoutId());
    assertEquals(zeros.blobId(), empty.blobId());
    assertArrayEquals(zeros.rootHash(), empty.rootHash());
    assertNotEquals(zeros, empty);
    assertEquals(empty, BlobMetadata.parse(wire).verify(FOUR.parameters()));
    MemorySegment noBytes = MemorySegment.ofArray(new byte[32]);
    for (int i = 0; i < 8; i++) {
      boolean isEmpty = hashes[i] == null;
      int pair = i / 2;
      SliverId id = i % 2 == 0 ? SliverId.primary(pair) : SliverId.secondary(3 - pair);
      byte[] expected = isEmpty ? new byte[0] : hashes[i];
      assertArrayEquals(expected, empty.sliverHash(id));
      SliverPairHashes both = empty.hashes(SliverPairIndex.of(pair));
      assertArrayEquals(expected, i % 2 == 0 ? both.primary() : both.secondary());
      assertEquals(!isEmpty, empty.matches(id, MemorySegment.ofArray(FOUR.hashes()), 32L * i));
      assertFalse(empty.matches(id, noBytes, 0));
      assertEquals(isEmpty, zeros.matches(id, noBytes, 0));
    }
    VerifiedMetadata longer = empty.withBlobLength(18);
    assertEquals(zeros.withBlobLength(18).blobId(), longer.blobId());
    assertNotEquals(empty.blobId(), longer.blobId());
    assertArrayEquals(
        bcs(longer.blobId().toBytes(), 18, hashes), longer.toBcs(), "the same hashes");
    assertThrows(IllegalArgumentException.class, () -> empty.withBlobLength(-1));
  }

  @Test
  void aDigestOfZerosIsNotAnEmptyNode() throws Exception {
    VerifiedMetadata metadata = zeroed(255);
    byte[] wire = bcs(metadata.blobId().toBytes(), FOUR.length(), new byte[8][32]);
    assertArrayEquals(wire, metadata.toBcs());
    assertEquals(metadata, BlobMetadata.parse(metadata.toBcs()).verify(FOUR.parameters()));
  }

  @Test
  void anEmptyHashHasToBelongToTheId() throws Exception {
    byte[][] hashes = split(FOUR.hashes());
    hashes[3] = null;
    BlobMetadata parsed = BlobMetadata.parse(bcs(FOUR.blobId(), FOUR.length(), hashes));
    assertEquals(Reason.BLOB_ID_MISMATCH, refused(parsed, FOUR.parameters()).reason());
  }

  @Test
  void anotherNumberOfShards() throws Exception {
    BlobMetadata parsed = BlobMetadata.parse(bcs(FOUR));
    VerificationException e = refused(parsed, EncodingParameters.forShards(5));
    assertEquals(Reason.WRONG_SHARD_COUNT, e.reason());
    assertEquals("shards: got 4, expected 5", e.getMessage());
    BlobMetadata none = BlobMetadata.parse(bcs(new byte[32], 0));
    assertEquals(0, none.shards());
    assertEquals(Reason.WRONG_SHARD_COUNT, refused(none, FOUR.parameters()).reason());
  }

  @Test
  void blobsThatAreTooLong() throws Exception {
    for (long length : new long[] {393205, Long.MAX_VALUE}) {
      byte[][] hashes = split(FOUR.hashes());
      // Checked before the hashes.
      hashes[0] = null;
      VerificationException e =
          refused(BlobMetadata.parse(bcs(FOUR.blobId(), length, hashes)), FOUR.parameters());
      assertEquals(Reason.BLOB_TOO_LARGE, e.reason());
      assertEquals(
          "blob length: got " + length + ", expected at most 393204 with 4 shards", e.getMessage());
    }
    BlobMetadata longest = BlobMetadata.parse(bcs(FOUR.blobId(), 393204, split(FOUR.hashes())));
    assertEquals(Reason.BLOB_ID_MISMATCH, refused(longest, FOUR.parameters()).reason());
  }

  @Test
  void otherBlobIds() throws Exception {
    BlobMetadata parsed = BlobMetadata.parse(bcs(FOUR));
    BlobId right = BlobId.of(FOUR.blobId());
    BlobId other = BlobId.of(new byte[32]);
    VerificationException e =
        assertThrows(VerificationException.class, () -> parsed.verify(FOUR.parameters(), other));
    assertEquals(Reason.BLOB_ID_MISMATCH, e.reason());
    assertEquals("claimed blob id: got " + right + ", expected " + other, e.getMessage());

    BlobMetadata claimsOther = BlobMetadata.parseWithoutId(other, parsed.toBcsWithoutId());
    VerificationException own = refused(claimsOther, FOUR.parameters());
    assertEquals(Reason.BLOB_ID_MISMATCH, own.reason());
    assertEquals("computed blob id: got " + right + ", expected " + other, own.getMessage());
    VerificationException claimed =
        assertThrows(
            VerificationException.class, () -> claimsOther.verify(FOUR.parameters(), right));
    assertEquals("claimed blob id: got " + other + ", expected " + right, claimed.getMessage());
    assertThrows(NullPointerException.class, () -> parsed.verify(FOUR.parameters(), null));
  }

  @Test
  void refusesHashesOfAnotherLength() {
    for (int length : new int[] {0, 255, 257, 320}) {
      assertEquals(
          "hashes: got " + length + " bytes, expected 256 for 4 shards",
          assertThrows(
                  IllegalArgumentException.class,
                  () -> VerifiedMetadata.ofHashes(FOUR.parameters(), 0, new byte[length]))
              .getMessage());
    }
    for (long length : new long[] {-1, 393205}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> VerifiedMetadata.ofHashes(FOUR.parameters(), length, new byte[256]));
    }
  }

  @Property(tries = 200)
  void roundTrip(
      @ForAll @IntRange(min = 4, max = 300) int n,
      @ForAll @LongRange(min = 0, max = 393204) long length,
      @ForAll byte filler)
      throws Exception {
    byte[] hashes = new byte[64 * n];
    for (int i = 0; i < hashes.length; i++) {
      hashes[i] = (byte) (filler + i * 7 + (i >> 5));
    }
    EncodingParameters p = EncodingParameters.forShards(n);
    VerifiedMetadata metadata = VerifiedMetadata.ofHashes(p, length, hashes);
    assertArrayEquals(bcs(metadata.blobId().toBytes(), length, split(hashes)), metadata.toBcs());
    VerifiedMetadata again = BlobMetadata.parse(metadata.toBcs()).verify(p, metadata.blobId());
    assertEquals(metadata, again);
    assertEquals(metadata.hashCode(), again.hashCode());
  }

  @Test
  void text() throws Exception {
    BlobMetadata parsed = BlobMetadata.parse(bcs(FOUR));
    BlobId id = BlobId.of(FOUR.blobId());
    assertEquals("unverified metadata of " + id + " (12 bytes, 4 shards)", parsed.toString());
    assertEquals(
        "metadata of " + id + " (12 bytes, 4 shards)", parsed.verify(FOUR.parameters()).toString());
    assertEquals(
        BigInteger.valueOf(66 * 4 + 11), BigInteger.valueOf(parsed.toBcsWithoutId().length));
  }

  @Test
  void sliverPairHashesRoundTrip() throws MalformedDataException {
    byte[] hash = new byte[32];
    Arrays.fill(hash, (byte) 7);
    byte[] none = {};
    byte[][][] pairs = {{hash, new byte[32]}, {none, hash}, {hash, none}, {none, none}};
    int[] lengths = {66, 34, 34, 2};
    assertNotEquals(new SliverPairHashes(none, hash), new SliverPairHashes(new byte[32], hash));
    assertNotEquals(Nodes.ofDigests(hash), (Object) hash);
    for (int i = 0; i < pairs.length; i++) {
      SliverPairHashes pair = new SliverPairHashes(pairs[i][0], pairs[i][1]);
      byte[] bcs = pair.toBcs();
      assertEquals(lengths[i], bcs.length);
      assertEquals(pair, SliverPairHashes.parse(bcs));
      assertArrayEquals(bcs, SliverPairHashes.parse(bcs).toBcs());
      byte[] longer = Arrays.copyOf(bcs, bcs.length + 1);
      assertThrows(MalformedDataException.class, () -> SliverPairHashes.parse(longer));
      byte[] shorter = Arrays.copyOf(bcs, bcs.length - 1);
      assertThrows(MalformedDataException.class, () -> SliverPairHashes.parse(shorter));
      bcs[0] = 2;
      assertThrows(MalformedDataException.class, () -> SliverPairHashes.parse(bcs));
    }
  }

  @Test
  void claimsAreComparedWhole() throws Exception {
    BlobId id = BlobId.of(FOUR.blobId());
    BlobMetadata parsed = BlobMetadata.parse(bcs(FOUR));
    byte[] other = parsed.toBcsWithoutId();
    other[other.length - 1] ^= 1;
    assertNotEquals(parsed, BlobMetadata.parseWithoutId(id, other));
    BlobId otherId = BlobId.of(new byte[32]);
    assertNotEquals(parsed, BlobMetadata.parseWithoutId(otherId, parsed.toBcsWithoutId()));
    assertNotEquals((Object) parsed, parsed.verify(FOUR.parameters()));
  }
}
