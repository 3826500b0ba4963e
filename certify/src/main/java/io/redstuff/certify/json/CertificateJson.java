package io.redstuff.certify.json;

import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.json.JsonFields;
import io.redstuff.message.Certificate;
import io.redstuff.message.ProtocolMessage;
import io.redstuff.message.SignatureBytes;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A certificate as upload relays send it: {@code signers} and {@code serialized_message} as lists
 * of numbers, {@code signature} in base64. A relay's whole answer, with {@code
 * confirmation_certificate} in it, is read too.
 *
 * @since 0.1.0
 */
public final class CertificateJson {
  private static final String WHAT = "certificate";
  private static final int MAX_U16 = 0xffff;
  private static final int MAX_U8 = 0xff;

  private CertificateJson() {}

  /**
   * Reads a certificate.
   *
   * @param json all of the text, UTF-8
   * @return the certificate, of which nothing is checked
   * @throws MalformedDataException if it is not JSON of this form, or the message is not canonical
   */
  public static Certificate<ProtocolMessage> parse(byte[] json) throws MalformedDataException {
    JsonFields whole = JsonFields.parse(WHAT, json);
    JsonFields fields = whole.object("confirmation_certificate").orElse(whole);
    List<Integer> signers = fields.numbers("signers", MAX_U16);
    List<Integer> numbers = fields.numbers("serialized_message", MAX_U8);
    byte[] message = new byte[numbers.size()];
    for (int i = 0; i < message.length; i++) {
      message[i] = numbers.get(i).byteValue();
    }
    return new Certificate<>(signers, ProtocolMessage.parse(message), signature(fields));
  }

  static SignatureBytes signature(JsonFields fields) throws MalformedDataException {
    return SignatureBytes.of(fields.base64("signature", SignatureBytes.BYTES));
  }

  /**
   * Writes a certificate.
   *
   * @param certificate the certificate
   * @return JSON in lines, UTF-8
   */
  public static byte[] write(Certificate<?> certificate) {
    ObjectNode root = JsonFields.newObject();
    ArrayNode signers = root.putArray("signers");
    certificate.signers().forEach(signers::add);
    ArrayNode message = root.putArray("serialized_message");
    for (byte b : certificate.message().toBcs()) {
      message.add(Byte.toUnsignedInt(b));
    }
    root.put("signature", Base64.getEncoder().encodeToString(certificate.signature().toBytes()));
    return JsonFields.write(root);
  }
}
