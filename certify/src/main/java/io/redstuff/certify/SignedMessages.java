package io.redstuff.certify;

import io.redstuff.SuiAddress;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.certify.bls.PublicKey;
import io.redstuff.error.RedStuffException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import io.redstuff.message.ProofOfPossession;
import io.redstuff.message.ProtocolMessage;
import io.redstuff.message.SignedMessage;
import java.util.Objects;

/**
 * Checks what a single node has signed. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class SignedMessages {
  private final BlsEngine engine;

  /**
   * Checks with an engine.
   *
   * @param engine computes
   */
  public SignedMessages(BlsEngine engine) {
    this.engine = Objects.requireNonNull(engine, "engine");
  }

  /**
   * Checks that a message is a node's: returns its content if so.
   *
   * @param signed the message with its signature
   * @param key the node's public key
   * @param <M> the kind of message
   * @return the message
   * @throws RedStuffException if the signature is no point or not that of the key for the message
   */
  public <M extends ProtocolMessage> M verify(SignedMessage<M> signed, PublicKey key)
      throws RedStuffException {
    engine.verify(key, signed.message().toBcs(), engine.signature(signed.signature().toBytes()));
    return signed.message();
  }

  /**
   * Checks a proof of possession: returns the key if its owner knows the secret.
   *
   * @param proof the proof, which names the key
   * @param address who sends the registration
   * @param epoch the epoch at registration
   * @return the key
   * @throws RedStuffException if key or signature are no points, the signature is another's, or the
   *     proof was made for another address or epoch
   */
  public PublicKey verifyPossession(
      SignedMessage<ProofOfPossession> proof, SuiAddress address, long epoch)
      throws RedStuffException {
    ProofOfPossession message = proof.message();
    checkEpoch(message.epoch(), epoch);
    if (!message.address().equals(address)) {
      throw new VerificationException(
          Reason.WRONG_MESSAGE,
          "address: got %s, expected %s".formatted(message.address(), address));
    }
    PublicKey key = engine.publicKey(message.publicKey().toBytes());
    verify(proof, key);
    return key;
  }

  static void checkEpoch(long got, long expected) throws VerificationException {
    if (got != expected) {
      throw new VerificationException(
          Reason.WRONG_EPOCH, "epoch: got %s, expected %s".formatted(got, expected));
    }
  }
}
