package io.redstuff.daemon.api;

import io.redstuff.BlobId;
import io.redstuff.ObjectId;
import io.redstuff.chain.BlobObject;
import io.redstuff.chain.Frost;
import io.redstuff.chain.StorageResource;
import io.redstuff.client.api.EventId;
import io.redstuff.daemon.chain.Certified;
import io.redstuff.daemon.chain.RegisterOperation;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What came of a blob that was to be stored; a {@code BlobStoreResult} of the network's own. */
public sealed interface StoreOutcome {
  /** {@return the blob} */
  BlobId blobId();

  /**
   * It is stored, and was not before, or not so.
   *
   * @param blob the blob object, certified
   * @param operation how it came to be registered
   * @param cost what was paid
   * @param sharedBlob the shared blob that was made of it, if one was
   */
  record NewlyCreated(
      BlobObject blob, RegisterOperation operation, Frost cost, Optional<ObjectId> sharedBlob)
      implements StoreOutcome {
    @Override
    public BlobId blobId() {
      return blob.blobId();
    }
  }

  /**
   * It was stored already.
   *
   * @param blobId the blob
   * @param where where that stands
   */
  record AlreadyCertified(BlobId blobId, Certified where) implements StoreOutcome {}

  /**
   * It was marked as invalid.
   *
   * @param blobId the blob
   * @param event which says so
   */
  record MarkedInvalid(BlobId blobId, EventId event) implements StoreOutcome {}

  /** {@return the answer in JSON} */
  default ObjectNode toJson() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    switch (this) {
      case NewlyCreated created -> write(root.putObject("newlyCreated"), created);
      case AlreadyCertified certified -> {
        ObjectNode object = root.putObject("alreadyCertified");
        object.put("blobId", certified.blobId().toString());
        switch (certified.where()) {
          case Certified.ByEvent by -> write(object.putObject("event"), by.event());
          case Certified.ByObject by -> object.put("object", by.object().toString());
        }
        object.put("endEpoch", certified.where().endEpoch());
      }
      case MarkedInvalid invalid -> {
        ObjectNode object = root.putObject("markedInvalid");
        object.put("blobId", invalid.blobId().toString());
        write(object.putObject("event"), invalid.event());
      }
    }
    return root;
  }

  /** {@return the answer in JSON, UTF-8} */
  default byte[] toBytes() {
    return Json.write(toJson());
  }

  private static void write(ObjectNode object, EventId event) {
    object.put("txDigest", event.transaction()).put("eventSeq", Long.toString(event.sequence()));
  }

  private static void write(ObjectNode object, NewlyCreated created) {
    write(object.putObject("blobObject"), created.blob());
    ObjectNode operation = object.putObject("resourceOperation");
    String name =
        switch (created.operation()) {
          case RegisterOperation.FromScratch it -> "registerFromScratch";
          case RegisterOperation.ReuseStorage it -> "reuseStorage";
          case RegisterOperation.ReuseRegistration it -> "reuseRegistration";
        };
    ObjectNode numbers = operation.putObject(name);
    numbers.put("encodedLength", created.operation().encodedLength());
    if (created.operation() instanceof RegisterOperation.FromScratch it) {
      numbers.put("epochsAhead", it.epochsAhead());
    }
    object.put("cost", created.cost().value());
    created.sharedBlob().ifPresent(id -> object.put("sharedBlobObject", id.toString()));
  }

  private static void write(ObjectNode object, BlobObject blob) {
    object.put("id", blob.id().toString());
    object.put("registeredEpoch", blob.registeredEpoch());
    object.put("blobId", blob.blobId().toString());
    object.put("size", blob.size());
    object.put("encodingType", "RS2");
    if (blob.certifiedEpoch().isPresent()) {
      object.put("certifiedEpoch", blob.certifiedEpoch().getAsLong());
    } else {
      object.putNull("certifiedEpoch");
    }
    StorageResource storage = blob.storage();
    object
        .putObject("storage")
        .put("id", storage.id().toString())
        .put("startEpoch", storage.startEpoch())
        .put("endEpoch", storage.endEpoch())
        .put("storageSize", storage.storageSize());
    object.put("deletable", blob.deletable());
  }
}
