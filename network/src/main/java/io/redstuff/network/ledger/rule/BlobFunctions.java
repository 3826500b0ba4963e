package io.redstuff.network.ledger.rule;

import static io.redstuff.network.ledger.rule.Execution.demand;

import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.ObjectId;
import io.redstuff.U256;
import io.redstuff.chain.BlobAttributes;
import io.redstuff.chain.BlobObject;
import io.redstuff.chain.ChainEvent;
import io.redstuff.chain.StorageResource;
import io.redstuff.message.BlobConfirmation;
import io.redstuff.message.BlobPersistence;
import io.redstuff.message.IntentType;
import io.redstuff.message.InvalidBlobId;
import io.redstuff.message.Quorum;
import io.redstuff.network.ledger.Abort;
import io.redstuff.network.ledger.LedgerException;
import io.redstuff.network.ledger.object.LedgerObject;
import io.redstuff.network.ledger.transaction.SharedObject;
import io.redstuff.proof.VerifiedMetadata;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SequencedMap;

/** Registers blobs, certifies, extends and deletes them: {@code system} and {@code blob}. */
final class BlobFunctions {
  private static final int RS2 = 1;

  private BlobFunctions() {}

  static void enter(Map<String, Function> functions) {
    Function.giving(functions, "system::register_blob", BlobFunctions::register);
    Function.silent(functions, "system::certify_blob", BlobFunctions::certify);
    Function.silent(functions, "system::invalidate_blob_id", BlobFunctions::invalidate);
    Function.silent(functions, "system::extend_blob", BlobFunctions::extend);
    Function.silent(
        functions, "system::extend_blob_with_resource", BlobFunctions::extendWithResource);
    Function.giving(functions, "system::delete_blob", BlobFunctions::delete);
    Function.silent(functions, "blob::insert_or_update_metadata_pair", BlobFunctions::setAttribute);
    Function.silent(functions, "blob::remove_metadata_pair", BlobFunctions::removeAttribute);
  }

  private static ObjectId register(Arguments in) throws LedgerException {
    in.shared(SharedObject.SYSTEM);
    LedgerObject.Storage held = in.object(LedgerObject.Storage.class, "storage");
    U256 blobId = in.u256("blob_id");
    U256 rootHash = in.u256("root_hash");
    long size = in.u64("size");
    int encodingType = in.u8("encoding_type");
    boolean deletable = in.bool("deletable");
    in.shared(SharedObject.PURSE).end();
    Execution execution = in.execution();
    SystemRow system = execution.state().system();
    StorageResource storage = held.resource();
    long epoch = system.epoch();
    checkWithin(epoch, storage);
    long encoded = encodedLength(system.shards(), size, encodingType);
    demand(
        encoded <= storage.storageSize(),
        Abort.RESOURCE_SIZE,
        "got storage of %s bytes, expected at least %s",
        storage.storageSize(),
        encoded);
    BlobId computed = VerifiedMetadata.computeBlobId(size, rootHash.toBytes());
    demand(
        computed.equals(blobId.toBlobId()),
        Abort.INVALID_BLOB_ID,
        "got %s, expected %s",
        blobId.toBlobId(),
        computed);
    BlobObject blob =
        new BlobObject(
            execution.newId(),
            epoch,
            computed,
            size,
            encodingType,
            OptionalLong.empty(),
            storage,
            deletable);
    execution.destroy(held);
    execution.keep(new LedgerObject.Blob(blob, new BlobAttributes(new LinkedHashMap<>())));
    execution.emit(
        new ChainEvent.BlobRegistered(
            epoch, computed, size, encodingType, storage.endEpoch(), deletable, blob.id()));
    execution.pay(system.prices().writeFee(encoded));
    Sales.earn(execution.state(), epoch, system.prices().writeFee(encoded));
    return blob.id();
  }

  private static long encodedLength(int shards, long size, int encodingType)
      throws LedgerException {
    demand(
        encodingType == RS2,
        Abort.INVALID_ENCODING_TYPE,
        "got encoding type %s, expected %s",
        encodingType,
        RS2);
    EncodingParameters parameters = EncodingParameters.forShards(shards);
    demand(
        size <= parameters.maxBlobLength(),
        Abort.BLOB_TOO_LARGE,
        "got %s bytes, expected at most %s",
        size,
        parameters.maxBlobLength());
    return parameters.encodedLength(size);
  }

  private static void checkWithin(long epoch, StorageResource storage) throws LedgerException {
    demand(
        epoch >= storage.startEpoch() && epoch < storage.endEpoch(),
        Abort.RESOURCE_BOUNDS,
        "got storage of epochs %s to %s, expected one of epoch %s",
        storage.startEpoch(),
        storage.endEpoch(),
        epoch);
  }

  private static LedgerObject.Blob takeBlob(Arguments in) throws LedgerException {
    return in.object(LedgerObject.Blob.class, "blob");
  }

  private static void certify(Arguments in) throws LedgerException {
    in.shared(SharedObject.SYSTEM);
    LedgerObject.Blob held = takeBlob(in);
    BlobConfirmation message =
        Certificates.take(
            in, IntentType.BLOB_CONFIRMATION, BlobConfirmation.class, Quorum.TWO_THIRDS);
    BlobObject blob = held.blob();
    demand(
        blob.blobId().equals(message.blobId()),
        Abort.INVALID_BLOB_ID,
        "got a certificate of %s, expected one of %s",
        message.blobId(),
        blob.blobId());
    demand(
        blob.certifiedEpoch().isEmpty(),
        Abort.ALREADY_CERTIFIED,
        "got %s, which is certified",
        blob.id());
    long epoch = message.epoch();
    checkNotExpired(epoch, blob);
    checkPersistence(message.persistence(), blob);
    keep(
        in.execution(),
        held,
        new BlobObject(
            blob.id(),
            blob.registeredEpoch(),
            blob.blobId(),
            blob.size(),
            blob.encodingType(),
            OptionalLong.of(epoch),
            blob.storage(),
            blob.deletable()));
    emitCertified(in.execution(), blob, epoch, blob.storage().endEpoch(), false);
  }

  private static void checkPersistence(BlobPersistence persistence, BlobObject blob)
      throws LedgerException {
    switch (persistence) {
      case BlobPersistence.Permanent permanent ->
          demand(
              !blob.deletable(),
              Abort.INVALID_BLOB_PERSISTENCE_TYPE,
              "got %s of a permanent blob, expected a deletable one",
              permanent);
      case BlobPersistence.Deletable deletable -> {
        demand(
            blob.deletable(),
            Abort.INVALID_BLOB_PERSISTENCE_TYPE,
            "got a certificate of a deletable blob, expected a permanent one");
        demand(
            deletable.objectId().equals(blob.id()),
            Abort.INVALID_BLOB_OBJECT,
            "got %s, expected %s",
            deletable.objectId(),
            blob.id());
      }
    }
  }

  private static void checkNotExpired(long epoch, BlobObject blob) throws LedgerException {
    demand(
        epoch < blob.storage().endEpoch(),
        Abort.RESOURCE_BOUNDS,
        "got a blob until epoch %s, expected one beyond %s",
        blob.storage().endEpoch(),
        epoch);
  }

  private static void keep(Execution execution, LedgerObject.Blob before, BlobObject after) {
    execution.keep(new LedgerObject.Blob(after, before.attributes()));
  }

  private static void emitCertified(
      Execution execution, BlobObject blob, long certified, long endEpoch, boolean isExtension) {
    execution.emit(
        new ChainEvent.BlobCertified(
            certified, blob.blobId(), endEpoch, blob.deletable(), blob.id(), isExtension));
  }

  private static void invalidate(Arguments in) throws LedgerException {
    in.shared(SharedObject.SYSTEM);
    InvalidBlobId message =
        Certificates.take(in, IntentType.INVALID_BLOB_ID, InvalidBlobId.class, Quorum.ONE_CORRECT);
    Execution execution = in.execution();
    if (execution.state().invalid.get(message.blobId()).isEmpty()) {
      execution.state().invalid.put(message.blobId(), message.epoch());
    }
    execution.emit(new ChainEvent.InvalidBlobId(message.epoch(), message.blobId()));
  }

  private static void extend(Arguments in) throws LedgerException {
    in.shared(SharedObject.SYSTEM);
    LedgerObject.Blob held = takeBlob(in);
    long extendedEpochs = in.u32("extended_epochs");
    in.shared(SharedObject.PURSE).end();
    Execution execution = in.execution();
    StorageResource storage = held.blob().storage();
    checkCertified(execution, held.blob());
    demand(extendedEpochs > 0, Abort.INVALID_EPOCHS_AHEAD, "got 0 epochs, expected at least one");
    long end = storage.endEpoch() + extendedEpochs;
    Sales.checkAhead(execution, end);
    Sales.charge(execution, storage.storageSize(), storage.endEpoch(), end);
    Sales.use(execution, storage.storageSize(), storage.endEpoch(), end);
    extendTo(
        execution,
        held,
        new StorageResource(storage.id(), storage.startEpoch(), end, storage.storageSize()));
  }

  private static void checkCertified(Execution execution, BlobObject blob) throws LedgerException {
    demand(
        blob.certifiedEpoch().isPresent(),
        Abort.NOT_CERTIFIED,
        "got %s, which is not certified",
        blob.id());
    checkNotExpired(execution.state().system().epoch(), blob);
  }

  private static void extendTo(
      Execution execution, LedgerObject.Blob held, StorageResource storage) {
    BlobObject blob = held.blob();
    keep(
        execution,
        held,
        new BlobObject(
            blob.id(),
            blob.registeredEpoch(),
            blob.blobId(),
            blob.size(),
            blob.encodingType(),
            blob.certifiedEpoch(),
            storage,
            blob.deletable()));
    emitCertified(execution, blob, blob.certifiedEpoch().orElseThrow(), storage.endEpoch(), true);
  }

  private static void extendWithResource(Arguments in) throws LedgerException {
    in.shared(SharedObject.SYSTEM);
    LedgerObject.Blob held = takeBlob(in);
    LedgerObject.Storage extension = in.object(LedgerObject.Storage.class, "extension");
    in.end();
    StorageResource storage = held.blob().storage();
    checkCertified(in.execution(), held.blob());
    demand(
        extension.resource().endEpoch() > storage.endEpoch(),
        Abort.RESOURCE_BOUNDS,
        "got storage until epoch %s, expected beyond %s",
        extension.resource().endEpoch(),
        storage.endEpoch());
    StorageResource fused = StorageFunctions.fusePeriods(storage, extension.resource());
    in.execution().destroy(extension);
    extendTo(in.execution(), held, fused);
  }

  private static ObjectId delete(Arguments in) throws LedgerException {
    in.shared(SharedObject.SYSTEM);
    LedgerObject.Blob held = takeBlob(in);
    in.end();
    Execution execution = in.execution();
    BlobObject blob = held.blob();
    long epoch = execution.state().system().epoch();
    demand(blob.deletable(), Abort.BLOB_NOT_DELETABLE, "got %s, which is permanent", blob.id());
    checkNotExpired(epoch, blob);
    execution.destroy(held);
    execution.emit(
        new ChainEvent.BlobDeleted(
            epoch,
            blob.blobId(),
            blob.storage().endEpoch(),
            blob.id(),
            blob.certifiedEpoch().isPresent()));
    return execution.keep(new LedgerObject.Storage(blob.storage()));
  }

  private static void setAttribute(Arguments in) throws LedgerException {
    LedgerObject.Blob held = takeBlob(in);
    String key = in.text("key");
    String value = in.text("value");
    in.end();
    SequencedMap<String, String> values = new LinkedHashMap<>(held.attributes().values());
    values.put(key, value);
    keepAttributes(in.execution(), held, values);
  }

  private static void removeAttribute(Arguments in) throws LedgerException {
    LedgerObject.Blob held = takeBlob(in);
    String key = in.text("key");
    in.end();
    SequencedMap<String, String> values = new LinkedHashMap<>(held.attributes().values());
    demand(!values.isEmpty(), Abort.MISSING_METADATA, "got %s, which has no attributes", held.id());
    demand(
        values.remove(key) != null,
        Abort.KEY_DOES_NOT_EXIST,
        "got key '%s', expected one of %s",
        key,
        values.keySet());
    keepAttributes(in.execution(), held, values);
  }

  private static void keepAttributes(
      Execution execution, LedgerObject.Blob held, SequencedMap<String, String> values) {
    execution.keep(new LedgerObject.Blob(held.blob(), new BlobAttributes(values)));
  }
}
