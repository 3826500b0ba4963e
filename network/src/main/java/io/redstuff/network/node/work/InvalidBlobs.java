package io.redstuff.network.node.work;

import io.redstuff.BlobId;
import io.redstuff.ObjectId;
import io.redstuff.certify.Committee;
import io.redstuff.certify.ConfirmationCollector;
import io.redstuff.certify.ProvenInconsistency;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.chain.SystemCalls;
import io.redstuff.client.node.NodeException;
import io.redstuff.client.node.StorageNodeClient;
import io.redstuff.error.RedStuffException;
import io.redstuff.message.Certificate;
import io.redstuff.message.InvalidBlobId;
import io.redstuff.network.ledger.AccountSession;
import io.redstuff.network.ledger.LedgerException;
import io.redstuff.network.ledger.transaction.Call;
import io.redstuff.network.node.chain.Duties;
import io.redstuff.network.node.service.KeptBlobs;
import io.redstuff.proof.InconsistencyProof;
import io.redstuff.proof.VerifiedMetadata;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Has a blob marked as invalid on the ledger: shows the proof to other nodes until so many have
 * signed that one of them must be honest, and sends that. The proof is kept until it is done.
 *
 * @since 0.1.0
 */
public final class InvalidBlobs {
  private static final System.Logger LOG = System.getLogger(InvalidBlobs.class.getName());

  private final KeptBlobs blobs;
  private final Peers peers;
  private final Healer healer;
  private final AccountSession account;
  private final BlsEngine engine;

  /**
   * Works for a node.
   *
   * @param blobs what it keeps
   * @param peers the other nodes
   * @param healer fetches metadata
   * @param account sends to the ledger
   * @param engine verifies what other nodes sign
   */
  public InvalidBlobs(
      KeptBlobs blobs, Peers peers, Healer healer, AccountSession account, BlsEngine engine) {
    this.blobs = Objects.requireNonNull(blobs, "blobs");
    this.peers = Objects.requireNonNull(peers, "peers");
    this.healer = Objects.requireNonNull(healer, "healer");
    this.account = Objects.requireNonNull(account, "account");
    this.engine = Objects.requireNonNull(engine, "engine");
  }

  /**
   * Has a blob marked as invalid, by the proof that is kept of it.
   *
   * @param blob the blob
   * @return whether it is marked, or need not be
   * @throws IOException if the store fails
   * @throws InterruptedException if the thread was interrupted
   */
  public boolean invalidate(BlobId blob) throws IOException, InterruptedException {
    if (!blobs.chain().ledger().blob(blob).isAvailable()) {
      blobs.store().removeProof(blob);
      return true;
    }
    Optional<byte[]> bcs = blobs.store().proof(blob);
    Duties duties = blobs.chain().duties();
    Optional<VerifiedMetadata> metadata = healer.metadata(blob, duties);
    if (bcs.isEmpty() || metadata.isEmpty()) {
      return bcs.isEmpty();
    }
    try {
      InconsistencyProof proof = InconsistencyProof.parse(bcs.get());
      ProvenInconsistency proven = ProvenInconsistency.check(blobs.codec(), metadata.get(), proof);
      Optional<Certificate<InvalidBlobId>> certificate = collect(proven, duties);
      return certificate.isPresent() && send(certificate.get(), duties);
    } catch (RedStuffException e) {
      LOG.log(Level.WARNING, "proof of {0}: {1}", blob, e.getMessage());
      blobs.store().removeProof(blob);
      return true;
    }
  }

  private Optional<Certificate<InvalidBlobId>> collect(ProvenInconsistency proven, Duties duties)
      throws RedStuffException, InterruptedException {
    Committee committee = duties.committee().toCommittee(engine);
    ConfirmationCollector<InvalidBlobId> collector =
        ConfirmationCollector.of(committee, engine, proven);
    if (duties.committee().contains(duties.node())) {
      collector.add(blobs.signer().key(), blobs.signer().callInvalid(proven, duties.epoch()));
    }
    List<ObjectId> order = peers.inOrder(duties.committee().keys().keySet());
    for (ObjectId node : order) {
      Optional<StorageNodeClient> client = peers.client(node);
      if (!collector.isComplete() && client.isPresent()) {
        try {
          collector.add(
              engine.publicKey(duties.committee().keys().get(node).toBytes()),
              client.get().reportInconsistency(proven.blobId(), proven.proof()));
        } catch (NodeException e) {
          LOG.log(Level.DEBUG, "proof of {0}: {1}", proven.blobId(), e.getMessage());
        } catch (RedStuffException e) {
          peers.distrust(node, "invalid blob " + proven.blobId() + ": " + e.getMessage());
        }
      }
    }
    return collector.isComplete() ? Optional.of(collector.certificate()) : Optional.empty();
  }

  private boolean send(Certificate<InvalidBlobId> certificate, Duties duties)
      throws InterruptedException, RedStuffException {
    try {
      account.execute(
          Call.of(SystemCalls.invalidateBlobId(certificate, duties.committee().keys().size())));
      return true;
    } catch (LedgerException e) {
      LOG.log(Level.WARNING, "blob {0}: {1}", certificate.message().blobId(), e.getMessage());
      return false;
    }
  }
}
