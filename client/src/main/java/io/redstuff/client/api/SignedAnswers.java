package io.redstuff.client.api;

import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.json.JsonFields;
import io.redstuff.message.BlobConfirmation;
import io.redstuff.message.InvalidBlobId;
import io.redstuff.message.ProtocolMessage;
import io.redstuff.message.SignatureBytes;
import io.redstuff.message.SignedMessage;
import java.util.Base64;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a node has signed, as it answers in JSON: {@code serializedMessage} and {@code signature} in
 * base64, a confirmation in {@code signed}. No signature is looked at here.
 *
 * @since 0.1.0
 */
public final class SignedAnswers {
  private static final String SIGNED = "signed";
  private static final String MESSAGE = "serializedMessage";
  private static final String SIGNATURE = "signature";

  private SignedAnswers() {}

  /**
   * Reads that a node has its slivers of a blob.
   *
   * @param json all of it, UTF-8
   * @return the message with its signature
   * @throws MalformedDataException if it is no such answer
   */
  public static SignedMessage<BlobConfirmation> parseConfirmation(byte[] json)
      throws MalformedDataException {
    return read(BlobConfirmation.class, Envelope.unwrap(json).inner(Envelope.DATA).inner(SIGNED));
  }

  /**
   * Returns the answer that a node has its slivers of a blob.
   *
   * @param confirmation the message with its signature
   * @return JSON, UTF-8
   */
  public static byte[] toJson(SignedMessage<BlobConfirmation> confirmation) {
    return Envelope.wrapObject(data -> write(confirmation, data.putObject(SIGNED)));
  }

  /**
   * Reads that a node has found a blob to be inconsistent.
   *
   * @param json all of it, UTF-8
   * @return the message with its signature
   * @throws MalformedDataException if it is no such answer
   */
  public static SignedMessage<InvalidBlobId> parseInvalid(byte[] json)
      throws MalformedDataException {
    return read(InvalidBlobId.class, Envelope.unwrap(json).inner(Envelope.DATA));
  }

  /**
   * Returns the answer that a node has found a blob to be inconsistent.
   *
   * @param invalid the message with its signature
   * @return JSON, UTF-8
   */
  public static byte[] invalidToJson(SignedMessage<InvalidBlobId> invalid) {
    return Envelope.wrapObject(data -> write(invalid, data));
  }

  private static <M extends ProtocolMessage> SignedMessage<M> read(Class<M> type, JsonFields fields)
      throws MalformedDataException {
    M message = ProtocolMessage.parse(type, fields.base64(MESSAGE));
    byte[] signature = fields.base64(SIGNATURE, SignatureBytes.BYTES);
    return new SignedMessage<>(message, SignatureBytes.of(signature));
  }

  private static void write(SignedMessage<?> signed, ObjectNode fields) {
    Base64.Encoder base64 = Base64.getEncoder();
    fields
        .put(MESSAGE, base64.encodeToString(signed.message().toBcs()))
        .put(SIGNATURE, base64.encodeToString(signed.signature().toBytes()));
  }
}
