package io.redstuff.message;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.ObjectId;
import io.redstuff.ShardIndex;
import io.redstuff.SuiAddress;
import io.redstuff.U256;
import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import java.lang.foreign.MemorySegment;

/** The bytes of all messages. */
final class MessageBcs {
  private static final int VERSION = 0;
  private static final int STORAGE_APP = 3;

  /** The only version of sync requests, V1. */
  private static final int SYNC_VARIANT = 0;

  private MessageBcs() {}

  /** Reads all of {@code bcs} as a message of a class. */
  static <M extends ProtocolMessage> M parse(Class<M> type, MemorySegment bcs)
      throws MalformedDataException {
    return BcsReader.parse(bcs, "message", in -> read(type, in));
  }

  /** Reads a byte string that is a message of a class. */
  static <M extends ProtocolMessage> M readBytes(Class<M> type, BcsReader in)
      throws MalformedDataException {
    return in.nested("message", inner -> read(type, inner));
  }

  private static <M extends ProtocolMessage> M read(Class<M> type, BcsReader in)
      throws MalformedDataException {
    long start = in.position();
    int number = number(in, "intent type", 0, IntentType.count() - 1);
    IntentType intent = IntentType.ofNumber(number);
    if (!type.isAssignableFrom(intent.message())) {
      throw new MalformedDataException(
          start, "message: got a %s, expected a %s".formatted(name(intent.message()), name(type)));
    }
    number(in, "intent version", VERSION, VERSION);
    number(in, "app id", STORAGE_APP, STORAGE_APP);
    return type.cast(readBody(intent, in.u32("epoch"), in));
  }

  private static String name(Class<?> type) {
    return type.getSimpleName();
  }

  private static int number(BcsReader in, String what, int least, int most)
      throws MalformedDataException {
    long start = in.position();
    int number = in.u8(what);
    if (number < least || number > most) {
      String expected = least == most ? "" + least : least + " to " + most;
      throw new MalformedDataException(start, what + ": got " + number + ", expected " + expected);
    }
    return number;
  }

  private static ProtocolMessage readBody(IntentType intent, long epoch, BcsReader in)
      throws MalformedDataException {
    return switch (intent) {
      case PROOF_OF_POSSESSION ->
          new ProofOfPossession(
              epoch,
              SuiAddress.of(in.array("address", SuiAddress.BYTES)),
              PublicKeyBytes.of(in.array("public key", PublicKeyBytes.BYTES)));
      case BLOB_CONFIRMATION -> new BlobConfirmation(epoch, blobId(in), persistence(in));
      case INVALID_BLOB_ID -> new InvalidBlobId(epoch, blobId(in));
      case SYNC_SHARD -> {
        in.variant("sync shard request", SYNC_VARIANT + 1);
        yield new SyncShardRequest(
            epoch,
            ShardIndex.of(in.u16("shard index")),
            Axis.ofVariant(in.variant("axis", Axis.values().length)),
            blobId(in),
            in.u64("sliver count"),
            in.u32("epoch of the request"));
      }
      case DENY_LIST_UPDATE ->
          new DenyListUpdate(
              epoch,
              objectId(in, "node id"),
              in.u64("sequence number"),
              in.u64("size"),
              U256.of(in.array("root", U256.BYTES)));
      case DENY_LIST_BLOB_DELETED -> new DenyListBlobDeleted(epoch, blobId(in));
      case PROTOCOL_VERSION ->
          new ProtocolVersion(epoch, in.u32("start epoch"), in.u64("protocol version"));
    };
  }

  private static BlobId blobId(BcsReader in) throws MalformedDataException {
    return BlobId.of(in.array("blob id", BlobId.BYTES));
  }

  private static ObjectId objectId(BcsReader in, String what) throws MalformedDataException {
    return ObjectId.of(in.array(what, ObjectId.BYTES));
  }

  private static BlobPersistence persistence(BcsReader in) throws MalformedDataException {
    return in.variant("persistence", 2) == 0
        ? BlobPersistence.PERMANENT
        : BlobPersistence.deletable(objectId(in, "object id"));
  }

  /** Writes a message. */
  static void write(ProtocolMessage message, BcsWriter out) {
    out.u8(message.type().number()).u8(VERSION).u8(STORAGE_APP).u32(message.epoch());
    switch (message) {
      case ProofOfPossession m -> out.fixed(m.address().toBytes()).fixed(m.publicKey().toBytes());
      case BlobConfirmation m -> {
        out.fixed(m.blobId().toBytes());
        switch (m.persistence()) {
          case BlobPersistence.Permanent p -> out.variant(0);
          case BlobPersistence.Deletable p -> out.variant(1).fixed(p.objectId().toBytes());
        }
      }
      case InvalidBlobId m -> out.fixed(m.blobId().toBytes());
      case SyncShardRequest m ->
          out.variant(SYNC_VARIANT)
              .u16(m.shard().value())
              .variant(m.axis().variant())
              .fixed(m.startingBlobId().toBytes())
              .u64(m.sliverCount())
              .u32(m.requestEpoch());
      case DenyListUpdate m ->
          out.fixed(m.nodeId().toBytes())
              .u64(m.sequenceNumber())
              .u64(m.size())
              .fixed(m.root().toBytes());
      case DenyListBlobDeleted m -> out.fixed(m.blobId().toBytes());
      case ProtocolVersion m -> out.u32(m.startEpoch()).u64(m.protocolVersion());
    }
  }
}
