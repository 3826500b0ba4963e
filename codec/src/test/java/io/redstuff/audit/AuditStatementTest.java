package io.redstuff.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.ObjectId;
import io.redstuff.ShardIndex;
import io.redstuff.codec.PlainBlake2b;
import io.redstuff.codec.Refusals;
import io.redstuff.error.MalformedDataException;
import io.redstuff.message.ProtocolMessage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The bytes of statements and of their parts, and what is none. */
class AuditStatementTest {
  private static final EncodingParameters TEN = EncodingParameters.forShards(10);
  private static final ObjectId NODE = ObjectId.of(filled(32, 3));
  private static final List<ShardIndex> SHARDS = List.of(ShardIndex.of(2), ShardIndex.of(9));
  private static final List<BlobId> BLOBS =
      List.of(BlobId.of(filled(32, 4)), BlobId.of(filled(32, 5)));
  private static final Beacon.Drand DRAND =
      new Beacon.Drand(AuditHash.of(filled(32, 6)), 1000, DrandSignature.of(filled(48, 7)));
  private static final AuditRandomness RANDOMNESS =
      new AuditRandomness(999, DRAND, AuditHash.of(filled(32, 8)));

  private static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static AuditStatement statement(AuditRandomness randomness) {
    return new AuditStatement(
        TEN, 77, NODE, SHARDS, BLOBS, 402, AuditAxes.BOTH, AuditMode.SEQUENTIAL, randomness);
  }

  /** The layout, written down once more. */
  private static byte[] written(boolean withBeacon) {
    ByteBuffer out = ByteBuffer.allocate(400).order(ByteOrder.LITTLE_ENDIAN);
    out.put("redstuff audit statement".getBytes(US_ASCII)).put(new byte[7]).put((byte) 1);
    out.putShort((short) 10).putInt(77).put(filled(32, 3));
    out.put((byte) 2).putShort((short) 2).putShort((short) 9);
    out.put((byte) 2).put(filled(32, 4)).put(filled(32, 5));
    out.putInt(402).put((byte) 2).put((byte) 1);
    if (withBeacon) {
      out.putLong(999).put((byte) 1).put(filled(32, 6)).putLong(1000).put(filled(48, 7));
    } else {
      out.putLong(0).put((byte) 0);
    }
    out.put(filled(32, 8));
    return Arrays.copyOf(out.array(), out.position());
  }

  @Test
  void isWrittenAsItIsWrittenDown() throws MalformedDataException {
    AuditStatement drand = statement(RANDOMNESS);
    AuditStatement plain = statement(AuditRandomness.ofNonce(AuditHash.of(filled(32, 8))));
    assertArrayEquals(written(true), drand.toBcs());
    assertArrayEquals(written(false), plain.toBcs());
    assertEquals(drand, AuditStatement.parse(written(true)));
    assertEquals(plain, AuditStatement.parse(written(false)));
    assertEquals(8, drand.slivers());
    byte[] tag = Arrays.copyOf("redstuff audit seed".getBytes(US_ASCII), 32);
    tag[31] = 1;
    assertArrayEquals(PlainBlake2b.hash(tag, written(true)), drand.seed().toBytes());
    assertNotEquals(drand.seed(), plain.seed());
    Refusals.check(written(true), bytes -> AuditStatement.parse(bytes).toBcs());
    Refusals.check(written(false), bytes -> AuditStatement.parse(bytes).toBcs());
  }

  private static void malformed(String why, int at, int... bytes) {
    byte[] changed = written(true);
    for (int i = 0; i < bytes.length; i++) {
      changed[at + i] = (byte) bytes[i];
    }
    MalformedDataException e =
        assertThrows(MalformedDataException.class, () -> AuditStatement.parse(changed));
    assertTrue(e.getMessage().contains(why), e.getMessage());
  }

  @Test
  void refusesWhatIsNoStatement() {
    malformed("audit statement tag: got", 16, 'S');
    malformed("audit statement: got version 2, expected 1", 31, 2);
    malformed("at byte 32: shards: got 3, expected 4 to 49155", 32, 3);
    malformed("shard: got 10, expected less than 10", 73, 10);
    malformed("shards: got 9 after 9, expected ascending order, each once", 71, 9);
    malformed("blobs: got ", 76, 6);
    malformed("challenges: got 1048577, expected less than 1048577", 140, 1, 0, 16, 0);
    malformed("challenges: got 0, expected 1 to 1048576", 140, 0, 0);
    malformed("axes: got variant 3, expected 0 to 2", 144, 3);
    malformed("mode: got variant 2, expected 0 to 1", 145, 2);
    malformed("at byte 146: beacon round: got 1000, expected at least 1001", 146, 0xe9, 3);
    malformed("earliest beacon round: got 0, expected 1 to 1000", 146, 0, 0);
    malformed("beacon: got variant 2", 154, 2);
    malformed("at byte 187: beacon round: got 0, expected at least 1", 187, 0, 0);
  }

  private static void illegal(String why, Executable what) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, what);
    assertEquals(why, e.getMessage());
  }

  @Test
  void refusesWhatCannotBeAudited() {
    illegal(
        "shards: got none, expected at least 1",
        () ->
            new AuditStatement(
                TEN, 0, NODE, List.of(), BLOBS, 1, AuditAxes.BOTH, AuditMode.PARALLEL, RANDOMNESS));
    illegal(
        "blobs: got none, expected at least 1",
        () ->
            new AuditStatement(
                TEN,
                0,
                NODE,
                SHARDS,
                List.of(),
                1,
                AuditAxes.BOTH,
                AuditMode.PARALLEL,
                RANDOMNESS));
    illegal(
        "challenges: got 1048577, expected 1 to 1048576",
        () ->
            new AuditStatement(
                TEN,
                0,
                NODE,
                SHARDS,
                BLOBS,
                1 + AuditStatement.MAX_CHALLENGES,
                AuditAxes.BOTH,
                AuditMode.PARALLEL,
                RANDOMNESS));
    illegal(
        "epoch: got 4294967296, expected 0 to 4294967295",
        () ->
            new AuditStatement(
                TEN,
                1L << 32,
                NODE,
                SHARDS,
                BLOBS,
                1,
                AuditAxes.BOTH,
                AuditMode.PARALLEL,
                RANDOMNESS));
  }

  @Test
  void refusesABeaconThatIsOlderThanTheList() {
    AuditHash nonce = AuditHash.of(filled(32, 8));
    illegal(
        "beacon round: got 1000, expected at least 1001",
        () -> new AuditRandomness(1001, DRAND, nonce));
    illegal(
        "earliest beacon round: got 0, expected 1 to 1000",
        () -> new AuditRandomness(0, DRAND, nonce));
    illegal(
        "beacon round: got 0, expected at least 1",
        () -> new AuditRandomness(1, new Beacon.None(), nonce));
    illegal(
        "earliest beacon round: got -1, expected 0 to 0",
        () -> new AuditRandomness(-1, new Beacon.None(), nonce));
    illegal(
        "beacon round: got 0, expected at least 1",
        () -> new Beacon.Drand(nonce, 0, DRAND.signature()));
    assertEquals(1000, new AuditRandomness(1000, DRAND, nonce).earliestRound());
    assertEquals(0, AuditRandomness.ofNonce(nonce).beacon().roundOrZero());
  }

  @Test
  void textFormsOfHashesAreExact() throws MalformedDataException {
    String hash = "0x" + HexFormat.of().formatHex(filled(32, 0xab));
    String signature = "0x" + HexFormat.of().formatHex(filled(48, 0xab));
    assertEquals(hash, AuditHash.parse(hash).toString());
    assertEquals(signature, DrandSignature.parse(signature).toString());
    assertThrows(MalformedDataException.class, () -> AuditHash.parse(signature));
    assertThrows(MalformedDataException.class, () -> DrandSignature.parse(hash));
    assertThrows(IllegalArgumentException.class, () -> AuditHash.of(new byte[31]));
    assertThrows(IllegalArgumentException.class, () -> DrandSignature.of(new byte[32]));
  }

  @Test
  void challengesHaveBytes() throws MalformedDataException {
    AuditChallenge challenge =
        new AuditChallenge(258, BLOBS.getFirst(), ShardIndex.of(9), Axis.SECONDARY, 4);
    byte[] bcs = challenge.toBcs();
    assertEquals(41, bcs.length);
    assertEquals("02010000", HexFormat.of().formatHex(bcs, 0, 4));
    assertEquals("0900" + "01" + "0400", HexFormat.of().formatHex(bcs, 36, 41));
    assertEquals(challenge, AuditChallenge.parse(bcs));
    Refusals.check(bcs, bytes -> AuditChallenge.parse(bytes).toBcs());
    bcs[2] = 16;
    assertThrows(MalformedDataException.class, () -> AuditChallenge.parse(bcs));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> new AuditChallenge(-1, BLOBS.getFirst(), ShardIndex.of(9), Axis.SECONDARY, 4));
    assertEquals(
        "challenge 258: symbol 4 of the secondary sliver of shard 9 of blob " + BLOBS.getFirst(),
        challenge.toString());
  }

  /** No bytes of an audit that are hashed, signed or kept are a message of the network. */
  @Test
  void tagsAreNoMessages() {
    for (AuditTag tag : AuditTag.values()) {
      byte[] bytes = Arrays.copyOf(tag.bytes(), 200);
      MalformedDataException e =
          assertThrows(MalformedDataException.class, () -> ProtocolMessage.parse(bytes));
      assertTrue(e.getMessage().contains("intent type: got 114"), e.getMessage());
    }
    assertEquals(
        AuditTag.values().length,
        Arrays.stream(AuditTag.values())
            .map(tag -> HexFormat.of().formatHex(tag.bytes()))
            .distinct()
            .count());
  }
}
