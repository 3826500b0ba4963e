package io.redstuff.message;

import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsWriter;
import java.lang.foreign.MemorySegment;

/**
 * What a storage node signs.
 *
 * <p>On the wire: u8 kind, u8 version (0), u8 application (3, storage), u32 epoch, then the fields
 * of the kind, all little-endian and without a length. There is one form of each message, and it is
 * what is signed.
 *
 * @since 0.1.0
 */
public sealed interface ProtocolMessage
    permits BlobConfirmation,
        DenyListBlobDeleted,
        DenyListUpdate,
        InvalidBlobId,
        ProofOfPossession,
        ProtocolVersion,
        SyncShardRequest {

  /**
   * Returns the epoch of the committee that the signer acts in.
   *
   * @return the epoch, from 0 to 2^32 - 1
   */
  long epoch();

  /** {@return the kind of this message} */
  IntentType type();

  /**
   * Reads a message of any kind.
   *
   * @param bcs the whole encoding; copied
   * @return the message
   * @throws MalformedDataException if it is not the canonical encoding of a message of a known
   *     kind, version 0 and application 3, or something follows it
   */
  static ProtocolMessage parse(byte[] bcs) throws MalformedDataException {
    return parse(ProtocolMessage.class, bcs);
  }

  /**
   * Reads a message of one kind.
   *
   * @param type the class of the kind, or this interface for any
   * @param bcs the whole encoding; copied
   * @param <M> the class of the kind
   * @return the message
   * @throws MalformedDataException if it is of another kind, or is refused by {@link
   *     #parse(byte[])}
   */
  static <M extends ProtocolMessage> M parse(Class<M> type, byte[] bcs)
      throws MalformedDataException {
    return MessageBcs.parse(type, MemorySegment.ofArray(bcs));
  }

  /** {@return the wire form, which is what is signed} */
  default byte[] toBcs() {
    return BcsWriter.toBytes(out -> MessageBcs.write(this, out));
  }
}
