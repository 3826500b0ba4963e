package io.redstuff.client;

import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.SliverPairIndex;
import io.redstuff.client.chain.NetworkCommittee;
import io.redstuff.client.node.NodeConnections;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The nodes of a committee, and connections to them. They are closed at once, or {@linkplain
 * #retire retired}: closed when nobody uses them any more. Thread-safe.
 */
final class Peers implements AutoCloseable {
  private final NetworkCommittee committee;
  private final TransferSettings settings;
  private final NodeConnections connections;
  private final List<Peer> peers = new ArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private int users;
  private boolean retired;

  /** Opens connections when nodes are asked. */
  Peers(NetworkCommittee committee, TransferSettings settings) {
    this.committee = committee;
    this.settings = settings;
    this.connections = NodeConnections.open(settings.limits(), committee.addresses());
    EncodingParameters parameters = committee.parameters();
    for (int i = 0; i < committee.addresses().size(); i++) {
      peers.add(
          new Peer(
              i,
              committee.committee().members().get(i),
              connections.client(committee.addresses().get(i), parameters),
              settings.requestsPerNode()));
    }
  }

  NetworkCommittee committee() {
    return committee;
  }

  TransferSettings settings() {
    return settings;
  }

  ExecutorService threads() {
    return threads;
  }

  List<Peer> all() {
    return peers;
  }

  /** Returns all, those first that have answered well. */
  List<Peer> bestFirst() {
    return peers.stream().sorted(Comparator.comparingInt(Peer::faults)).toList();
  }

  /** Returns the node that keeps a pair. */
  Peer owner(BlobId blobId, SliverPairIndex pair) {
    return peers.get(committee.owner(blobId, pair));
  }

  /** Begins to use them; to be released. */
  synchronized Peers retain() {
    users++;
    return this;
  }

  /** Ends to use them. */
  synchronized void release() {
    users--;
    closeIfIdle();
  }

  /** Closes them when those who use them have released them. */
  synchronized void retire() {
    retired = true;
    closeIfIdle();
  }

  boolean isClosed() {
    return threads.isShutdown();
  }

  private void closeIfIdle() {
    if (retired && users == 0) {
      close();
    }
  }

  /** Breaks off whatever is under way. */
  @Override
  public void close() {
    threads.shutdownNow();
    connections.close();
  }
}
