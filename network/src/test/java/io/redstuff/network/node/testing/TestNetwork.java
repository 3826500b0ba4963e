package io.redstuff.network.node.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.ObjectId;
import io.redstuff.ShardIndex;
import io.redstuff.Sliver;
import io.redstuff.SliverPair;
import io.redstuff.SliverPairIndex;
import io.redstuff.SuiAddress;
import io.redstuff.certify.ConfirmationCollector;
import io.redstuff.certify.NodeSigner;
import io.redstuff.chain.Frost;
import io.redstuff.chain.SystemCalls;
import io.redstuff.client.TransferSettings;
import io.redstuff.client.WalrusClient;
import io.redstuff.client.node.NodeAddress;
import io.redstuff.client.node.NodeConnections;
import io.redstuff.client.node.NodeException;
import io.redstuff.client.node.RequestLimits;
import io.redstuff.client.node.StorageNodeClient;
import io.redstuff.codec.EncodedBlob;
import io.redstuff.codec.RedStuff;
import io.redstuff.error.RedStuffException;
import io.redstuff.http.HttpLimits;
import io.redstuff.message.BlobConfirmation;
import io.redstuff.message.BlobPersistence;
import io.redstuff.network.ledger.AccountSession;
import io.redstuff.network.ledger.Genesis;
import io.redstuff.network.ledger.LedgerException;
import io.redstuff.network.ledger.local.LocalLedger;
import io.redstuff.network.ledger.object.StorageNodeCap;
import io.redstuff.network.ledger.object.SystemParameters;
import io.redstuff.network.ledger.testing.TestNode;
import io.redstuff.network.ledger.transaction.AccountKey;
import io.redstuff.network.ledger.transaction.Call;
import io.redstuff.network.ledger.transaction.Calls;
import io.redstuff.network.node.NodeConfig;
import io.redstuff.network.node.StorageNode;
import io.redstuff.network.node.http.NetworkKeyPair;
import io.redstuff.network.node.work.WorkSettings;
import io.redstuff.network.registry.LedgerRegistry;
import io.redstuff.proof.VerifiedMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** A ledger in memory, and nodes with all that they have, on this machine. */
public final class TestNetwork implements AutoCloseable {
  public static final Duration PATIENCE = Duration.ofMinutes(5);
  public static final WorkSettings WORK =
      new WorkSettings(
          new RequestLimits(Duration.ofSeconds(10), 1 << 20),
          2,
          Duration.ofMillis(50),
          Duration.ofMillis(400),
          Duration.ofMinutes(10),
          Duration.ZERO,
          16 << 20);

  private static final int ACCOUNTS = 20;

  public final LocalLedger ledger;
  public final AccountSession writer;
  public final RedStuff codec;
  public final List<Member> members = new ArrayList<>();
  private final Path directory;
  private final NodeConnections connections =
      NodeConnections.open(new RequestLimits(Duration.ofSeconds(20), 1 << 20));

  /** A node with what the ledger knows of it. */
  public static final class Member {
    public final AccountSession account;
    public final NodeSigner signer;
    public ObjectId id;
    public ObjectId cap;
    public Path directory;
    public NodeConfig config;
    public StorageNode node;

    Member(AccountSession account, NodeSigner signer) {
      this.account = account;
      this.signer = signer;
    }

    @Override
    public String toString() {
      return "node " + id;
    }
  }

  /** A ledger, and no node yet. */
  public TestNetwork(Path directory, int shards) {
    Map<SuiAddress, Frost> balances = new HashMap<>();
    for (int i = 0; i < ACCOUNTS; i++) {
      balances.put(key(i).address(), Frost.of(1_000_000_000_000L));
    }
    Genesis genesis =
        new Genesis(shards, 19, new SystemParameters(0, 53, 300), Instant.EPOCH, balances);
    this.directory = directory;
    this.ledger = LocalLedger.inMemory(genesis, InstantSource.system(), TestNode.ENGINE);
    this.writer = new AccountSession(ledger, key(0));
    this.codec = RedStuff.forShards(shards);
  }

  private static AccountKey key(int number) {
    byte[] secret = new byte[32];
    secret[0] = (byte) number;
    secret[1] = 77;
    try {
      return AccountKey.parse(secret);
    } catch (RedStuffException e) {
      throw new AssertionError(e);
    }
  }

  /** A network in its first epoch, all nodes of which run. */
  public static TestNetwork of(Path directory, int shards, int nodes) throws Exception {
    TestNetwork network = new TestNetwork(directory, shards);
    for (int i = 0; i < nodes; i++) {
      network.addNode(HttpLimits.DEFAULT, Optional.empty());
    }
    network.nextEpoch();
    return network;
  }

  /** Registers a node, has it run and stakes with it. */
  public Member addNode(HttpLimits limits, Optional<NetworkKeyPair> tls) throws Exception {
    int number = members.size() + 1;
    Member member = new Member(new AccountSession(ledger, key(number)), TestNode.signer(number));
    byte[] networkKey = tls.map(pair -> pair.publicKey().toBytes()).orElseGet(() -> new byte[33]);
    member.cap =
        member
            .account
            .execute(
                Calls.registerCandidate(
                    "node " + number,
                    "http://127.0.0.1:1",
                    networkKey,
                    member.signer.provePossession(
                        member.account.address(), ledger.system().epoch()),
                    0,
                    Frost.of(10),
                    Frost.of(2),
                    1L << 40))
            .result(0);
    member.id = ((StorageNodeCap) ledger.object(member.cap).orElseThrow().object()).node();
    member.directory = Files.createDirectory(directory.resolve("node-" + number));
    member.config =
        NodeConfig.local(
                member.directory,
                member.id,
                member.cap,
                member.account,
                member.signer,
                TestNode.ENGINE,
                0)
            .withWork(WORK)
            .withLimits(limits);
    if (tls.isPresent()) {
      member.config = member.config.withTls(tls.get());
    }
    members.add(member);
    start(member);
    member.account.execute(Calls.stake(Frost.of(1_000_000), member.id));
    return member;
  }

  /** Starts a node and tells the ledger where. */
  public void start(Member member) throws Exception {
    member.node = StorageNode.start(member.config, ledger);
    moveTo(member, member.node.ledgerAddress());
  }

  /** Tells the ledger that a node is somewhere else. */
  public void moveTo(Member member, String address) throws Exception {
    member.account.execute(Calls.setNetworkAddress(Calls.object(member.cap), address));
  }

  public void stop(Member member) throws IOException {
    member.node.close();
    member.node = null;
  }

  /** Settles the next committee, begins its epoch and waits until its nodes have their data. */
  public void nextEpoch() throws Exception {
    beginEpoch();
    awaitSync();
  }

  public void beginEpoch() throws Exception {
    writer.execute(Calls.votingEnd(), Calls.initiateEpochChange());
  }

  public void awaitSync() throws Exception {
    long epoch = ledger.system().epoch();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (Member member : running()) {
      long next = 0;
      while (lastSync(member) < epoch && isMember(member)) {
        assertTrue(System.nanoTime() < deadline, member + " has not its data of " + epoch);
        next = Math.max(next, ledger.events(next, 100_000).size());
        ledger.awaitEvent(next, Duration.ofMillis(100));
      }
    }
  }

  private boolean isMember(Member member) {
    return ledger.system().committee().contains(member.id);
  }

  private long lastSync(Member member) {
    return ((StorageNodeCap) ledger.object(member.cap).orElseThrow().object()).lastEpochSyncDone();
  }

  public List<Member> running() {
    return members.stream().filter(member -> member.node != null).toList();
  }

  public EncodingParameters parameters() {
    return codec.parameters();
  }

  public StorageNodeClient client(Member member) {
    return client(member.node.address().toString());
  }

  public StorageNodeClient client(String address) {
    return connections.client(NodeAddress.of(address), parameters());
  }

  /** Returns a client that pays with the writer's account. */
  public WalrusClient walrus(TransferSettings settings) throws Exception {
    return WalrusClient.of(new LedgerRegistry(ledger, writer, TestNode.ENGINE), settings);
  }

  public List<ShardIndex> shards(Member member) {
    return ledger.system().committee().assignment().shards().getOrDefault(member.id, List.of());
  }

  /** Waits until the ledger says that a blob is inconsistent. */
  public void awaitInvalid(BlobId blob) throws InterruptedException {
    long next = 0;
    while (ledger.blob(blob).invalidEpoch().isEmpty()) {
      next += ledger.events(next, 1000).size();
      assertTrue(ledger.awaitEvent(next, PATIENCE));
    }
  }

  /** Has a node lose all that it has stored. It must not run. */
  public static void deleteData(Member member) throws IOException {
    try (Stream<Path> files = Files.list(member.directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  /** A blob that was registered, with what has to be kept of it. */
  public record Blob(
      VerifiedMetadata metadata, List<SliverPair> pairs, ObjectId object, boolean deletable) {
    public BlobId id() {
      return metadata.blobId();
    }

    public SliverPair pair(SliverPairIndex index) {
      return pairs.get(index.value());
    }

    public BlobPersistence persistence() {
      return deletable ? BlobPersistence.deletable(object) : BlobPersistence.PERMANENT;
    }
  }

  public static byte[] bytes(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  public EncodedBlob encode(int length, long seed) {
    return codec.encode(bytes(length, seed));
  }

  public Blob register(EncodedBlob encoded, boolean deletable, int epochs) throws Exception {
    return register(encoded.metadata(), copies(encoded), deletable, epochs);
  }

  /** Copies slivers to where any thread may read them, for ever. */
  private static List<SliverPair> copies(EncodedBlob encoded) {
    List<SliverPair> pairs = new ArrayList<>();
    for (SliverPair pair : encoded.pairs()) {
      pairs.add(
          new SliverPair(
              pair.index(),
              Sliver.copyOf(
                  pair.primary().id(), pair.primary().symbolSize(), pair.primary().toBytes()),
              Sliver.copyOf(
                  pair.secondary().id(),
                  pair.secondary().symbolSize(),
                  pair.secondary().toBytes())));
    }
    return pairs;
  }

  public Blob register(
      VerifiedMetadata metadata, List<SliverPair> pairs, boolean deletable, int epochs)
      throws LedgerException, InterruptedException {
    long encoded = parameters().encodedLength(metadata.blobLength());
    ObjectId object =
        writer
            .execute(
                Call.of(SystemCalls.reserveSpace(encoded, epochs)),
                Call.of(SystemCalls.registerBlob(metadata, deletable), Calls.result(0)))
            .result(1);
    return new Blob(metadata, pairs, object, deletable);
  }

  /** Sends a node what it has to keep. */
  public void send(Blob blob, Member member) throws NodeException, InterruptedException {
    StorageNodeClient client = client(member);
    client.storeMetadata(blob.metadata(), false);
    for (ShardIndex shard : shards(member)) {
      SliverPairIndex pair = shard.pair(blob.id(), parameters());
      for (Axis axis : Axis.values()) {
        client.storeSliver(blob.id(), pair, sliver(blob, pair, axis), false);
      }
    }
  }

  public static Sliver sliver(Blob blob, SliverPairIndex pair, Axis axis) {
    SliverPair slivers = blob.pair(pair);
    return axis == Axis.PRIMARY ? slivers.primary() : slivers.secondary();
  }

  /** Has nodes confirm a blob, and certifies it. */
  public void certify(Blob blob, List<Member> confirming) throws Exception {
    var committee = ledger.system().committee();
    ConfirmationCollector<BlobConfirmation> collector =
        ConfirmationCollector.of(
            committee.toCommittee(TestNode.ENGINE),
            TestNode.ENGINE,
            new BlobConfirmation(committee.epoch(), blob.id(), blob.persistence()));
    for (Member member : confirming) {
      collector.add(
          member.signer.key(),
          client(member).confirmation(blob.id(), blob.persistence(), Duration.ZERO));
    }
    writer.execute(
        Call.of(
            SystemCalls.certifyBlob(collector.certificate(), committee.keys().size()),
            Calls.object(blob.object())));
  }

  /** Stores a blob on some nodes, which have to be enough. */
  public Blob store(int length, long seed, List<Member> nodes) throws Exception {
    try (EncodedBlob encoded = encode(length, seed)) {
      Blob blob = register(encoded, true, 5);
      for (Member member : nodes) {
        send(blob, member);
      }
      certify(blob, nodes);
      return blob;
    }
  }

  @Override
  public void close() throws IOException {
    for (Member member : running()) {
      member.node.close();
    }
    connections.close();
    ledger.close();
  }
}
