package io.redstuff.cli.certify;

import io.redstuff.certify.Committee;
import io.redstuff.certify.CommitteeMember;
import io.redstuff.certify.SignedMessages;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.certify.bls.PublicKey;
import io.redstuff.certify.json.SignedMessageJson;
import io.redstuff.error.RedStuffException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;

/** Finds out whose signature it is. */
final class Signers {
  private Signers() {}

  /**
   * Returns the key that the message names; if it names none, the one among the committee's that
   * verifies it, for which all may have to be tried.
   */
  static PublicKey of(SignedMessageJson message, Committee committee) throws RedStuffException {
    if (message.signer().isPresent()) {
      return message.signer().get();
    }
    SignedMessages messages = new SignedMessages(BlsEngine.preferred());
    for (CommitteeMember member : committee.members()) {
      try {
        messages.verify(message.signed(), member.key());
        return member.key();
      } catch (VerificationException e) {
        if (e.reason() != Reason.BAD_SIGNATURE) {
          throw e;
        }
      }
    }
    throw new VerificationException(
        Reason.BAD_SIGNATURE, "signature: got one of no member of the committee");
  }
}
