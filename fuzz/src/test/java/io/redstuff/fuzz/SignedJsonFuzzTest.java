package io.redstuff.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.redstuff.audit.Beacon;
import io.redstuff.certify.Committee;
import io.redstuff.certify.DrandChain;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.certify.json.CertificateJson;
import io.redstuff.certify.json.CommitteeJson;
import io.redstuff.certify.json.DrandJson;
import io.redstuff.certify.json.SignedMessageJson;
import io.redstuff.error.RedStuffException;
import io.redstuff.message.Certificate;
import io.redstuff.message.ProtocolMessage;

/**
 * Any bytes read as JSON of committees, confirmations, certificates and beacons: refused by one of
 * our exceptions, or read, and then written and read again as the same.
 */
class SignedJsonFuzzTest {
  private static final BlsEngine ENGINE = BlsEngine.bouncyCastle();

  @FuzzTest
  void committee(byte[] bytes) throws RedStuffException {
    Committee committee;
    try {
      committee = CommitteeJson.parse(bytes, ENGINE);
    } catch (RedStuffException e) {
      return;
    }
    assertEquals(committee, CommitteeJson.parse(CommitteeJson.write(committee), ENGINE));
  }

  @FuzzTest
  void certificate(byte[] bytes) throws RedStuffException {
    Certificate<ProtocolMessage> certificate;
    try {
      certificate = CertificateJson.parse(bytes);
    } catch (RedStuffException e) {
      return;
    }
    assertEquals(certificate, CertificateJson.parse(CertificateJson.write(certificate)));
  }

  @FuzzTest
  void signedMessage(byte[] bytes) throws RedStuffException {
    SignedMessageJson message;
    try {
      message = SignedMessageJson.parse(bytes, ENGINE);
    } catch (RedStuffException e) {
      return;
    }
    assertEquals(message, SignedMessageJson.parse(message.toJson(), ENGINE));
  }

  @FuzzTest
  void drand(byte[] bytes) throws RedStuffException {
    Beacon.Drand round;
    try {
      round = DrandJson.parse(bytes, DrandChain.quicknet());
    } catch (RedStuffException e) {
      return;
    }
    assertEquals(round, DrandJson.parse(DrandJson.write(round), DrandChain.quicknet()));
  }
}
