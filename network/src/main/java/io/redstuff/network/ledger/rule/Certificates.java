package io.redstuff.network.ledger.rule;

import static io.redstuff.network.ledger.rule.Execution.demand;

import io.redstuff.certify.CertificateVerifier;
import io.redstuff.certify.Committee;
import io.redstuff.chain.SignersBitmap;
import io.redstuff.error.InsufficientDataException;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.RedStuffException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.message.Certificate;
import io.redstuff.message.IntentType;
import io.redstuff.message.ProtocolMessage;
import io.redstuff.message.Quorum;
import io.redstuff.message.SignatureBytes;
import io.redstuff.network.ledger.Abort;
import io.redstuff.network.ledger.LedgerException;
import java.util.List;

/**
 * Certificates as calls carry them: three arguments, signature, bitmap and message. What is refused
 * is what the contract refuses, but for two things that it lets pass: bytes after a message, and a
 * signature that is not compressed.
 *
 * <p>The contract looks at the signature first and at the message after it. Here it is the other
 * way round, since a pairing takes long; so of two faults another one may be named.
 */
final class Certificates {
  private static final int INTENT_VERSION = 0;
  private static final int APPLICATION = 3;

  private Certificates() {}

  /** Takes a certificate and returns what enough nodes have signed. */
  static <M extends ProtocolMessage> M take(
      Arguments in, IntentType type, Class<M> kind, Quorum quorum) throws LedgerException {
    byte[] signature = in.bytes("signature");
    byte[] bitmap = in.bytes("signers_bitmap");
    byte[] bytes = in.bytes("message");
    in.end();
    LedgerState state = in.execution().state();
    checkHeader(bytes, type, state.system().epoch());
    M message = parse(bytes, kind);
    try {
      demand(
          state.committee().shards() > 0, Abort.NOT_ENOUGH_STAKE, "got no committee, expected one");
      Committee committee = state.verifyingCommittee();
      List<Integer> signers = signers(bitmap, committee.members().size());
      demand(
          signature.length == SignatureBytes.BYTES,
          Abort.SIG_VERIFICATION,
          "signature: got %s bytes, expected %s",
          signature.length,
          SignatureBytes.BYTES);
      return new CertificateVerifier(committee, state.engine())
          .verifyMessage(new Certificate<>(signers, message, SignatureBytes.of(signature)), quorum);
    } catch (InsufficientDataException e) {
      throw new LedgerException(Abort.NOT_ENOUGH_STAKE, e.getMessage());
    } catch (RedStuffException e) {
      throw new LedgerException(Abort.SIG_VERIFICATION, e.getMessage());
    }
  }

  private static List<Integer> signers(byte[] bitmap, int members) throws LedgerException {
    try {
      return SignersBitmap.parse(bitmap, members);
    } catch (MalformedDataException e) {
      throw new LedgerException(Abort.INVALID_BITMAP, e.getMessage());
    }
  }

  private static void checkHeader(byte[] message, IntentType type, long epoch)
      throws LedgerException {
    try {
      BcsReader in = new BcsReader(message);
      check(Abort.INVALID_MSG_TYPE, "kind", in.u8("kind"), type.number());
      check(Abort.INCORRECT_INTENT_VERSION, "version", in.u8("version"), INTENT_VERSION);
      check(Abort.INCORRECT_APP_ID, "application", in.u8("application"), APPLICATION);
      check(Abort.INCORRECT_EPOCH, "epoch", in.u32("epoch"), epoch);
    } catch (MalformedDataException e) {
      throw new LedgerException(Abort.INVALID_ARGUMENT, e.getMessage());
    }
  }

  private static void check(Abort abort, String what, long got, long expected)
      throws LedgerException {
    demand(got == expected, abort, "%s of the message: got %s, expected %s", what, got, expected);
  }

  private static <M extends ProtocolMessage> M parse(byte[] bytes, Class<M> kind)
      throws LedgerException {
    try {
      return ProtocolMessage.parse(kind, bytes);
    } catch (MalformedDataException e) {
      throw new LedgerException(Abort.INVALID_ARGUMENT, e.getMessage());
    }
  }
}
