package io.redstuff.network.ledger.rule;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.BlobId;
import io.redstuff.ObjectId;
import io.redstuff.SuiAddress;
import io.redstuff.chain.Availability;
import io.redstuff.chain.BlobHistory;
import io.redstuff.chain.BlobObject;
import io.redstuff.chain.ChainEvent;
import io.redstuff.chain.SystemCalls;
import io.redstuff.codec.RedStuff;
import io.redstuff.error.RedStuffException;
import io.redstuff.internal.bcs.BcsWriter;
import io.redstuff.message.BlobConfirmation;
import io.redstuff.message.BlobPersistence;
import io.redstuff.message.InvalidBlobId;
import io.redstuff.network.ledger.Abort;
import io.redstuff.network.ledger.Receipt;
import io.redstuff.network.ledger.object.LedgerObject;
import io.redstuff.network.ledger.testing.TestLedger;
import io.redstuff.network.ledger.transaction.Call;
import io.redstuff.network.ledger.transaction.CallInput;
import io.redstuff.network.ledger.transaction.Calls;
import io.redstuff.network.ledger.transaction.SharedObject;
import io.redstuff.proof.VerifiedMetadata;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Storage and blobs by the contract's rules, and each abort by its name. */
class StorageAndBlobTest {
  private static final SuiAddress ALICE = TestLedger.account(6);
  private static final SuiAddress BOB = TestLedger.account(7);

  private final TestLedger ledger = new TestLedger(10, 8).withNodes(4, 0);

  private ObjectId reserve(long size, long epochs) {
    return ledger.run(ALICE, TestLedger.reserve(size, epochs)).result(0);
  }

  @Test
  void storageIsPaidByEpochAndUnit() {
    long before = ledger.balance(ALICE);
    ObjectId id = reserve(3 * TestLedger.UNIT + 1, 5);
    assertEquals(before - 4 * 100 * 5, ledger.balance(ALICE));
    assertEquals(1, ledger.storage(id).startEpoch());
    assertEquals(6, ledger.storage(id).endEpoch());
    assertEquals(3 * TestLedger.UNIT + 1, ledger.reader.system().usedCapacity());
    ObjectId later =
        ledger
            .run(ALICE, Call.of(SystemCalls.reserveSpaceForEpochs(TestLedger.UNIT, 3, 4)))
            .result(0);
    assertEquals(3, ledger.storage(later).startEpoch());
    ObjectId past =
        ledger
            .run(ALICE, Call.of(SystemCalls.reserveSpaceForEpochs(TestLedger.UNIT, 0, 2)))
            .result(0);
    assertEquals(1, ledger.storage(past).startEpoch());
  }

  @Test
  void storageThatIsNotToBeHad() {
    ledger.fails(Abort.INVALID_EPOCHS_AHEAD, ALICE, TestLedger.reserve(1, 0));
    ledger.fails(Abort.INVALID_EPOCHS_AHEAD, ALICE, TestLedger.reserve(1, 11));
    ledger.fails(Abort.INVALID_RESOURCE_SIZE, ALICE, TestLedger.reserve(0, 1));
    ledger.fails(Abort.STORAGE_EXCEEDED, ALICE, TestLedger.reserve(1L << 40, 1));
    ledger.fails(Abort.NOT_ENOUGH, ALICE, TestLedger.reserve(1L << 60, 1));
    new TestLedger(10, 8)
        .fails(Abort.ARITHMETIC, ALICE, TestLedger.reserve(2 * TestLedger.UNIT, 1));
    ledger.fails(Abort.INVALID_ARGUMENT, ALICE, TestLedger.reserve(-1, 1));
    new TestLedger(10, 8).fails(Abort.NOT_ENOUGH, ALICE, TestLedger.reserve(1, 1));
  }

  @Test
  void splitsAndFuses() {
    ObjectId first = reserve(1000, 4);
    ObjectId later = ledger.run(ALICE, Calls.splitByEpoch(Calls.object(first), 3)).result(0);
    assertEquals(3, ledger.storage(first).endEpoch());
    assertEquals(5, ledger.storage(later).endEpoch());
    ObjectId rest = ledger.run(ALICE, Calls.splitBySize(Calls.object(first), 400)).result(0);
    assertEquals(400, ledger.storage(first).storageSize());
    assertEquals(600, ledger.storage(rest).storageSize());
    CallInput a = Calls.object(first);
    CallInput b = Calls.object(rest);
    CallInput c = Calls.object(later);
    ledger.fails(Abort.INVALID_EPOCH, ALICE, Calls.splitByEpoch(a, 1));
    ledger.fails(Abort.INVALID_EPOCH, ALICE, Calls.splitByEpoch(a, 3));
    ledger.fails(Abort.INCOMPATIBLE_AMOUNT, ALICE, Calls.splitBySize(a, 401));
    ledger.fails(Abort.INCOMPATIBLE_AMOUNT, ALICE, Calls.fuse(a, c));
    ledger.fails(Abort.INCOMPATIBLE_EPOCHS, ALICE, Calls.fuseAmount(a, c));
    ledger.fails(Abort.INVALID_ARGUMENT, ALICE, Calls.fuse(a, a));
    ledger.fails(Abort.INCOMPATIBLE_AMOUNT, ALICE, Calls.fusePeriods(a, b));
    ledger.run(ALICE, Calls.fuse(a, b));
    ledger.run(ALICE, Calls.fuse(c, a));
    assertEquals(1, ledger.storage(later).startEpoch());
    assertEquals(5, ledger.storage(later).endEpoch());
    assertEquals(1000, ledger.storage(later).storageSize());
    ledger.fails(Abort.OBJECT_NOT_FOUND, ALICE, Calls.splitBySize(a, 1));
    ObjectId apart =
        ledger.run(ALICE, Call.of(SystemCalls.reserveSpaceForEpochs(1000, 7, 8))).result(0);
    ledger.fails(Abort.INCOMPATIBLE_EPOCHS, ALICE, Calls.fuse(c, Calls.object(apart)));
  }

  /** What the library's calls carry is what the ledger takes. */
  @Test
  void aBlobFromItsEncodingToItsEnd() throws RedStuffException {
    VerifiedMetadata metadata =
        RedStuff.forShards(10).encode("a blob that is kept".getBytes(UTF_8)).metadata();
    long encoded = ledger.encoded(metadata.blobLength());
    Receipt receipt =
        ledger.run(
            ALICE,
            TestLedger.reserve(encoded, 2),
            Call.of(SystemCalls.registerBlob(metadata, true), Calls.result(0)));
    ObjectId id = receipt.result(1);
    BlobId blobId = metadata.blobId();
    assertTrue(ledger.reader.blob(blobId).registeredDeletable(id).isPresent());
    assertFalse(ledger.reader.blob(blobId).isRegisteredPermanent());
    assertFalse(ledger.reader.blob(blobId).isAvailable());
    ledger.run(ALICE, ledger.certify(id, ledger.nodes));
    assertTrue(ledger.reader.blob(blobId).isAvailable());
    ledger.run(ALICE, Call.of(SystemCalls.extendBlob(3), Calls.object(id)));
    assertEquals(6, ledger.blob(id).storage().endEpoch());
    ledger.run(ALICE, Calls.transfer(Calls.object(id), BOB));
    ledger.fails(Abort.NOT_OWNER, ALICE, Call.of(SystemCalls.deleteBlob(), Calls.object(id)));
    ObjectId storage =
        ledger.run(BOB, Call.of(SystemCalls.deleteBlob(), Calls.object(id))).result(0);
    assertEquals(encoded, ledger.storage(storage).storageSize());
    assertTrue(ledger.reader.blob(blobId).registrations().isEmpty());
    BlobHistory history = BlobHistory.of(blobId, ledger.events);
    assertEquals(Availability.DELETED, history.availability(1));
    assertEquals(
        List.of("BlobRegistered", "BlobCertified", "BlobCertified", "BlobDeleted"),
        ledger.events.subList(ledger.events.size() - 4, ledger.events.size()).stream()
            .map(event -> event.type().moveName())
            .toList());
  }

  @Test
  void blobsThatCannotBeRegistered() {
    long encoded = ledger.encoded(1000);
    CallInput storage = Calls.object(reserve(encoded, 2));
    ledger.fails(
        Abort.INVALID_BLOB_ID,
        ALICE,
        TestLedger.register(storage, TestLedger.blobId(1000, 1), 2, 1000, 1, false));
    ledger.fails(
        Abort.INVALID_ENCODING_TYPE,
        ALICE,
        TestLedger.register(storage, TestLedger.blobId(1000, 1), 1, 1000, 0, false));
    ledger.fails(Abort.RESOURCE_SIZE, ALICE, TestLedger.register(storage, 100_000, 1, false));
    ledger.fails(Abort.BLOB_TOO_LARGE, ALICE, TestLedger.register(storage, 1L << 50, 1, false));
    ledger.fails(Abort.NOT_OWNER, BOB, TestLedger.register(storage, 1000, 1, false));
    ObjectId later =
        ledger.run(ALICE, Call.of(SystemCalls.reserveSpaceForEpochs(encoded, 2, 4))).result(0);
    ledger.fails(
        Abort.RESOURCE_BOUNDS, ALICE, TestLedger.register(Calls.object(later), 1000, 1, false));
    ObjectId cap = ledger.nodes.getFirst().cap;
    ledger.fails(
        Abort.INVALID_ARGUMENT,
        ledger.nodes.getFirst().operator,
        TestLedger.register(Calls.object(cap), 1000, 1, false));
  }

  @Test
  void certificatesThatAreRefused() throws RedStuffException {
    ObjectId permanent = ledger.registered(ALICE, 1, 2, false);
    ObjectId deletable = ledger.registered(ALICE, 2, 2, true);
    BlobId blob = ledger.blob(permanent).blobId();
    BlobId other = ledger.blob(deletable).blobId();
    var all = ledger.nodes;
    ledger.fails(Abort.NOT_ENOUGH_STAKE, ALICE, ledger.certify(permanent, all.subList(0, 2)));
    ledger.fails(
        Abort.INVALID_BLOB_ID,
        ALICE,
        ledger.certify(permanent, all, new BlobConfirmation(1, other, BlobPersistence.PERMANENT)));
    ledger.fails(
        Abort.INCORRECT_EPOCH,
        ALICE,
        ledger.certify(permanent, all, new BlobConfirmation(0, blob, BlobPersistence.PERMANENT)));
    ledger.fails(
        Abort.INVALID_BLOB_PERSISTENCE_TYPE,
        ALICE,
        ledger.certify(
            permanent, all, new BlobConfirmation(1, blob, BlobPersistence.deletable(permanent))));
    ledger.fails(
        Abort.INVALID_BLOB_PERSISTENCE_TYPE,
        ALICE,
        ledger.certify(deletable, all, new BlobConfirmation(1, other, BlobPersistence.PERMANENT)));
    ledger.fails(
        Abort.INVALID_BLOB_OBJECT,
        ALICE,
        ledger.certify(
            deletable, all, new BlobConfirmation(1, other, BlobPersistence.deletable(permanent))));
    Call good = ledger.certify(permanent, all);
    ledger.fails(Abort.SIG_VERIFICATION, ALICE, with(good, 2, bytes(new byte[96])));
    ledger.fails(Abort.SIG_VERIFICATION, ALICE, with(good, 2, bytes(new byte[95])));
    ledger.fails(Abort.INVALID_BITMAP, ALICE, with(good, 3, bytes(new byte[] {(byte) 0xff})));
    ledger.fails(Abort.INVALID_BITMAP, ALICE, with(good, 3, bytes(new byte[2])));
    ledger.fails(Abort.NOT_ENOUGH_STAKE, ALICE, with(good, 3, bytes(new byte[0])));
    ledger.fails(Abort.SIG_VERIFICATION, ALICE, with(good, 3, bytes(new byte[] {7})));
    byte[] message = new BlobConfirmation(1, blob, BlobPersistence.PERMANENT).toBcs();
    for (Map.Entry<Integer, Abort> fault :
        Map.of(
                0, Abort.INVALID_MSG_TYPE,
                1, Abort.INCORRECT_INTENT_VERSION,
                2, Abort.INCORRECT_APP_ID,
                3, Abort.INCORRECT_EPOCH,
                39, Abort.INVALID_ARGUMENT)
            .entrySet()) {
      byte[] broken = message.clone();
      broken[fault.getKey()] ^= 2;
      ledger.fails(fault.getValue(), ALICE, with(good, 4, bytes(broken)));
    }
    ledger.fails(Abort.INVALID_ARGUMENT, ALICE, with(good, 4, bytes(new byte[] {1, 0, 3})));
    ledger.run(ALICE, good);
    ledger.fails(Abort.ALREADY_CERTIFIED, ALICE, good);
    Call stale = ledger.certify(deletable, all);
    ledger.nextEpoch();
    ledger.fails(Abort.INCORRECT_EPOCH, ALICE, stale);
    ledger.nextEpoch();
    ledger.fails(Abort.RESOURCE_BOUNDS, ALICE, ledger.certify(deletable, all));
  }

  private static CallInput bytes(byte[] value) {
    return new CallInput.Pure(BcsWriter.toBytes(out -> out.bytes(MemorySegment.ofArray(value))));
  }

  private static Call with(Call call, int position, CallInput input) {
    List<CallInput> inputs = new ArrayList<>(call.inputs());
    inputs.set(position, input);
    return new Call(call.module(), call.function(), inputs);
  }

  @Test
  void extensionsThatAreRefused() {
    ObjectId blob = ledger.registered(ALICE, 1, 2, false);
    CallInput it = Calls.object(blob);
    ledger.fails(Abort.NOT_CERTIFIED, ALICE, Call.of(SystemCalls.extendBlob(1), it));
    ledger.run(ALICE, ledger.certify(blob, ledger.nodes));
    ledger.fails(Abort.INVALID_EPOCHS_AHEAD, ALICE, Call.of(SystemCalls.extendBlob(0), it));
    ledger.fails(Abort.INVALID_EPOCHS_AHEAD, ALICE, Call.of(SystemCalls.extendBlob(9), it));
    long size = ledger.encoded(1000);
    CallInput adjacent =
        Calls.object(
            ledger.run(ALICE, Call.of(SystemCalls.reserveSpaceForEpochs(size, 3, 5))).result(0));
    CallInput inside = Calls.object(reserve(size, 2));
    CallInput larger =
        Calls.object(
            ledger
                .run(ALICE, Call.of(SystemCalls.reserveSpaceForEpochs(size + 1, 3, 5)))
                .result(0));
    ledger.fails(
        Abort.RESOURCE_BOUNDS, ALICE, Call.of(SystemCalls.extendBlobWithResource(), it, inside));
    ledger.fails(
        Abort.INCOMPATIBLE_AMOUNT,
        ALICE,
        Call.of(SystemCalls.extendBlobWithResource(), it, larger));
    ledger.run(ALICE, Call.of(SystemCalls.extendBlobWithResource(), it, adjacent));
    assertEquals(5, ledger.blob(blob).storage().endEpoch());
    ledger.fails(Abort.BLOB_NOT_DELETABLE, ALICE, Call.of(SystemCalls.deleteBlob(), it));
    for (int i = 0; i < 4; i++) {
      ledger.nextEpoch();
    }
    ledger.fails(Abort.RESOURCE_BOUNDS, ALICE, Call.of(SystemCalls.extendBlob(1), it));
    BlobObject gone = ledger.blob(blob);
    assertFalse(ledger.reader.blob(gone.blobId()).isAvailable());
    assertTrue(ledger.reader.blob(gone.blobId()).live().isEmpty());
  }

  @Test
  void attributesStandInTheOrderInWhichTheyWereSet() {
    ObjectId blob = ledger.registered(ALICE, 1, 2, true);
    CallInput it = Calls.object(blob);
    ledger.fails(Abort.MISSING_METADATA, ALICE, Calls.removeAttribute(it, "a"));
    ledger.run(
        ALICE,
        Calls.setAttribute(it, "b", "1"),
        Calls.setAttribute(it, "a", "2"),
        Calls.setAttribute(it, "b", "3"));
    assertEquals("{b=3, a=2}", attributes(blob));
    ledger.fails(Abort.KEY_DOES_NOT_EXIST, ALICE, Calls.removeAttribute(it, "c"));
    ledger.run(ALICE, Calls.removeAttribute(it, "b"));
    assertEquals("{a=2}", attributes(blob));
    ledger.run(ALICE, ledger.certify(blob, ledger.nodes));
    assertEquals("{a=2}", attributes(blob));
    ledger.fails(Abort.NOT_OWNER, BOB, Calls.setAttribute(it, "a", "x"));
  }

  private String attributes(ObjectId blob) {
    return ((LedgerObject.Blob) ledger.reader.object(blob).orElseThrow().object())
        .attributes()
        .values()
        .toString();
  }

  @Test
  void anInvalidBlobStaysSo() throws RedStuffException {
    ObjectId id = ledger.certified(ALICE, 1, 3, false);
    BlobId blob = ledger.blob(id).blobId();
    var two = ledger.nodes.subList(0, 2);
    InvalidBlobId message = new InvalidBlobId(1, blob);
    Call call = Call.of(SystemCalls.invalidateBlobId(ledger.signed(two, message), 4));
    ledger.fails(
        Abort.NOT_ENOUGH_STAKE,
        BOB,
        Call.of(
            SystemCalls.invalidateBlobId(ledger.signed(ledger.nodes.subList(0, 1), message), 4)));
    ledger.run(BOB, call);
    assertFalse(ledger.reader.blob(blob).isAvailable());
    assertEquals(1, ledger.reader.blob(blob).invalidEpoch().orElseThrow());
    assertEquals(new ChainEvent.InvalidBlobId(1, blob), ledger.events.getLast());
    ledger.run(BOB, call);
    assertEquals(1, ledger.reader.blob(blob).invalidEpoch().orElseThrow());
    new TestLedger(10, 8)
        .fails(
            Abort.NOT_ENOUGH_STAKE,
            BOB,
            Call.of(
                SystemCalls.invalidateBlobId(ledger.signed(two, new InvalidBlobId(0, blob)), 4)));
  }

  @Test
  void callsThatAreNone() {
    CallInput system = new CallInput.Shared(SharedObject.SYSTEM);
    ledger.fails(
        Abort.FUNCTION_NOT_FOUND, ALICE, new Call("system", "certify_event_blob", List.of()));
    ledger.fails(Abort.INVALID_ARGUMENT, ALICE, new Call("system", "reserve_space", List.of()));
    ledger.fails(
        Abort.INVALID_ARGUMENT,
        ALICE,
        new Call("system", "reserve_space", List.of(system, system)));
    ledger.fails(
        Abort.INVALID_ARGUMENT,
        ALICE,
        new Call(
            "system", "reserve_space", List.of(new CallInput.Shared(SharedObject.PURSE), system)));
    ledger.fails(Abort.INVALID_ARGUMENT, ALICE, Calls.splitBySize(Calls.result(0), 1));
    Call longer = TestLedger.reserve(1, 1);
    List<CallInput> inputs = new ArrayList<>(longer.inputs());
    inputs.add(system);
    ledger.fails(Abort.INVALID_ARGUMENT, ALICE, new Call("system", "reserve_space", inputs));
    // The first call is undone with the second.
    long before = ledger.balance(ALICE);
    ledger.fails(
        Abort.INVALID_EPOCH,
        ALICE,
        TestLedger.reserve(1000, 2),
        Calls.splitByEpoch(Calls.result(0), 9));
    assertEquals(before, ledger.balance(ALICE));
    assertTrue(ledger.reader.owned(ALICE).isEmpty());
  }
}
