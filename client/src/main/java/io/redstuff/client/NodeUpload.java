package io.redstuff.client;

import io.redstuff.BlobId;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.SliverPairIndex;
import io.redstuff.client.chain.Registration;
import io.redstuff.message.BlobConfirmation;
import io.redstuff.message.SignedMessage;
import io.redstuff.proof.VerifiedMetadata;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Gives one node its slivers of a blob, and asks it to confirm them. */
final class NodeUpload implements Callable<SignedMessage<BlobConfirmation>> {
  /** How long a node may wait until it hears of the registration. */
  private static final Duration REGISTRATION_WAIT = Duration.ofSeconds(10);

  private final Peers peers;
  private final Peer peer;
  private final EncodedSlivers slivers;
  private final Registration registration;

  NodeUpload(Peers peers, Peer peer, EncodedSlivers slivers, Registration registration) {
    this.peers = peers;
    this.peer = peer;
    this.slivers = slivers;
    this.registration = registration;
  }

  @Override
  public SignedMessage<BlobConfirmation> call() throws IOException, InterruptedException {
    RetryPolicy retries = peers.settings().retries();
    VerifiedMetadata metadata = slivers.metadata();
    peer.askAgain(retries, node -> node.storeMetadata(metadata, false));
    List<Callable<SliverId>> tasks = new ArrayList<>();
    for (SliverPairIndex pair : peers.committee().pairs(metadata.blobId(), peer.position())) {
      tasks.add(() -> store(pair, pair.primary()));
      tasks.add(() -> store(pair, pair.secondary(metadata.parameters())));
    }
    Race<SliverId> all = new Race<>(peers.threads(), share(), peers.settings().hedge());
    all.run(tasks, true, stored -> all.failures().isEmpty() ? tasks.size() - stored.size() : 0);
    if (!all.failures().isEmpty()) {
      Exception first = all.failures().getFirst();
      throw new IOException("%s: %s".formatted(peer, first.getMessage()), first);
    }
    BlobId blobId = metadata.blobId();
    return peer.askAgain(
        retries, node -> node.confirmation(blobId, registration.persistence(), REGISTRATION_WAIT));
  }

  private SliverId store(SliverPairIndex pair, SliverId id)
      throws IOException, InterruptedException {
    Sliver sliver = slivers.sliver(id);
    BlobId blobId = registration.blobId();
    peer.askAgain(
        peers.settings().retries(), node -> node.storeSliver(blobId, pair, sliver, false));
    return id;
  }

  /** Returns this node's share of the requests of a transfer: no other node can take it away. */
  private int share() {
    TransferSettings settings = peers.settings();
    return Math.clamp(settings.requests() / peers.all().size(), 1, settings.requestsPerNode());
  }
}
