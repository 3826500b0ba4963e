package io.redstuff.network.node;

import io.redstuff.ObjectId;
import io.redstuff.certify.NodeSigner;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.http.HttpLimits;
import io.redstuff.network.ledger.AccountSession;
import io.redstuff.network.node.http.NetworkKeyPair;
import io.redstuff.network.node.work.WorkSettings;
import io.redstuff.store.Durability;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What a storage node needs to run.
 *
 * @param directory where it keeps its state; it is there, and another node's is elsewhere
 * @param durability whether it forces to the disk what it writes there
 * @param node who it is on the ledger, where it is registered
 * @param cap the object that lets it speak there
 * @param account the owner of that object: the one session of that account, which others may use
 * @param signer signs with the key that it is registered with; not closed by the node
 * @param engine verifies what others sign
 * @param host the address to listen at
 * @param port the port; 0 for any
 * @param tls the network key that it is registered with; empty for plain HTTP, for networks on one
 *     machine
 * @param limits what it bears of those who connect to it
 * @param work how hard it works for itself
 * @param pendingBytes how much it buffers of what is sent ahead of a registration
 * @param pendingTime how long that is safe there
 * @param answerBytes how long its answers with symbols or slivers of a shard get
 * @param auditChallenges how many challenges an audit may have
 * @since 0.1.0
 */
public record NodeConfig(
    Path directory,
    Durability durability,
    ObjectId node,
    ObjectId cap,
    AccountSession account,
    NodeSigner signer,
    BlsEngine engine,
    String host,
    int port,
    Optional<NetworkKeyPair> tls,
    HttpLimits limits,
    WorkSettings work,
    long pendingBytes,
    Duration pendingTime,
    long answerBytes,
    int auditChallenges) {
  private static final long PENDING_BYTES = 256 << 20;
  private static final Duration PENDING_TIME = Duration.ofMinutes(5);
  private static final long ANSWER_BYTES = 64 << 20;
  private static final int AUDIT_CHALLENGES = 20_000;

  /**
   * Checks that everything is there.
   *
   * @throws NullPointerException if something is null
   */
  public NodeConfig {
    Objects.requireNonNull(directory, "directory");
    Objects.requireNonNull(durability, "durability");
    Objects.requireNonNull(node, "node");
    Objects.requireNonNull(cap, "cap");
    Objects.requireNonNull(account, "account");
    Objects.requireNonNull(signer, "signer");
    Objects.requireNonNull(engine, "engine");
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(tls, "tls");
    Objects.requireNonNull(limits, "limits");
    Objects.requireNonNull(work, "work");
    Objects.requireNonNull(pendingTime, "pendingTime");
  }

  /**
   * Returns what a node on this machine needs, without TLS and with the usual limits; it forces to
   * the disk what it writes.
   *
   * @param directory where it keeps its state
   * @param node who it is on the ledger
   * @param cap the object that lets it speak there
   * @param account the owner of that object
   * @param signer signs with the key that it is registered with
   * @param engine verifies what others sign
   * @param port the port; 0 for any
   * @return the configuration
   */
  public static NodeConfig local(
      Path directory,
      ObjectId node,
      ObjectId cap,
      AccountSession account,
      NodeSigner signer,
      BlsEngine engine,
      int port) {
    return new NodeConfig(
        directory,
        Durability.FORCED,
        node,
        cap,
        account,
        signer,
        engine,
        "127.0.0.1",
        port,
        Optional.empty(),
        HttpLimits.DEFAULT,
        WorkSettings.DEFAULT,
        PENDING_BYTES,
        PENDING_TIME,
        ANSWER_BYTES,
        AUDIT_CHALLENGES);
  }

  /**
   * Returns the same that forces to the disk what it writes, or does not.
   *
   * @param other whether it does
   * @return the configuration
   */
  public NodeConfig withDurability(Durability other) {
    return with(other, tls, limits, work);
  }

  /**
   * Returns the same with TLS.
   *
   * @param key the network key that the node is registered with
   * @return the configuration
   */
  public NodeConfig withTls(NetworkKeyPair key) {
    return with(durability, Optional.of(key), limits, work);
  }

  /**
   * Returns the same with other limits for those who connect.
   *
   * @param other the limits
   * @return the configuration
   */
  public NodeConfig withLimits(HttpLimits other) {
    return with(durability, tls, other, work);
  }

  /**
   * Returns the same with other settings for what the node does unasked.
   *
   * @param other the settings
   * @return the configuration
   */
  public NodeConfig withWork(WorkSettings other) {
    return with(durability, tls, limits, other);
  }

  private NodeConfig with(
      Durability otherDurability,
      Optional<NetworkKeyPair> otherTls,
      HttpLimits otherLimits,
      WorkSettings otherWork) {
    return new NodeConfig(
        directory,
        otherDurability,
        node,
        cap,
        account,
        signer,
        engine,
        host,
        port,
        otherTls,
        otherLimits,
        otherWork,
        pendingBytes,
        pendingTime,
        answerBytes,
        auditChallenges);
  }
}
