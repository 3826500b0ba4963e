package io.redstuff.message;

import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A message with the sum of the signatures of several members of a committee, of which nothing is
 * checked: neither the signature, nor the weight of its signers, nor that they are distinct and
 * members at all.
 *
 * <p>On the wire: vector of u16 signers, the message as a byte string, then the 96 bytes of the
 * signature, with or without their length as {@link CertificateForm} says.
 *
 * @param signers the positions of the signers in the committee, each from 0 to 65535, in the order
 *     in which they are written
 * @param message what was signed, in its wire form
 * @param signature the sum of the signatures
 * @param <M> the kind of message
 * @since 0.1.0
 */
public record Certificate<M extends ProtocolMessage>(
    List<Integer> signers, M message, SignatureBytes signature) {

  private static final String WHAT = "certificate";
  private static final int SIGNER_LIMIT = 1 << 16;

  /**
   * Puts the parts together.
   *
   * @throws IndexOutOfBoundsException if a position does not fit 16 bits
   */
  public Certificate {
    signers = List.copyOf(signers);
    for (int signer : signers) {
      Objects.checkIndex(signer, SIGNER_LIMIT);
    }
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(signature, "signature");
  }

  /**
   * Reads a certificate of any kind of message, in either form: the bytes tell which, since no
   * signature begins with its own length.
   *
   * @param bcs the whole encoding; copied
   * @return the certificate
   * @throws MalformedDataException if it is not canonical BCS of a certificate
   */
  public static Certificate<ProtocolMessage> parse(byte[] bcs) throws MalformedDataException {
    return parse(ProtocolMessage.class, bcs);
  }

  /**
   * Reads a certificate of one kind of message, in either form: the bytes tell which, since no
   * signature begins with its own length.
   *
   * @param type the class of the kind, or {@link ProtocolMessage} for any
   * @param bcs the whole encoding; copied
   * @param <M> the class of the kind
   * @return the certificate
   * @throws MalformedDataException if the message is of another kind, or it is not canonical BCS of
   *     a certificate
   */
  public static <M extends ProtocolMessage> Certificate<M> parse(Class<M> type, byte[] bcs)
      throws MalformedDataException {
    return BcsReader.parse(
        MemorySegment.ofArray(bcs),
        WHAT,
        in -> {
          List<Integer> signers = readSigners(in);
          M message = MessageBcs.readBytes(type, in);
          // A compressed point begins with its highest bit set and a length of 96 does not, so that
          // none of the two is taken for the other, even if it was cut.
          boolean lengthFirst = in.peek("signature") == SignatureBytes.BYTES;
          return new Certificate<>(signers, message, readSignature(in, lengthFirst));
        });
  }

  /**
   * Reads a certificate of one kind of message, in one form.
   *
   * @param type the class of the kind, or {@link ProtocolMessage} for any
   * @param form how it is written
   * @param bcs the whole encoding; copied
   * @param <M> the class of the kind
   * @return the certificate
   * @throws MalformedDataException if the message is of another kind, or it is not canonical BCS of
   *     a certificate in this form
   */
  public static <M extends ProtocolMessage> Certificate<M> parse(
      Class<M> type, CertificateForm form, byte[] bcs) throws MalformedDataException {
    boolean lengthFirst = Objects.requireNonNull(form, "form") == CertificateForm.TYPESCRIPT;
    return BcsReader.parse(
        MemorySegment.ofArray(bcs),
        WHAT,
        in ->
            new Certificate<>(
                readSigners(in), MessageBcs.readBytes(type, in), readSignature(in, lengthFirst)));
  }

  private static List<Integer> readSigners(BcsReader in) throws MalformedDataException {
    long count = in.count("signers", Short.BYTES);
    List<Integer> signers = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      signers.add(in.u16("signer"));
    }
    return signers;
  }

  private static SignatureBytes readSignature(BcsReader in, boolean lengthFirst)
      throws MalformedDataException {
    if (lengthFirst) {
      long start = in.position();
      long length = in.count("signature", 1);
      if (length != SignatureBytes.BYTES) {
        throw new MalformedDataException(
            start, "signature: got " + length + " bytes, expected " + SignatureBytes.BYTES);
      }
    }
    return SignatureBytes.of(in.array("signature", SignatureBytes.BYTES));
  }

  /**
   * Returns the wire form.
   *
   * @param form how it is written
   * @return canonical BCS
   */
  public byte[] toBcs(CertificateForm form) {
    Objects.requireNonNull(form, "form");
    byte[] serialized = message.toBcs();
    return BcsWriter.toBytes(
        out -> {
          out.count(signers.size());
          signers.forEach(out::u16);
          out.bytes(MemorySegment.ofArray(serialized));
          if (form == CertificateForm.TYPESCRIPT) {
            out.count(SignatureBytes.BYTES);
          }
          out.fixed(signature.toBytes());
        });
  }
}
