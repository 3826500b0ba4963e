package io.redstuff.message;

import java.util.Objects;

/**
 * The kinds of messages, in the order of their numbers, the first byte of each message.
 *
 * @since 0.1.0
 */
public enum IntentType {
  /** 0: a node shows, when it registers, that it has the secret key. */
  PROOF_OF_POSSESSION(0, ProofOfPossession.class),
  /** 1: a node stores its slivers of a blob. */
  BLOB_CONFIRMATION(1, BlobConfirmation.class),
  /** 2: a node has seen that a blob was encoded inconsistently. */
  INVALID_BLOB_ID(2, InvalidBlobId.class),
  /** 3: a node asks another for the slivers of a shard. */
  SYNC_SHARD(3, SyncShardRequest.class),
  /** 4: a node's list of blobs that it will not serve has changed. */
  DENY_LIST_UPDATE(4, DenyListUpdate.class),
  /** 5: a node has deleted a blob that is on its deny list. */
  DENY_LIST_BLOB_DELETED(5, DenyListBlobDeleted.class),
  /** 6: a node is ready for a version of the protocol. */
  PROTOCOL_VERSION(6, ProtocolVersion.class);

  private static final IntentType[] BY_NUMBER = values();

  private final int number;
  private final Class<? extends ProtocolMessage> message;

  IntentType(int number, Class<? extends ProtocolMessage> message) {
    this.number = number;
    this.message = message;
  }

  /** {@return the number of the kind, from 0 to 6} */
  public int number() {
    return number;
  }

  /** {@return how many kinds there are} */
  public static int count() {
    return BY_NUMBER.length;
  }

  /**
   * Returns the kind with a number.
   *
   * @param number the number
   * @return the kind
   * @throws IndexOutOfBoundsException if the number is not from 0 to 6
   */
  public static IntentType ofNumber(int number) {
    return BY_NUMBER[Objects.checkIndex(number, BY_NUMBER.length)];
  }

  /** {@return the class of the messages of this kind} */
  public Class<? extends ProtocolMessage> message() {
    return message;
  }
}
