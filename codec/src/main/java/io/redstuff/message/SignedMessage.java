package io.redstuff.message;

import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * A message with the signature of one node, of which nothing is checked. On the wire: the message
 * as a byte string, with its length, then the 96 bytes of the signature without.
 *
 * @param message what was signed, in its wire form
 * @param signature the signature
 * @param <M> the kind of message
 * @since 0.1.0
 */
public record SignedMessage<M extends ProtocolMessage>(M message, SignatureBytes signature) {
  private static final String WHAT = "signed message";

  /**
   * Puts the two together.
   *
   * @throws NullPointerException if one is null
   */
  public SignedMessage {
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(signature, "signature");
  }

  /**
   * Reads the wire form of a signed message of any kind.
   *
   * @param bcs the whole encoding; copied
   * @return the message with its signature
   * @throws MalformedDataException if it is not canonical BCS of a signed message
   */
  public static SignedMessage<ProtocolMessage> parse(byte[] bcs) throws MalformedDataException {
    return parse(ProtocolMessage.class, bcs);
  }

  /**
   * Reads the wire form of a signed message of one kind.
   *
   * @param type the class of the kind, or {@link ProtocolMessage} for any
   * @param bcs the whole encoding; copied
   * @param <M> the class of the kind
   * @return the message with its signature
   * @throws MalformedDataException if the message is of another kind, or it is not canonical BCS of
   *     a signed message
   */
  public static <M extends ProtocolMessage> SignedMessage<M> parse(Class<M> type, byte[] bcs)
      throws MalformedDataException {
    return BcsReader.parse(
        MemorySegment.ofArray(bcs),
        WHAT,
        in ->
            new SignedMessage<>(
                MessageBcs.readBytes(type, in),
                SignatureBytes.of(in.array("signature", SignatureBytes.BYTES))));
  }

  /** {@return the wire form, canonical BCS} */
  public byte[] toBcs() {
    byte[] serialized = message.toBcs();
    return BcsWriter.toBytes(
        out -> out.bytes(MemorySegment.ofArray(serialized)).fixed(signature.toBytes()));
  }
}
