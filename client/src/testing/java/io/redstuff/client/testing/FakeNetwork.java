package io.redstuff.client.testing;

import io.redstuff.BlobId;
import io.redstuff.ObjectId;
import io.redstuff.ShardIndex;
import io.redstuff.certify.CertifiedBlob;
import io.redstuff.certify.Committee;
import io.redstuff.certify.CommitteeMember;
import io.redstuff.certify.NodeSigner;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.certify.bls.SecretKey;
import io.redstuff.client.api.BlobStatus;
import io.redstuff.client.api.DeletableCounts;
import io.redstuff.client.api.EventId;
import io.redstuff.client.chain.BlobRegistry;
import io.redstuff.client.chain.BlobStanding;
import io.redstuff.client.chain.NetworkCommittee;
import io.redstuff.client.chain.NetworkCommittees;
import io.redstuff.client.chain.Registration;
import io.redstuff.client.chain.RegistryException;
import io.redstuff.client.node.NodeAddress;
import io.redstuff.codec.RedStuff;
import io.redstuff.error.RedStuffException;
import io.redstuff.proof.VerifiedMetadata;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Some nodes, and a chain that knows of blobs what it is told. */
public final class FakeNetwork implements BlobRegistry, AutoCloseable {
  /** An event of no importance. */
  public static final EventId EVENT = new EventId("1".repeat(32), 0);

  /** The engine of all signatures. */
  public static final BlsEngine ENGINE = BlsEngine.preferred();

  private final int[] weights;
  private final RedStuff codec;
  private final List<FakeNode> nodes = new ArrayList<>();
  private final Map<BlobId, BlobStatus> statuses = new ConcurrentHashMap<>();
  private final List<FakeNode> former = new ArrayList<>();
  private volatile NetworkCommittee committee;
  private volatile Optional<NetworkCommittee> handingOver = Optional.empty();
  private long epoch;

  /** What was certified. */
  public final Map<BlobId, CertifiedBlob> certified = new ConcurrentHashMap<>();

  /** Whether the chain itself says what it knows of blobs, or leaves that to the nodes. */
  public volatile boolean tells;

  /** What the chain says that nodes do not give out. */
  public final Set<BlobId> denied = ConcurrentHashMap.newKeySet();

  /** What the chain does before it certifies; may throw. */
  public volatile Before beforeCertify = () -> {};

  /** Something that may fail. */
  @FunctionalInterface
  public interface Before {
    /** Does it. */
    void run() throws RegistryException;
  }

  /** Starts nodes with so many shards each. */
  public FakeNetwork(long epoch, int... weights) {
    int shards = Arrays.stream(weights).sum();
    this.weights = weights.clone();
    this.codec = RedStuff.forShards(shards).withParallelism(1);
    this.epoch = epoch;
    this.committee = start();
  }

  /** Returns the secret key of the node at a position. */
  public static SecretKey secret(int position) {
    byte[] scalar = new byte[SecretKey.BYTES];
    scalar[SecretKey.BYTES - 1] = (byte) (position + 1);
    try {
      return SecretKey.parse(scalar);
    } catch (RedStuffException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns the id of the node at a position. */
  public static ObjectId nodeId(int position) {
    byte[] id = new byte[ObjectId.BYTES];
    id[0] = (byte) position;
    return ObjectId.of(id);
  }

  private NetworkCommittee start() {
    List<CommitteeMember> members = new ArrayList<>();
    List<List<ShardIndex>> shards = new ArrayList<>();
    List<NodeAddress> addresses = new ArrayList<>();
    int next = 0;
    for (int position = 0; position < weights.length; position++) {
      List<ShardIndex> its = new ArrayList<>();
      for (int i = 0; i < weights[position]; i++) {
        its.add(ShardIndex.of(next++));
      }
      NodeSigner signer = new NodeSigner(ENGINE, secret(position));
      FakeNode node = new FakeNode(codec, signer, epoch, its, this::status);
      nodes.add(node);
      members.add(new CommitteeMember(nodeId(position), signer.key(), weights[position]));
      shards.add(its);
      addresses.add(NodeAddress.of(node.uri()));
    }
    try {
      return new NetworkCommittee(Committee.of(epoch, members).withShards(shards), addresses);
    } catch (RedStuffException e) {
      throw new AssertionError(e);
    }
  }

  /** Stops all nodes, and starts others without data for the next epoch. */
  public void nextEpoch() {
    nodes.forEach(FakeNode::close);
    nodes.clear();
    epoch++;
    committee = start();
  }

  /**
   * Starts others without data for the next epoch, and has those of this one go on.
   *
   * @return those of this one
   */
  public List<FakeNode> beginHandingOver() {
    former.addAll(nodes);
    nodes.clear();
    handingOver = Optional.of(committee);
    epoch++;
    committee = start();
    return former;
  }

  /** Has the nodes get what the former ones have, and these lose it. */
  public void endHandingOver() {
    for (FakeNode node : nodes) {
      former.forEach(node::takeFrom);
    }
    former.forEach(FakeNode::wipe);
    handingOver = Optional.empty();
  }

  /** Returns the nodes, in the committee's order. */
  public List<FakeNode> nodes() {
    return nodes;
  }

  /** Returns a codec for the number of shards. */
  public RedStuff codec() {
    return codec;
  }

  /** Has the chain know something else of a blob. */
  public void set(BlobId blobId, BlobStatus status) {
    statuses.put(blobId, status);
  }

  private BlobStatus status(BlobId blobId) {
    return statuses.getOrDefault(blobId, new BlobStatus.Nonexistent());
  }

  /** Returns the nodes of the current epoch. */
  public NetworkCommittee committee() {
    return committee;
  }

  @Override
  public NetworkCommittees committees() {
    return new NetworkCommittees(committee, handingOver);
  }

  @Override
  public Registration register(VerifiedMetadata metadata, int epochs, boolean deletable)
      throws RegistryException {
    if (epochs > 53) {
      throw new RegistryException("epochs: got %s, expected at most 53".formatted(epochs), null);
    }
    Registration registration =
        new Registration(
            metadata.blobId(), ObjectId.of(metadata.rootHash()), epoch + epochs, deletable);
    set(metadata.blobId(), status(registration, OptionalLong.empty()));
    return registration;
  }

  private static BlobStatus status(Registration registration, OptionalLong certified) {
    return registration.deletable()
        ? new BlobStatus.Deletable(certified, new DeletableCounts(1, certified.isPresent() ? 1 : 0))
        : new BlobStatus.Permanent(
            registration.endEpoch(), certified.isPresent(), EVENT, DeletableCounts.NONE, certified);
  }

  @Override
  public void certify(Registration registration, CertifiedBlob blob) throws RegistryException {
    beforeCertify.run();
    if (blob.epoch() != epoch) {
      throw new RegistryException(
          "certificate: got epoch %s, expected %s".formatted(blob.epoch(), epoch), null);
    }
    certified.put(blob.blobId(), blob);
    set(blob.blobId(), status(registration, OptionalLong.of(epoch)));
  }

  @Override
  public Optional<BlobStanding> standing(BlobId blobId) {
    if (denied.contains(blobId)) {
      return Optional.of(BlobStanding.DENIED);
    }
    if (!tells) {
      return Optional.empty();
    }
    return Optional.of(
        switch (status(blobId)) {
          case BlobStatus.Nonexistent status -> BlobStanding.UNKNOWN;
          case BlobStatus.Invalid status -> BlobStanding.INVALID;
          case BlobStatus.Permanent status ->
              status.endEpoch() <= epoch
                  ? BlobStanding.EXPIRED
                  : status.certified() ? BlobStanding.CERTIFIED : BlobStanding.REGISTERED;
          case BlobStatus.Deletable status ->
              status.certifiedEpoch().isPresent()
                  ? BlobStanding.CERTIFIED
                  : BlobStanding.REGISTERED;
        });
  }

  @Override
  public void close() {
    former.forEach(FakeNode::close);
    nodes.forEach(FakeNode::close);
  }
}
