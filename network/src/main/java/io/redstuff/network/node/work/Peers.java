package io.redstuff.network.node.work;

import io.redstuff.EncodingParameters;
import io.redstuff.ObjectId;
import io.redstuff.client.node.NetworkKey;
import io.redstuff.client.node.NodeAddress;
import io.redstuff.client.node.NodeConnections;
import io.redstuff.client.node.NodeException;
import io.redstuff.client.node.RequestLimits;
import io.redstuff.client.node.StorageNodeClient;
import io.redstuff.network.ledger.Ledger;
import io.redstuff.network.ledger.object.NodeInfo;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The other nodes, at the addresses that the ledger has, and which of them have sent something
 * wrong or nothing in time. Those are asked last, until some time has gone by.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class Peers implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Peers.class.getName());
  private static final String PLAIN = "http://";

  private final Ledger ledger;
  private final ObjectId self;
  private final EncodingParameters parameters;
  private final RequestLimits limits;
  private final Duration distrust;
  private final Map<ObjectId, Long> lastUntil = new ConcurrentHashMap<>();

  /** Guarded by this. */
  private final Map<ObjectId, NodeAddress> addresses = new HashMap<>();

  private NodeConnections connections;

  /**
   * No connection yet.
   *
   * @param ledger knows the addresses
   * @param self this node, which is no peer
   * @param parameters the shape of all encodings
   * @param settings how long to wait and to distrust
   */
  public Peers(Ledger ledger, ObjectId self, EncodingParameters parameters, WorkSettings settings) {
    this.ledger = ledger;
    this.self = self;
    this.parameters = parameters;
    this.limits = settings.requests();
    this.distrust = settings.distrust();
    this.connections = NodeConnections.open(limits);
  }

  /**
   * Returns the address of a node as the ledger has it: {@code http://HOST:PORT} for a node without
   * TLS, else {@code HOST:PORT}, with the node's network key.
   *
   * @param info what the node said of itself
   * @return the address
   * @throws IllegalArgumentException if it is none
   */
  public static NodeAddress address(NodeInfo info) {
    if (info.networkAddress().startsWith(PLAIN)) {
      return NodeAddress.of(info.networkAddress());
    }
    byte[] key = HexFormat.of().parseHex(info.networkPublicKey());
    return new NodeAddress(
        URI.create("https://" + info.networkAddress()), Optional.of(NetworkKey.of(key)));
  }

  /**
   * Returns a client of a node.
   *
   * @param node the node
   * @return the client; nothing for this node itself, or one without a good address
   */
  public Optional<StorageNodeClient> client(ObjectId node) {
    if (node.equals(self)) {
      return Optional.empty();
    }
    return ledger.node(node).flatMap(found -> client(node, found.info()));
  }

  private synchronized Optional<StorageNodeClient> client(ObjectId node, NodeInfo info) {
    NodeAddress address;
    try {
      address = address(info);
    } catch (IllegalArgumentException e) {
      LOG.log(Level.DEBUG, "node {0}: {1}", node, e.getMessage());
      return Optional.empty();
    }
    if (!address.equals(addresses.put(node, address)) && address.pin().isPresent()) {
      // Which keys are good is settled when connections are opened.
      connections.close();
      connections = NodeConnections.open(limits, addresses.values());
    }
    return Optional.of(connections.client(address, parameters));
  }

  /**
   * Puts nodes into the order in which to ask them: at random, those that were wrong or late last.
   *
   * @param nodes the nodes
   * @return the others among them
   */
  public List<ObjectId> inOrder(Collection<ObjectId> nodes) {
    List<ObjectId> order = new ArrayList<>(nodes);
    order.remove(self);
    Collections.shuffle(order);
    order.sort((a, b) -> Boolean.compare(isDistrusted(a), isDistrusted(b)));
    return order;
  }

  /**
   * Returns whether a node has sent something wrong of late, or nothing in time.
   *
   * @param node the node
   * @return true if it has
   */
  public boolean isDistrusted(ObjectId node) {
    Long until = lastUntil.get(node);
    return until != null && System.nanoTime() - until < 0;
  }

  /**
   * Remembers that a node has sent something wrong.
   *
   * @param node the node
   * @param what what was wrong
   */
  public void distrust(ObjectId node, String what) {
    LOG.log(Level.WARNING, "node {0}: node {1} has sent something wrong: {2}", self, node, what);
    askLast(node);
  }

  private void askLast(ObjectId node) {
    lastUntil.put(node, System.nanoTime() + distrust.toNanos());
  }

  /**
   * Remembers how a request to a node has failed. Who is slow is asked last as well: each blob that
   * is healed would wait for him again.
   *
   * @param node the node
   * @param failure how it has failed
   */
  public void failed(ObjectId node, NodeException failure) {
    switch (failure.kind()) {
      case BAD_ANSWER -> distrust(node, failure.getMessage());
      case TIMED_OUT -> {
        LOG.log(Level.INFO, "node {0}: node {1}: {2}", self, node, failure.getMessage());
        askLast(node);
      }
      case UNREACHABLE, REFUSED -> {
        // That costs no time, and may be over soon.
      }
    }
  }

  @Override
  public synchronized void close() {
    connections.close();
  }
}
