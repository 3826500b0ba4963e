package io.redstuff.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.ObjectId;
import io.redstuff.ShardIndex;
import io.redstuff.SuiAddress;
import io.redstuff.U256;
import io.redstuff.codec.Refusals;
import io.redstuff.error.MalformedDataException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Any messages, and what is refused. */
class MessageTest {
  private static final BlobConfirmation CONFIRMATION =
      new BlobConfirmation(21, BlobId.of(new byte[32]), BlobPersistence.PERMANENT);
  private static final SignatureBytes SIGNATURE = SignatureBytes.of(filled(96, 0x87));

  private static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Makes a message of a kind, of numbers that are drawn. */
  private static ProtocolMessage message(IntentType type, Random random) {
    long epoch = Integer.toUnsignedLong(random.nextInt());
    BlobId blobId = BlobId.of(bytes(random, 32));
    ObjectId objectId = ObjectId.of(bytes(random, 32));
    return switch (type) {
      case PROOF_OF_POSSESSION ->
          new ProofOfPossession(
              epoch, SuiAddress.of(bytes(random, 32)), PublicKeyBytes.of(bytes(random, 48)));
      case BLOB_CONFIRMATION ->
          new BlobConfirmation(
              epoch,
              blobId,
              random.nextBoolean()
                  ? BlobPersistence.PERMANENT
                  : BlobPersistence.deletable(objectId));
      case INVALID_BLOB_ID -> new InvalidBlobId(epoch, blobId);
      case SYNC_SHARD ->
          new SyncShardRequest(
              epoch,
              ShardIndex.of(random.nextInt(65536)),
              random.nextBoolean() ? Axis.PRIMARY : Axis.SECONDARY,
              blobId,
              random.nextLong(),
              Integer.toUnsignedLong(random.nextInt()));
      case DENY_LIST_UPDATE ->
          new DenyListUpdate(
              epoch, objectId, random.nextLong(), random.nextLong(), U256.of(bytes(random, 32)));
      case DENY_LIST_BLOB_DELETED -> new DenyListBlobDeleted(epoch, blobId);
      case PROTOCOL_VERSION ->
          new ProtocolVersion(epoch, Integer.toUnsignedLong(random.nextInt()), random.nextLong());
    };
  }

  @Provide
  Arbitrary<ProtocolMessage> messages() {
    return Arbitraries.randomValue(
        random -> message(IntentType.ofNumber(random.nextInt(IntentType.count())), random));
  }

  @Property
  void messagesRoundTrip(@ForAll("messages") ProtocolMessage message)
      throws MalformedDataException {
    byte[] bcs = message.toBcs();
    ProtocolMessage read = ProtocolMessage.parse(bcs);
    assertEquals(message, read);
    assertEquals(message.hashCode(), read.hashCode());
    assertArrayEquals(bcs, read.toBcs());
    SignedMessage<ProtocolMessage> signed = new SignedMessage<>(message, SIGNATURE);
    assertEquals(signed, SignedMessage.parse(signed.toBcs()));
  }

  @Property(tries = 30)
  void everyTruncationAndTrailingByteIsRefused(@ForAll("messages") ProtocolMessage message)
      throws MalformedDataException {
    Refusals.check(message.toBcs(), bytes -> ProtocolMessage.parse(bytes).toBcs());
    Refusals.check(
        new SignedMessage<>(message, SIGNATURE).toBcs(),
        bytes -> SignedMessage.parse(bytes).toBcs());
    Certificate<ProtocolMessage> certificate =
        new Certificate<>(List.of(3, 65535, 0), message, SIGNATURE);
    for (CertificateForm form : CertificateForm.values()) {
      byte[] bcs = certificate.toBcs(form);
      Refusals.check(bcs, bytes -> Certificate.parse(bytes).toBcs(form));
      Refusals.check(
          bcs, bytes -> Certificate.parse(ProtocolMessage.class, form, bytes).toBcs(form));
    }
  }

  private static MalformedDataException assertMalformed(int length, Executable read) {
    MalformedDataException e = assertThrows(MalformedDataException.class, read);
    assertTrue(e.byteOffset() >= 0 && e.byteOffset() <= length, e.getMessage());
    return e;
  }

  @ParameterizedTest
  @CsvSource({
    "07, 0, 'intent type: got 7, expected 0 to 6'",
    "ff, 0, 'intent type: got 255, expected 0 to 6'",
    "0201, 1, 'intent version: got 1, expected 0'",
    "020002, 2, 'app id: got 2, expected 3'",
    "02000315, 3, 'epoch: got 1 bytes, expected 4'",
    "01000300000000000000000000000000000000000000000000000000000000000000000000000002, 39,"
        + " 'persistence: got variant 2, expected 0 to 1'",
    "0300030000000001, 7, 'sync shard request: got variant 1, expected 0 to 0'",
    "03000300000000000000 02, 10, 'axis: got variant 2, expected 0 to 1'"
  })
  void refusesWhatIsUnknown(String hex, long offset, String message) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    MalformedDataException e = assertMalformed(bytes.length, () -> ProtocolMessage.parse(bytes));
    assertEquals("at byte " + offset + ": " + message, e.getMessage());
  }

  @ParameterizedTest
  @EnumSource
  void anotherKindIsRefused(IntentType type) throws MalformedDataException {
    byte[] bcs = message(type, new Random(3)).toBcs();
    assertInstanceOf(type.message(), ProtocolMessage.parse(bcs));
    for (IntentType other : IntentType.values()) {
      if (other != type) {
        MalformedDataException e =
            assertMalformed(bcs.length, () -> ProtocolMessage.parse(other.message(), bcs));
        assertEquals(
            "at byte 0: message: got a %s, expected a %s"
                .formatted(type.message().getSimpleName(), other.message().getSimpleName()),
            e.getMessage());
      }
    }
  }

  @Test
  void faultsInsideAreNamedByWhereTheyAre() {
    byte[] signed = new SignedMessage<>(CONFIRMATION, SIGNATURE).toBcs();
    signed[2] = 1; // the version, behind the length
    MalformedDataException e =
        assertMalformed(signed.length, () -> SignedMessage.parse(BlobConfirmation.class, signed));
    assertEquals("at byte 2: intent version: got 1, expected 0", e.getMessage());
    byte[] certificate =
        new Certificate<>(List.of(1, 2), CONFIRMATION, SIGNATURE).toBcs(CertificateForm.RUST);
    e =
        assertMalformed(
            certificate.length, () -> Certificate.parse(InvalidBlobId.class, certificate));
    assertEquals(
        "at byte 6: message: got a BlobConfirmation, expected a InvalidBlobId", e.getMessage());
  }

  @Test
  void bytesBehindTheMessageWithinItsLengthAreRefused() {
    byte[] signed = new SignedMessage<>(CONFIRMATION, SIGNATURE).toBcs();
    byte[] longer = new byte[signed.length + 1];
    System.arraycopy(signed, 0, longer, 0, 41);
    System.arraycopy(signed, 41, longer, 42, signed.length - 41);
    longer[0]++;
    MalformedDataException e = assertMalformed(longer.length, () -> SignedMessage.parse(longer));
    assertEquals("at byte 41: message: got 1 trailing bytes, expected none", e.getMessage());
  }

  @Test
  void eachFormIsRefusedAsTheOther() {
    Certificate<BlobConfirmation> certificate =
        new Certificate<>(List.of(), CONFIRMATION, SIGNATURE);
    byte[] rust = certificate.toBcs(CertificateForm.RUST);
    byte[] typescript = certificate.toBcs(CertificateForm.TYPESCRIPT);
    assertMalformed(
        typescript.length,
        () -> Certificate.parse(ProtocolMessage.class, CertificateForm.RUST, typescript));
    MalformedDataException e =
        assertMalformed(
            rust.length,
            () -> Certificate.parse(ProtocolMessage.class, CertificateForm.TYPESCRIPT, rust));
    assertEquals(42, e.byteOffset(), e.getMessage());
    typescript[42]--;
    e =
        assertMalformed(
            typescript.length,
            () -> Certificate.parse(ProtocolMessage.class, CertificateForm.TYPESCRIPT, typescript));
    assertEquals("at byte 42: signature: got 95 bytes, expected 96", e.getMessage());
  }

  @Test
  void signersMustFit16Bits() {
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> new Certificate<>(List.of(65536), CONFIRMATION, SIGNATURE));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> new Certificate<>(List.of(-1), CONFIRMATION, SIGNATURE));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0x100000000L})
  void epochsMustFit32Bits(long epoch) {
    BlobId blobId = BlobId.of(new byte[32]);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> new InvalidBlobId(epoch, blobId));
    assertEquals("epoch: got " + epoch + ", expected 0 to 4294967295", e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> new ProtocolVersion(0, epoch, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> new SyncShardRequest(0, ShardIndex.of(0), Axis.PRIMARY, blobId, 1, epoch));
  }

  @Test
  void kindsHaveTheirNumbers() {
    for (IntentType type : IntentType.values()) {
      assertEquals(type, IntentType.ofNumber(type.number()));
    }
    assertThrows(IndexOutOfBoundsException.class, () -> IntentType.ofNumber(7));
    assertThrows(IndexOutOfBoundsException.class, () -> IntentType.ofNumber(-1));
  }
}
