package io.redstuff.chain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.redstuff.BlobId;
import io.redstuff.ObjectId;
import io.redstuff.U256;
import io.redstuff.chain.CallArgument.ObjectInput;
import io.redstuff.chain.CallArgument.PureInput;
import io.redstuff.codec.SmallVectors;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import io.redstuff.message.BlobConfirmation;
import io.redstuff.message.BlobPersistence;
import io.redstuff.message.Certificate;
import io.redstuff.message.DenyListBlobDeleted;
import io.redstuff.message.DenyListUpdate;
import io.redstuff.message.InvalidBlobId;
import io.redstuff.message.ProtocolMessage;
import io.redstuff.message.ProtocolVersion;
import io.redstuff.message.SignatureBytes;
import io.redstuff.proof.VerifiedMetadata;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The arguments of each call, as the contract declares them. */
class SystemCallsTest {
  private static final SignatureBytes SIGNATURE = SignatureBytes.of(filled(96, 0x87));
  private static final BlobId BLOB_ID = BlobId.of(filled(32, 1));
  private static final int MEMBERS = 10;

  private static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static String show(MoveCall call) {
    List<String> shown = new ArrayList<>();
    for (CallArgument argument : call.arguments()) {
      shown.add(
          argument
              + switch (argument) {
                case ObjectInput object -> "";
                case PureInput pure -> " (" + pure.bcs().length + ")";
              });
    }
    return call.module() + "::" + call.function() + " " + String.join(", ", shown);
  }

  private static String object(String name, String type) {
    return new ObjectInput(name, type).toString();
  }

  private static String pure(String name, String type, String hex) {
    return name + ": " + type + " = " + hex + " (" + hex.length() / 2 + ")";
  }

  private static void assertCall(MoveCall call, String function, String... arguments) {
    assertEquals("system::" + function + " " + String.join(", ", arguments), show(call));
  }

  private static <M extends ProtocolMessage> Certificate<M> certificate(M message) {
    return new Certificate<>(List.of(0, 1, 2, 3, 4, 7, 8), message, SIGNATURE);
  }

  private static String[] proof(ProtocolMessage message, String bitmapName, String... before) {
    List<String> all = new ArrayList<>(List.of(before));
    all.add(pure("signature", "vector<u8>", "60" + "87".repeat(96)));
    all.add(pure(bitmapName, "vector<u8>", "029f01"));
    byte[] bytes = message.toBcs();
    all.add(
        pure(
            "message",
            "vector<u8>",
            "%02x".formatted(bytes.length) + HexFormat.of().formatHex(bytes)));
    return all.toArray(String[]::new);
  }

  private static VerifiedMetadata metadata() {
    SmallVectors.Encoding encoding = SmallVectors.smallest();
    return VerifiedMetadata.ofHashes(encoding.parameters(), encoding.length(), encoding.hashes());
  }

  @Test
  void buyingStorage() {
    assertCall(
        SystemCalls.reserveSpace(0x0102030405060708L, 53),
        "reserve_space",
        object("self", "&mut System"),
        pure("storage_amount", "u64", "0807060504030201"),
        pure("epochs_ahead", "u32", "35000000"),
        object("payment", "&mut Coin<WAL>"));
    assertCall(
        SystemCalls.reserveSpaceForEpochs(-1, 5, 0xffff_ffffL),
        "reserve_space_for_epochs",
        object("self", "&mut System"),
        pure("storage_amount", "u64", "ffffffffffffffff"),
        pure("start_epoch", "u32", "05000000"),
        pure("end_epoch", "u32", "ffffffff"),
        object("payment", "&mut Coin<WAL>"));
    assertThrows(IllegalArgumentException.class, () -> SystemCalls.reserveSpace(1, 0x1_0000_0000L));
  }

  @Test
  void registering() {
    SmallVectors.Encoding encoding = SmallVectors.smallest();
    VerifiedMetadata metadata = metadata();
    HexFormat hex = HexFormat.of();
    String id = hex.formatHex(encoding.blobId());
    String root = hex.formatHex(encoding.root());
    String size = "%02x".formatted(encoding.length()) + "00".repeat(7);
    assertCall(
        SystemCalls.registerBlob(metadata, true),
        "register_blob",
        object("self", "&mut System"),
        object("storage", "Storage"),
        pure("blob_id", "u256", id),
        pure("root_hash", "u256", root),
        pure("size", "u64", size),
        pure("encoding_type", "u8", "01"),
        pure("deletable", "bool", "01"),
        object("write_payment", "&mut Coin<WAL>"));
    assertCall(
        SystemCalls.registerPooledBlob(metadata, false),
        "register_pooled_blob",
        object("self", "&mut System"),
        object("storage_pool", "&mut StoragePool"),
        pure("blob_id", "u256", id),
        pure("root_hash", "u256", root),
        pure("unencoded_size", "u64", size),
        pure("encoding_type", "u8", "01"),
        pure("deletable", "bool", "00"),
        object("write_payment", "&mut Coin<WAL>"));
    assertCall(
        SystemCalls.certifyEventBlob(metadata, 7, 9),
        "certify_event_blob",
        object("system", "&mut System"),
        object("cap", "&mut StorageNodeCap"),
        pure("blob_id", "u256", id),
        pure("root_hash", "u256", root),
        pure("size", "u64", size),
        pure("encoding_type", "u8", "01"),
        pure("ending_checkpoint_sequence_num", "u64", "0700000000000000"),
        pure("epoch", "u32", "09000000"));
  }

  @Test
  void certifying() throws VerificationException {
    BlobConfirmation confirmation =
        new BlobConfirmation(5, BLOB_ID, BlobPersistence.deletable(ObjectId.of(filled(32, 2))));
    assertCall(
        SystemCalls.certifyBlob(certificate(confirmation), MEMBERS),
        "certify_blob",
        proof(
            confirmation,
            "signers_bitmap",
            object("self", "&System"),
            object("blob", "&mut Blob")));
    assertCall(
        SystemCalls.certifyPooledBlob(certificate(confirmation), MEMBERS),
        "certify_pooled_blob",
        proof(
            confirmation,
            "signers_bitmap",
            object("self", "&System"),
            object("storage_pool", "&mut StoragePool"),
            pure("blob_id", "u256", "01".repeat(32))));
  }

  @Test
  void otherCertificates() throws VerificationException {
    InvalidBlobId invalid = new InvalidBlobId(5, BLOB_ID);
    assertCall(
        SystemCalls.invalidateBlobId(certificate(invalid), MEMBERS),
        "invalidate_blob_id",
        proof(invalid, "members_bitmap", object("system", "&System")));
    DenyListBlobDeleted deleted = new DenyListBlobDeleted(5, BLOB_ID);
    assertCall(
        SystemCalls.deleteDenyListedBlob(certificate(deleted), MEMBERS),
        "delete_deny_listed_blob",
        proof(deleted, "members_bitmap", object("self", "&System")));
    DenyListUpdate update =
        new DenyListUpdate(5, ObjectId.of(filled(32, 2)), 1, 2, U256.of(filled(32, 3)));
    assertCall(
        SystemCalls.updateDenyList(certificate(update), MEMBERS),
        "update_deny_list",
        proof(
            update,
            "members_bitmap",
            object("self", "&mut System"),
            object("cap", "&mut StorageNodeCap")));
    ProtocolVersion version = new ProtocolVersion(5, 6, 7);
    assertCall(
        SystemCalls.updateProtocolVersion(certificate(version), MEMBERS),
        "update_protocol_version",
        proof(
            version,
            "members_bitmap",
            object("self", "&mut System"),
            object("cap", "&StorageNodeCap")));
    assertCall(
        SystemCalls.registerDenyListUpdate(U256.of(filled(32, 3)), 9),
        "register_deny_list_update",
        object("self", "&mut System"),
        object("cap", "&StorageNodeCap"),
        pure("deny_list_root", "u256", "03".repeat(32)),
        pure("deny_list_sequence", "u64", "0900000000000000"));
  }

  @Test
  void extendingAndDeleting() {
    assertCall(
        SystemCalls.extendBlob(3),
        "extend_blob",
        object("self", "&mut System"),
        object("blob", "&mut Blob"),
        pure("extended_epochs", "u32", "03000000"),
        object("payment", "&mut Coin<WAL>"));
    assertCall(
        SystemCalls.extendBlobWithResource(),
        "extend_blob_with_resource",
        object("self", "&System"),
        object("blob", "&mut Blob"),
        object("extension", "Storage"));
    assertCall(
        SystemCalls.deleteBlob(), "delete_blob", object("self", "&System"), object("blob", "Blob"));
  }

  @Test
  void pools() {
    assertCall(
        SystemCalls.createStoragePool(256, 2),
        "create_storage_pool",
        object("self", "&mut System"),
        pure("reserved_encoded_capacity_bytes", "u64", "0001000000000000"),
        pure("epochs_ahead", "u32", "02000000"),
        object("payment", "&mut Coin<WAL>"));
    assertCall(
        SystemCalls.deletePooledBlob(BLOB_ID),
        "delete_pooled_blob",
        object("self", "&System"),
        object("storage_pool", "&mut StoragePool"),
        pure("blob_id", "u256", "01".repeat(32)));
    assertCall(
        SystemCalls.extendStoragePool(2),
        "extend_storage_pool",
        object("self", "&mut System"),
        object("storage_pool", "&mut StoragePool"),
        pure("extended_epochs", "u32", "02000000"),
        object("payment", "&mut Coin<WAL>"));
    assertCall(
        SystemCalls.increaseStoragePoolCapacity(256),
        "increase_storage_pool_capacity",
        object("self", "&mut System"),
        object("storage_pool", "&mut StoragePool"),
        pure("additional_encoded_capacity_bytes", "u64", "0001000000000000"),
        object("payment", "&mut Coin<WAL>"));
  }

  @Test
  void argumentsAreValues() {
    CallArgument one = SystemCalls.extendBlob(3).arguments().get(2);
    CallArgument same = SystemCalls.extendBlob(3).arguments().get(2);
    assertEquals(one, same);
    assertEquals(one.hashCode(), same.hashCode());
    assertNotEquals(one, SystemCalls.extendBlob(4).arguments().get(2));
    assertNotEquals(one, SystemCalls.extendStoragePool(3).arguments().get(1));
    assertNotEquals(one, SystemCalls.createStoragePool(1, 3).arguments().get(2));
    assertNotEquals(
        SystemCalls.reserveSpace(1, 1).arguments().get(1),
        SystemCalls.increaseStoragePoolCapacity(1).arguments().get(2));
    assertNotEquals(new PureInput("a", "u8", new byte[1]), new PureInput("a", "bool", new byte[1]));
    ((PureInput) one).bcs()[0]++;
    assertEquals(one, same);
  }

  @Test
  void signersThatCannotBeAreRefused() {
    for (int signer : new int[] {-1, 10, 11, 65535}) {
      VerificationException e =
          assertThrows(
              VerificationException.class, () -> SignersBitmap.of(List.of(0, signer), MEMBERS));
      assertEquals(Reason.INDEX_OUT_OF_RANGE, e.reason());
      assertEquals("signer: got " + signer + ", expected a position in 10 members", e.getMessage());
    }
    VerificationException e =
        assertThrows(
            VerificationException.class, () -> SignersBitmap.of(List.of(3, 9, 3), MEMBERS));
    assertEquals(Reason.DUPLICATE, e.reason());
    assertThrows(IllegalArgumentException.class, () -> SignersBitmap.of(List.of(), -1));
    assertThrows(IllegalArgumentException.class, () -> SignersBitmap.parse(new byte[0], -1));
  }

  /** The contract's rules: a shorter bitmap is taken, a longer one and stray bits are not. */
  @Property
  void bitmapsAsTheContractReadsThem(
      @ForAll @Size(max = 14) byte[] bitmap, @ForAll @IntRange(max = 110) int members)
      throws VerificationException {
    boolean isWrong = bitmap.length > (members + 7) / 8;
    for (int i = members; i < bitmap.length * 8; i++) {
      isWrong |= (bitmap[i / 8] >> i % 8 & 1) == 1;
    }
    List<Integer> signers;
    try {
      signers = SignersBitmap.parse(bitmap, members);
    } catch (MalformedDataException e) {
      assertEquals(true, isWrong, e.getMessage());
      return;
    }
    assertEquals(false, isWrong);
    byte[] whole = SignersBitmap.of(signers, members);
    assertArrayEquals(Arrays.copyOf(bitmap, (members + 7) / 8), whole);
  }
}
