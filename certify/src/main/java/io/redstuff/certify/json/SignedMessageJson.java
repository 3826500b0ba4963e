package io.redstuff.certify.json;

import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.certify.bls.PublicKey;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.internal.json.JsonFields;
import io.redstuff.message.ProtocolMessage;
import io.redstuff.message.SignatureBytes;
import io.redstuff.message.SignedMessage;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a node has signed, as it answers: {@code serializedMessage} and {@code signature}, both in
 * base64. The answer's wrapping ({@code success}, {@code data}, {@code signed}) may be around it.
 *
 * <p>Nothing in this form says whose signature it is. Ours may say so, in {@code publicKey}; others
 * pass over that. It is a claim, like the rest.
 *
 * @param signed the message with its signature, not checked
 * @param signer whose it is said to be, if that is said
 * @since 0.1.0
 */
public record SignedMessageJson(SignedMessage<ProtocolMessage> signed, Optional<PublicKey> signer) {
  private static final String WHAT = "signed message";

  /** Checks that both are there. */
  public SignedMessageJson {
    Objects.requireNonNull(signed, "signed");
    Objects.requireNonNull(signer, "signer");
  }

  /**
   * Reads a signed message.
   *
   * @param json all of the text, UTF-8
   * @param engine for the key
   * @return the message
   * @throws MalformedDataException if it is not JSON of this form, or the message is not canonical
   * @throws VerificationException if the key is none
   */
  public static SignedMessageJson parse(byte[] json, BlsEngine engine)
      throws MalformedDataException, VerificationException {
    JsonFields fields = JsonFields.parse(WHAT, json);
    for (String around : new String[] {"success", "data", "signed"}) {
      fields = fields.object(around).orElse(fields);
    }
    ProtocolMessage message = ProtocolMessage.parse(fields.base64("serializedMessage"));
    SignatureBytes signature = CertificateJson.signature(fields);
    Optional<PublicKey> signer =
        fields.has("publicKey")
            ? Optional.of(engine.publicKey(fields.base64("publicKey")))
            : Optional.empty();
    return new SignedMessageJson(new SignedMessage<>(message, signature), signer);
  }

  /**
   * Returns the text.
   *
   * @return JSON in lines, UTF-8
   */
  public byte[] toJson() {
    Base64.Encoder base64 = Base64.getEncoder();
    ObjectNode root = JsonFields.newObject();
    root.put("serializedMessage", base64.encodeToString(signed.message().toBcs()))
        .put("signature", base64.encodeToString(signed.signature().toBytes()));
    signer.ifPresent(key -> root.put("publicKey", base64.encodeToString(key.toBytes())));
    return JsonFields.write(root);
  }
}
