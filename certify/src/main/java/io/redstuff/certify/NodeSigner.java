package io.redstuff.certify;

import io.redstuff.SuiAddress;
import io.redstuff.audit.AuditTranscript;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.certify.bls.PublicKey;
import io.redstuff.certify.bls.SecretKey;
import io.redstuff.message.BlobConfirmation;
import io.redstuff.message.BlobPersistence;
import io.redstuff.message.InvalidBlobId;
import io.redstuff.message.ProofOfPossession;
import io.redstuff.message.ProtocolMessage;
import io.redstuff.message.PublicKeyBytes;
import io.redstuff.message.SignatureBytes;
import io.redstuff.message.SignedMessage;
import java.util.Objects;

/**
 * Signs as a storage node. What a node must have checked before it signs is in the types that these
 * methods take. Thread-safe; usable until the key is closed.
 *
 * @since 0.1.0
 */
public final class NodeSigner {
  private final BlsEngine engine;
  private final SecretKey secret;
  private final PublicKey key;

  /**
   * Signs with a key.
   *
   * @param engine computes
   * @param secret the key; it stays the caller's, to be closed
   * @throws IllegalStateException if the key was closed
   */
  public NodeSigner(BlsEngine engine, SecretKey secret) {
    this.engine = Objects.requireNonNull(engine, "engine");
    this.secret = Objects.requireNonNull(secret, "secret");
    this.key = engine.publicKey(secret);
  }

  /** {@return the public key} */
  public PublicKey key() {
    return key;
  }

  /**
   * Confirms that the node has its slivers of a blob. That the blob is registered on the chain, as
   * what is said here, is for the caller to know.
   *
   * @param slivers the slivers, checked
   * @param epoch the epoch of the node's committee, from 0 to 2^32 - 1
   * @param persistence how the blob was registered
   * @return the confirmation
   * @throws IllegalArgumentException if the epoch is none
   */
  public SignedMessage<BlobConfirmation> confirm(
      HeldSlivers slivers, long epoch, BlobPersistence persistence) {
    return sign(new BlobConfirmation(epoch, slivers.blobId(), persistence));
  }

  /**
   * Calls a blob invalid.
   *
   * @param proven the blob, and the proof that was checked
   * @param epoch the epoch of the node's committee, from 0 to 2^32 - 1
   * @return the attestation
   * @throws IllegalArgumentException if the epoch is none
   */
  public SignedMessage<InvalidBlobId> callInvalid(ProvenInconsistency proven, long epoch) {
    return sign(new InvalidBlobId(epoch, proven.blobId()));
  }

  /**
   * Shows that the node knows the secret of its public key, which it registers with.
   *
   * @param address who sends the registration
   * @param epoch the epoch at registration, from 0 to 2^32 - 1
   * @return the proof of possession
   * @throws IllegalArgumentException if the epoch is none
   */
  public SignedMessage<ProofOfPossession> provePossession(SuiAddress address, long epoch) {
    return sign(new ProofOfPossession(epoch, address, PublicKeyBytes.of(key.toBytes())));
  }

  /**
   * Signs any message. Nothing is checked: for the kinds above the methods above do that.
   *
   * @param message what to sign
   * @param <M> the kind of message
   * @return the message with its signature
   */
  public <M extends ProtocolMessage> SignedMessage<M> sign(M message) {
    return new SignedMessage<>(message, signature(message.toBcs()));
  }

  /**
   * Signs the answers of an audit: they are the node's, whatever they are worth.
   *
   * @param transcript the answers, signed or not
   * @return the same answers with this signer's signature
   */
  public AuditTranscript sign(AuditTranscript transcript) {
    return transcript.withSignature(signature(transcript.signedBytes()));
  }

  private SignatureBytes signature(byte[] message) {
    return SignatureBytes.of(engine.sign(secret, message).toBytes());
  }

  /** {@return the public key and nothing else} */
  @Override
  public String toString() {
    return "signer with public key " + key;
  }
}
