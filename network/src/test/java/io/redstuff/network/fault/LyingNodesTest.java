package io.redstuff.network.fault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.BlobId;
import io.redstuff.ObjectId;
import io.redstuff.client.RetryPolicy;
import io.redstuff.client.StoreOptions;
import io.redstuff.client.StoreResult;
import io.redstuff.client.TransferSettings;
import io.redstuff.client.WalrusClient;
import io.redstuff.client.api.SignedAnswers;
import io.redstuff.client.node.RequestLimits;
import io.redstuff.error.RedStuffException;
import io.redstuff.message.SignedMessage;
import io.redstuff.network.node.testing.LyingProxy;
import io.redstuff.network.node.testing.LyingProxy.Delivery;
import io.redstuff.network.node.testing.TestNetwork;
import io.redstuff.network.node.testing.TestNetwork.Member;
import io.redstuff.network.node.work.WorkSettings;
import io.redstuff.proof.DecodingSymbol;
import io.redstuff.proof.GeneralRecoverySymbol;
import io.redstuff.proof.MerkleProof;
import io.redstuff.proof.RecoverySymbol;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Three of ten nodes, which is as many as may be, lie to clients and to other nodes: blobs are
 * stored and read, a node that has lost everything heals, and no lie is believed. The nodes are
 * real; what they say is changed on the way.
 */
class LyingNodesTest {
  private static final int NODES = 10;
  private static final int LIARS = 3;

  /** Each node has one shard, so two slivers of a blob. */
  private static final int SLIVERS = 2;

  private static final int BLOBS = 4;
  private static final StoreOptions OPTIONS = new StoreOptions(5, false);

  /** Not patient with those who drip; what honest nodes do not manage is tried again. */
  private static final RequestLimits LIMITS = new RequestLimits(Duration.ofSeconds(3), 1 << 20);

  private static final TransferSettings SETTINGS =
      TransferSettings.defaults()
          .with(LIMITS)
          .with(new RetryPolicy(20, Duration.ofMillis(50), Duration.ofSeconds(2)))
          .withHedge(Duration.ofMillis(200));

  @TempDir private static Path directory;
  private static TestNetwork network;

  /** The liars come first where nodes are asked in the order of the committee. */
  private static List<Member> liars;

  private static Member lost;
  private static final List<LyingProxy> PROXIES = new ArrayList<>();
  private static long seed;

  /** What liars do to an answer. */
  @SuppressWarnings("ImmutableEnumChecker") // the functions have no state
  enum Lie {
    WRONG_SLIVERS((path, body) -> isRead(path, "/slivers/") ? flipped(body) : body),
    WRONG_METADATA((path, body) -> path.endsWith("/metadata") ? flipped(body) : body),
    /** Other bytes, with the proof of the right ones. */
    WRONG_SYMBOLS(
        (path, body) ->
            path.endsWith("/recoverySymbols")
                ? changed(body, symbol -> other(symbol, flipped(symbol.data()), symbol.proof()))
                : body),
    /** The right bytes, with a proof that proves something else. */
    WRONG_PROOFS(
        (path, body) ->
            path.endsWith("/recoverySymbols")
                ? changed(body, symbol -> other(symbol, symbol.data(), other(symbol.proof())))
                : body),
    SLOW_DRIP(Delivery.DRIP),
    ENDLESS_BODIES(Delivery.ENDLESS);

    final BiFunction<String, byte[], byte[]> lie;
    final Delivery delivery;

    Lie(BiFunction<String, byte[], byte[]> lie) {
      this.lie = lie;
      this.delivery = Delivery.WHOLE;
    }

    Lie(Delivery delivery) {
      this.lie = (path, body) -> body;
      this.delivery = delivery;
    }
  }

  private static boolean isRead(String path, String part) {
    return path.startsWith("GET ") && path.contains(part) && !path.endsWith("/status");
  }

  private static byte[] flipped(byte[] bytes) {
    byte[] other = bytes.clone();
    other[other.length / 2] ^= 1;
    return other;
  }

  /** Makes another symbol of one. */
  @FunctionalInterface
  private interface Change {
    GeneralRecoverySymbol apply(GeneralRecoverySymbol symbol) throws RedStuffException;
  }

  private static byte[] changed(byte[] body, Change change) {
    try {
      List<GeneralRecoverySymbol> symbols = new ArrayList<>();
      for (var symbol : GeneralRecoverySymbol.parseAll(MemorySegment.ofArray(body))) {
        symbols.add(change.apply(symbol));
      }
      return GeneralRecoverySymbol.toBcs(symbols);
    } catch (RedStuffException e) {
      throw new AssertionError(e);
    }
  }

  private static GeneralRecoverySymbol other(
      GeneralRecoverySymbol symbol, byte[] data, MerkleProof proof) {
    DecodingSymbol bytes = new DecodingSymbol(symbol.sourceIndex(), data);
    return new RecoverySymbol(symbol.axis(), bytes, proof).withTarget(symbol.targetIndex());
  }

  private static MerkleProof other(MerkleProof proof) throws RedStuffException {
    byte[] bcs = proof.toBcs();
    bcs[bcs.length - 1] ^= 1; // of the last digest
    return MerkleProof.parse(bcs);
  }

  @BeforeAll
  static void begin() throws Exception {
    network = TestNetwork.of(directory, NODES, NODES);
    List<Member> order =
        network.members.stream().sorted(Comparator.comparing(member -> member.id)).toList();
    liars = order.subList(0, LIARS);
    lost = order.getLast();
    WorkSettings work = TestNetwork.WORK;
    lost.config =
        lost.config.withWork(
            new WorkSettings(
                new RequestLimits(Duration.ofSeconds(2), 1 << 20),
                work.blobsAtOnce(),
                work.firstRetry(),
                work.longestRetry(),
                work.distrust(),
                work.scrubEvery(),
                work.answerBytes()));
    for (Member liar : liars) {
      LyingProxy proxy = new LyingProxy(liar.node.address(), (path, body) -> body);
      PROXIES.add(proxy);
      network.moveTo(liar, proxy.address());
    }
  }

  @AfterAll
  static void end() throws Exception {
    PROXIES.forEach(LyingProxy::close);
    network.close();
  }

  @AfterEach
  void honestAgain() {
    all((path, body) -> body, Delivery.WHOLE);
  }

  private static void all(BiFunction<String, byte[], byte[]> lie, Delivery delivery) {
    PROXIES.forEach(proxy -> proxy.tell(lie, delivery));
  }

  private static int lies() {
    return PROXIES.stream().mapToInt(LyingProxy::lies).sum();
  }

  private static byte[] blob() {
    return TestNetwork.bytes(5000, ++seed);
  }

  @ParameterizedTest
  @EnumSource
  void areNotBelieved(Lie lie) throws Exception {
    all(lie.lie, lie.delivery);
    Map<BlobId, byte[]> stored = new HashMap<>();
    // A client that has no bad experience with anybody yet reads each blob.
    for (int i = 0; i < BLOBS; i++) {
      byte[] blob = blob();
      try (WalrusClient client = network.walrus(SETTINGS)) {
        stored.put(client.store(blob, OPTIONS).blobId(), blob);
      }
    }
    for (Map.Entry<BlobId, byte[]> entry : stored.entrySet()) {
      try (WalrusClient client = network.walrus(SETTINGS)) {
        assertArrayEquals(entry.getValue(), client.read(entry.getKey()), lie::toString);
      }
    }
    boolean isForNodes = lie == Lie.WRONG_SYMBOLS || lie == Lie.WRONG_PROOFS;
    assertEquals(!isForNodes, lies() > 0, "lies told to clients");
    loseAndHeal(stored);
    assertTrue(lie == Lie.WRONG_SLIVERS || lies() > 0, "lies told to nodes");
  }

  /** With so many liars there is just enough in honest nodes. */
  private static void loseAndHeal(Map<BlobId, byte[]> stored) throws Exception {
    network.stop(lost);
    TestNetwork.deleteData(lost);
    network.start(lost);
    assertTrue(lost.node.awaitWhole(TestNetwork.PATIENCE));
    for (BlobId id : stored.keySet()) {
      assertEquals(SLIVERS, lost.node.slivers(id));
    }
    assertEquals(0, lost.node.scrub().bad());
  }

  /** What a node has signed for another blob, or in an earlier epoch, is worth nothing. */
  @Test
  void staleSignaturesAreNotCounted() throws Exception {
    Map<String, byte[]> earlier = new ConcurrentHashMap<>();
    for (LyingProxy proxy : PROXIES) {
      proxy.tell(
          (path, body) -> {
            if (path.contains("/confirmation/")) {
              earlier.putIfAbsent(proxy.address(), body);
            }
            return body;
          },
          Delivery.WHOLE);
    }
    byte[] blob = blob();
    try (WalrusClient client = network.walrus(SETTINGS)) {
      assertEquals(NODES, client.store(blob, OPTIONS).rest().get().confirmedWeight());
    }
    assertEquals(LIARS, earlier.size());
    network.nextEpoch();
    // The whole answer of then: the same blob, in an earlier epoch.
    for (LyingProxy proxy : PROXIES) {
      byte[] stale = earlier.get(proxy.address());
      proxy.tell((path, body) -> path.contains("/confirmation/") ? stale : body, Delivery.WHOLE);
    }
    storesWithout(blob);
    storesWithout(blob());
    // The message of now with the signature of then.
    for (LyingProxy proxy : PROXIES) {
      byte[] stale = earlier.get(proxy.address());
      proxy.tell(
          (path, body) -> path.contains("/confirmation/") ? withSignature(body, stale) : body,
          Delivery.WHOLE);
    }
    storesWithout(blob);
    storesWithout(blob());
  }

  private static byte[] withSignature(byte[] now, byte[] then) {
    try {
      var signed = SignedAnswers.parseConfirmation(then).signature();
      return SignedAnswers.toJson(
          new SignedMessage<>(SignedAnswers.parseConfirmation(now).message(), signed));
    } catch (RedStuffException e) {
      throw new AssertionError(e);
    }
  }

  /** Stores and reads; the certificate has the signatures of all who are honest, and no other. */
  private static void storesWithout(byte[] blob) throws Exception {
    try (WalrusClient client = network.walrus(SETTINGS)) {
      StoreResult stored = client.store(blob, OPTIONS);
      stored.rest().join();
      assertTrue(lies() >= LIARS);
      Set<ObjectId> signers = new TreeSet<>();
      for (int signer : stored.certificate().certificate().signers()) {
        signers.add(client.committee().committee().members().get(signer).nodeId());
      }
      assertEquals(
          network.members.stream()
              .filter(member -> !liars.contains(member))
              .map(member -> member.id)
              .collect(Collectors.toCollection(TreeSet::new)),
          signers);
      assertArrayEquals(blob, client.read(stored.blobId()));
    }
  }
}
