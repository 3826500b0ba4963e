package io.redstuff.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.redstuff.message.Certificate;
import io.redstuff.message.CertificateForm;
import io.redstuff.message.ProtocolMessage;
import io.redstuff.message.SignedMessage;

/**
 * Any bytes read as a message, a signed message and a certificate in both forms: what holds is said
 * at {@link ParserCheck}.
 */
class MessageFuzzTest {
  /** A signer of two bytes becomes an object in a list. */
  private static final int LIST = 48;

  @FuzzTest
  void parse(byte[] bytes) {
    ParserCheck.check(bytes, ProtocolMessage::parse, ProtocolMessage::toBcs, ParserCheck.FEW);
    ParserCheck.check(bytes, SignedMessage::parse, SignedMessage::toBcs, ParserCheck.FEW);
    for (CertificateForm form : CertificateForm.values()) {
      ParserCheck.check(
          bytes,
          b -> Certificate.parse(ProtocolMessage.class, form, b),
          certificate -> certificate.toBcs(form),
          LIST);
    }
  }
}
