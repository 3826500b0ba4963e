package io.redstuff.client;

import io.redstuff.BlobId;
import io.redstuff.SliverPairIndex;
import io.redstuff.client.chain.NetworkCommittee;
import io.redstuff.client.chain.NetworkCommittees;
import io.redstuff.client.node.NodeAddress;
import io.redstuff.client.node.NodeConnections;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The nodes of a committee, those they still have shards to get from, and connections to them. They
 * are closed at once, or {@linkplain #retire retired}: closed when nobody uses them any more.
 * Thread-safe.
 */
final class Peers implements AutoCloseable {
  private final NetworkCommittees committees;
  private final TransferSettings settings;
  private final NodeConnections connections;
  private final List<Peer> peers;
  private final List<Peer> former;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private int users;
  private boolean retired;

  /** Opens connections when nodes are asked. */
  Peers(NetworkCommittees committees, TransferSettings settings) {
    this.committees = committees;
    this.settings = settings;
    List<NodeAddress> addresses = new ArrayList<>(committees.current().addresses());
    committees.handingOver().ifPresent(before -> addresses.addAll(before.addresses()));
    this.connections = NodeConnections.open(settings.limits(), addresses);
    this.peers = peers(committees.current());
    this.former = committees.handingOver().map(this::peers).orElse(List.of());
  }

  private List<Peer> peers(NetworkCommittee nodes) {
    List<Peer> all = new ArrayList<>();
    for (int i = 0; i < nodes.addresses().size(); i++) {
      all.add(
          new Peer(
              i,
              nodes.committee().members().get(i),
              connections.client(nodes.addresses().get(i), nodes.parameters()),
              settings.requestsPerNode()));
    }
    return all;
  }

  NetworkCommittee committee() {
    return committees.current();
  }

  /** Returns them as the registry told them. */
  NetworkCommittees committees() {
    return committees;
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

  /** Returns all, and those that hand shards over last: whom to ask for what every node has. */
  List<Peer> bestFirstAndFormer() {
    List<Peer> all = new ArrayList<>(bestFirst());
    all.addAll(former);
    return all;
  }

  /** Returns the node that kept a pair before, while it may not have handed it over yet. */
  Optional<Peer> formerOwner(BlobId blobId, SliverPairIndex pair) {
    return committees.handingOver().map(before -> former.get(before.owner(blobId, pair)));
  }

  /** Returns the node that keeps a pair. */
  Peer owner(BlobId blobId, SliverPairIndex pair) {
    return peers.get(committee().owner(blobId, pair));
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
