package io.redstuff.oracle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.Sliver;
import io.redstuff.SliverPair;
import io.redstuff.SliverPairIndex;
import io.redstuff.certify.CertificateVerifier;
import io.redstuff.certify.NodeSigner;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.certify.bls.SecretKey;
import io.redstuff.certify.bls.SecretKeyFile;
import io.redstuff.certify.bls.Signature;
import io.redstuff.chain.SystemCalls;
import io.redstuff.client.api.ApiLimits;
import io.redstuff.client.api.NodeRoute;
import io.redstuff.client.chain.BlobStanding;
import io.redstuff.client.chain.NetworkCommittee;
import io.redstuff.client.chain.Registration;
import io.redstuff.codec.EncodedBlob;
import io.redstuff.codec.RedStuff;
import io.redstuff.message.Certificate;
import io.redstuff.message.DenyListBlobDeleted;
import io.redstuff.message.SignatureBytes;
import io.redstuff.network.ledger.AccountSession;
import io.redstuff.network.ledger.transaction.AccountKeyFile;
import io.redstuff.network.ledger.transaction.Call;
import io.redstuff.network.ledger.transaction.Calls;
import io.redstuff.network.local.LocalNetwork;
import io.redstuff.network.local.NetworkDescription;
import io.redstuff.network.local.NetworkHome;
import io.redstuff.network.local.NetworkPlan;
import io.redstuff.network.registry.LedgerRegistry;
import io.redstuff.proof.BlobMetadata;
import io.redstuff.proof.VerifiedMetadata;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The official TypeScript client stores on our nodes and reads from them. It encodes, decodes and
 * verifies with its own code; what the chain does is done here, on our ledger.
 */
class OfficialClientTest {
  private static final int SHARDS = 10;
  private static final List<Integer> NODES = List.of(0, 1, 2, 3);
  private static final int EPOCHS = 5;
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final RedStuff CODEC = RedStuff.forShards(SHARDS);
  private static final BlsEngine ENGINE = BlsEngine.preferred();

  /** What nodes ask each other, and people: the client has no method for it. */
  private static final Set<NodeRoute> NOT_OF_THE_CLIENT =
      EnumSet.of(
          NodeRoute.RECOVERY_SYMBOLS,
          NodeRoute.DECODING_SYMBOLS,
          NodeRoute.INCONSISTENCY_PROOF,
          NodeRoute.HEALTH,
          NodeRoute.SYNC_SHARD,
          NodeRoute.API);

  @TempDir private static Path directory;
  private static OfficialNodeClient official;
  private static LocalNetwork network;
  private static LedgerRegistry chain;
  private static NetworkCommittee committee;

  @BeforeAll
  static void start() throws Exception {
    official = Oracle.nodeClientOrSkip();
    NetworkHome home = new NetworkHome(directory.resolve("net"));
    NetworkPlan plan = NetworkPlan.DEFAULT.ofSize(NODES.size(), SHARDS);
    network = LocalNetwork.open(home, plan, LocalNetwork.Mode.ONE_JVM);
    AccountSession account =
        new AccountSession(network.ledger(), AccountKeyFile.read(home.clientKey()));
    chain = new LedgerRegistry(network.ledger(), account, ENGINE);
    committee = chain.committee();
    official.meet(committee);
  }

  @AfterAll
  static void stop() {
    if (official != null) {
      official.close();
    }
    if (network != null) {
      network.close();
    }
  }

  private static byte[] bytes(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static String of(BlobId blob) {
    return "{\"blobId\":\"%s\"}".formatted(blob);
  }

  private static String of(BlobId blob, SliverPairIndex pair, Axis axis) {
    return "{\"blobId\":\"%s\",\"sliverPairIndex\":%s,\"sliverType\":\"%s\"}"
        .formatted(blob, pair.value(), axis.toString().toLowerCase(Locale.ROOT));
  }

  private static String confirming(Registration registration) {
    return "{\"blobId\":\"%s\",\"objectId\":\"%s\"}"
        .formatted(registration.blobId(), registration.objectId());
  }

  private static String confirmationMethod(boolean deletable) {
    return deletable ? "getDeletableBlobConfirmation" : "getPermanentBlobConfirmation";
  }

  private static JsonNode status(int node, BlobId blob) {
    return official.call("getBlobStatus", node, of(blob), "{}").json();
  }

  /** Asks for the status until the node has heard of what the ledger knows already. */
  private static JsonNode awaitStatus(int node, BlobId blob, Predicate<JsonNode> wanted) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      String seen;
      try {
        JsonNode status = status(node, blob);
        if (wanted.test(status)) {
          return status;
        }
        seen = status.toString();
      } catch (OfficialEncoderException e) {
        seen = e.getMessage();
        assertEquals("InternalServerError 503 UNAVAILABLE", seen);
      }
      assertFalse(System.nanoTime() > deadline, "node " + node + " says of " + blob + ": " + seen);
    }
  }

  /** Sees to it that all of the client's methods are called, and so all of its routes. */
  @Test
  void storesAndReadsByEveryMethod() throws Exception {
    for (boolean deletable : new boolean[] {false, true}) {
      for (int length : new int[] {1, 40_000}) {
        Registration stored = roundTrip(bytes(length, deletable ? length : -length), deletable);
        if (deletable) {
          delete(stored);
        }
      }
    }
    OfficialNodeClient.Use use = official.use();
    assertEquals(use.methods(), use.called());
    Set<NodeRoute> routes = EnumSet.noneOf(NodeRoute.class);
    for (String request : use.requests()) {
      String[] words = request.split(" ", 2);
      routes.add(NodeRoute.match(words[0], words[1]).orElseThrow().route());
    }
    assertEquals(EnumSet.complementOf(EnumSet.copyOf(NOT_OF_THE_CLIENT)), routes);
  }

  private static Registration roundTrip(byte[] blob, boolean deletable) throws Exception {
    BlobMetadata described = official.encode(SHARDS, blob);
    VerifiedMetadata metadata = CODEC.verify(described, CODEC.blobId(blob));
    BlobId id = metadata.blobId();
    for (int node : NODES) {
      unknown(node, id);
      assertEquals(
          "BlobNotRegisteredError 400 NOT_REGISTERED",
          official.refusal("storeBlobMetadata", node, of(id), metadata.toBcsWithoutId()));
    }
    Registration registration = chain.register(metadata, EPOCHS, deletable);
    for (int node : NODES) {
      lacking(node, registration);
    }
    assertEquals(
        Set.of("201 metadata successfully stored", "201 sliver stored successfully"),
        official.store(id, NODES));
    assertEquals(
        Set.of("200 metadata already stored", "200 sliver already stored"),
        official.store(id, NODES));
    for (int node : NODES) {
      assertEquals(
          "stored", official.call("getMetadataStatus", node, of(id), "{}").json().asString());
      for (SliverPairIndex pair : committee.pairs(id, node)) {
        for (Axis axis : Axis.values()) {
          assertEquals("stored", sliverStatus(node, id, pair, axis));
        }
      }
    }
    certify(registration, NODES);
    assertEquals(BlobStanding.CERTIFIED, chain.standing(id).orElseThrow());
    for (int node : NODES) {
      certified(awaitStatus(node, id, OfficialClientTest::isCertified), registration);
    }
    assertArrayEquals(blob, official.read(id));
    return registration;
  }

  private static String sliverStatus(int node, BlobId id, SliverPairIndex pair, Axis axis) {
    return official.call("getSliverStatus", node, of(id, pair, axis), "{}").json().asString();
  }

  private static void unknown(int node, BlobId id) {
    assertEquals("{\"type\":\"nonexistent\"}", status(node, id).toString());
    assertEquals(
        "nonexistent", official.call("getMetadataStatus", node, of(id), "{}").json().asString());
    assertEquals(
        "NotFoundError 404 METADATA_NOT_FOUND", official.refusal("getBlobMetadata", node, of(id)));
    SliverPairIndex pair = committee.pairs(id, node).getFirst();
    assertEquals("nonexistent", sliverStatus(node, id, pair, Axis.PRIMARY));
    assertEquals(
        "NotFoundError 404 SLIVER_NOT_FOUND",
        official.refusal("getSliver", node, of(id, pair, Axis.SECONDARY)));
    assertEquals(
        "BlobNotRegisteredError 400 NOT_REGISTERED",
        official.refusal("getPermanentBlobConfirmation", node, of(id)));
    assertEquals(
        "BlobNotRegisteredError 400 NOT_REGISTERED",
        official.refusal("storeSliver", node, of(id, pair, Axis.PRIMARY), new byte[9]));
  }

  /** A node knows of a blob, and has nothing of it. */
  private static void lacking(int node, Registration registration) {
    BlobId id = registration.blobId();
    String type = registration.deletable() ? "deletable" : "permanent";
    JsonNode status = awaitStatus(node, id, it -> it.get("type").asString().equals(type));
    assertFalse(isCertified(status), status::toString);
    assertTrue(status.get("initialCertifiedEpoch").isNull(), status::toString);
    assertEquals(
        "BadRequestError 400 METADATA_NOT_FOUND",
        official.refusal(
            "storeSliver",
            node,
            of(id, committee.pairs(id, node).getFirst(), Axis.PRIMARY),
            new byte[9]));
    assertEquals(
        "BadRequestError 400 MISSING_SLIVERS",
        official.refusal(
            confirmationMethod(registration.deletable()), node, confirming(registration)));
    assertEquals(
        "BlobNotRegisteredError 400 NOT_REGISTERED",
        official.refusal(
            confirmationMethod(!registration.deletable()), node, confirming(registration)));
  }

  private static boolean isCertified(JsonNode status) {
    return status.has("initialCertifiedEpoch") && !status.get("initialCertifiedEpoch").isNull();
  }

  private static void certified(JsonNode status, Registration registration) {
    assertEquals(1, status.get("initialCertifiedEpoch").asInt(), status::toString);
    int deletable = registration.deletable() ? 1 : 0;
    JsonNode counts = status.get("deletableCounts");
    assertEquals(deletable, counts.get("count_deletable_total").asInt(), status::toString);
    assertEquals(deletable, counts.get("count_deletable_certified").asInt(), status::toString);
    if (!registration.deletable()) {
      assertEquals(registration.endEpoch(), status.get("endEpoch").asLong(), status::toString);
      assertTrue(status.get("isCertified").asBoolean(), status::toString);
      assertTrue(status.get("statusEvent").get("txDigest").isString(), status::toString);
      assertTrue(status.get("statusEvent").get("eventSeq").isString(), status::toString);
    }
  }

  /** What the nodes signed for the client, and it has added up, is what the ledger wants. */
  private static void certify(Registration registration, List<Integer> nodes) throws Exception {
    chain.certify(
        registration,
        new CertificateVerifier(committee.committee(), ENGINE)
            .verify(
                official.certificate(registration.blobId(), registration.persistence(), nodes),
                registration.blobId(),
                registration.persistence()));
  }

  private static void delete(Registration registration) throws Exception {
    chain.execute(Call.of(SystemCalls.deleteBlob(), Calls.object(registration.objectId())));
    for (int node : NODES) {
      BlobId id = registration.blobId();
      awaitStatus(node, id, it -> it.get("type").asString().equals("nonexistent"));
      assertEquals(
          "NotFoundError 404 METADATA_NOT_FOUND",
          official.refusal("getBlobMetadata", node, of(id)));
    }
  }

  /** What is wrong is refused by the classes of errors that the client has for it. */
  @Test
  void wrongUploads() throws Exception {
    try (EncodedBlob blob = CODEC.encode(bytes(3000, 5))) {
      VerifiedMetadata metadata = blob.metadata();
      BlobId id = metadata.blobId();
      chain.register(metadata, EPOCHS, false);
      byte[] good = metadata.toBcsWithoutId();
      byte[] bad = good.clone();
      bad[good.length - 1] ^= 1;
      assertEquals("BadRequestError 400 INVALID_METADATA", metadataRefusal(id, bad));
      assertEquals(
          "BadRequestError 400 INVALID_METADATA",
          metadataRefusal(id, Arrays.copyOf(good, good.length - 1)));
      byte[] otherType = good.clone();
      otherType[1] = 0;
      assertEquals("BadRequestError 400 UNSUPPORTED_ENCODING_TYPE", metadataRefusal(id, otherType));
      assertEquals(
          "BadRequestError 400 INVALID_CONTENT_TYPE",
          OfficialNodeClient.refused(
              () ->
                  official.call(
                      "storeBlobMetadata",
                      0,
                      of(id),
                      "{\"headers\":{\"Content-Type\":\"text/plain\"}}",
                      good)));
      official.call("storeBlobMetadata", 0, of(id), "{}", good);

      SliverPairIndex own = committee.pairs(id, 0).getFirst();
      SliverPairIndex foreign = committee.pairs(id, 1).getFirst();
      for (Axis axis : Axis.values()) {
        byte[] sliver = bcs(blob, own, axis);
        byte[] changed = sliver.clone();
        changed[5] ^= 1;
        assertEquals(
            "BadRequestError 400 INVALID_SLIVER", sliverRefusal(of(id, own, axis), changed));
        assertEquals(
            "BadRequestError 400 SLIVER_INDEX_MISMATCH",
            sliverRefusal(of(id, own, axis), bcs(blob, foreign, axis)));
        assertEquals(
            "BadRequestError 400 SHARD_NOT_ASSIGNED",
            sliverRefusal(of(id, foreign, axis), bcs(blob, foreign, axis)));
        assertEquals(
            "BadRequestError 400 INDEX_OUT_OF_RANGE",
            sliverRefusal(of(id, SliverPairIndex.of(SHARDS), axis), sliver));
        assertEquals(
            "PermissionDeniedError 403 SLIVER_TOO_LARGE",
            sliverRefusal(of(id, own, axis), Arrays.copyOf(sliver, sliver.length + 1)));
        int most = Math.toIntExact(ApiLimits.sliver(CODEC.parameters(), axis));
        assertEquals(
            "PermissionDeniedError 403 SLIVER_TOO_LARGE",
            sliverRefusal(of(id, own, axis), new byte[most + 1]));
        assertEquals(
            "BadRequestError 400 SHARD_NOT_ASSIGNED",
            official.refusal("getSliver", 0, of(id, foreign, axis)));
        assertEquals(
            "NotFoundError 404 SLIVER_NOT_FOUND",
            official.refusal("getSliver", 0, of(id, own, axis)));
        official.call("storeSliver", 0, of(id, own, axis), "{}", sliver);
        assertArrayEquals(sliver, official.call("getSliver", 0, of(id, own, axis), "{}").bytes());
      }
    }
  }

  private static String metadataRefusal(BlobId id, byte[] body) {
    return official.refusal("storeBlobMetadata", 0, of(id), body);
  }

  private static String sliverRefusal(String which, byte[] body) {
    return official.refusal("storeSliver", 0, which, body);
  }

  private static byte[] bcs(EncodedBlob blob, SliverPairIndex pair, Axis axis) {
    SliverPair both = blob.pair(pair);
    return (axis == Axis.PRIMARY ? both.primary() : both.secondary()).toBcs();
  }

  /** The client finds out by itself that a blob is inconsistent, if it reads all of it. */
  @Test
  void inconsistentBlobIsRefusedByTheReader() throws Exception {
    VerifiedMetadata metadata = cheat(6);
    chain.register(metadata, EPOCHS, false);
    official.store(metadata.blobId(), NODES);
    assertEquals(
        "InconsistentBlobError",
        OfficialNodeClient.refused(() -> official.read(metadata.blobId())));
  }

  /** And so does a node that lacks something of it; then the others learn it, and the client. */
  @Test
  void inconsistentBlobEndsInvalid() throws Exception {
    VerifiedMetadata metadata = cheat(7);
    BlobId id = metadata.blobId();
    int absent = committee.owner(id, SliverPairIndex.of(0));
    List<Integer> others = NODES.stream().filter(node -> node != absent).toList();
    Registration registration = chain.register(metadata, EPOCHS, false);
    official.store(id, others);
    certify(registration, others);
    for (int node : NODES) {
      JsonNode status = awaitStatus(node, id, it -> it.get("type").asString().equals("invalid"));
      assertTrue(status.get("event").get("txDigest").isString(), status::toString);
      assertEquals(
          "BadRequestError 400 INVALID_BLOB",
          official.refusal("storeBlobMetadata", node, of(id), metadata.toBcsWithoutId()));
      assertEquals(
          "NotFoundError 404 METADATA_NOT_FOUND",
          official.refusal("getBlobMetadata", node, of(id)));
      assertEquals(
          "NotFoundError 404 SLIVER_NOT_FOUND",
          official.refusal(
              "getSliver", node, of(id, committee.pairs(id, node).getFirst(), Axis.PRIMARY)));
      assertEquals(
          "BlobNotRegisteredError 400 NOT_REGISTERED",
          official.refusal("getPermanentBlobConfirmation", node, of(id)));
    }
  }

  /** Gives the client a blob whose first primary sliver is another than the code would have. */
  private static VerifiedMetadata cheat(long seed) throws Exception {
    int length = 3000;
    try (EncodedBlob encoded = CODEC.encode(bytes(length, seed))) {
      Sliver good = encoded.pair(SliverPairIndex.of(0)).primary();
      byte[] changed = good.toBytes();
      changed[0] ^= 1;
      Sliver bad = Sliver.copyOf(good.id(), good.symbolSize(), changed);
      byte[] hashes = new byte[64 * SHARDS];
      for (SliverPair pair : encoded.pairs()) {
        int at = 64 * pair.index().value();
        Sliver primary = at == 0 ? bad : pair.primary();
        System.arraycopy(CODEC.root(primary), 0, hashes, at, 32);
        System.arraycopy(CODEC.root(pair.secondary()), 0, hashes, at + 32, 32);
      }
      VerifiedMetadata metadata = VerifiedMetadata.ofHashes(CODEC.parameters(), length, hashes);
      List<SliverPair> pairs = new ArrayList<>(encoded.pairs());
      pairs.set(0, new SliverPair(SliverPairIndex.of(0), bad, pairs.getFirst().secondary()));
      official.take(metadata, pairs);
      return metadata;
    }
  }

  @Test
  void deniedBlobsAreUnavailableByLaw() throws Exception {
    BlobMetadata described = official.encode(SHARDS, bytes(500, 8));
    BlobId id = described.claimedId();
    VerifiedMetadata metadata = CODEC.verify(described, id);
    Registration registration = chain.register(metadata, EPOCHS, false);
    official.store(id, NODES);
    certify(registration, NODES);
    deny(id);
    for (int node : NODES) {
      awaitRefusal("LegallyUnavailableError 451 FORBIDDEN_BLOB", "getBlobMetadata", node, of(id));
      assertEquals(
          "LegallyUnavailableError 451 FORBIDDEN_BLOB",
          official.refusal(
              "getSliver", node, of(id, committee.pairs(id, node).getFirst(), Axis.SECONDARY)));
      assertEquals(
          "LegallyUnavailableError 451 FORBIDDEN_BLOB",
          official.refusal("storeBlobMetadata", node, of(id), metadata.toBcsWithoutId()));
    }
  }

  /** Asks until the node has heard of what the ledger knows already. */
  private static void awaitRefusal(String wanted, String method, int node, String arguments) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        official.call(method, node, arguments, "{}");
      } catch (OfficialEncoderException e) {
        assertEquals(wanted, e.getMessage());
        return;
      }
      assertFalse(System.nanoTime() > deadline, "node " + node + ": " + method);
    }
  }

  /** All nodes sign that they have it on their lists of what is denied. */
  private static void deny(BlobId id) throws Exception {
    DenyListBlobDeleted message = new DenyListBlobDeleted(committee.committee().epoch(), id);
    List<Integer> signers = new ArrayList<>();
    List<Signature> signatures = new ArrayList<>();
    for (NetworkDescription.Node node : network.description().nodes()) {
      try (SecretKey secret = SecretKeyFile.read(network.home().node(node.name()).protocolKey())) {
        NodeSigner signer = new NodeSigner(ENGINE, secret);
        signers.add(committee.committee().position(signer.key()).orElseThrow());
        signatures.add(ENGINE.signature(signer.sign(message).signature().toBytes()));
      }
    }
    Certificate<DenyListBlobDeleted> certificate =
        new Certificate<>(
            signers, message, SignatureBytes.of(ENGINE.aggregate(signatures).toBytes()));
    chain.execute(Call.of(SystemCalls.deleteDenyListedBlob(certificate, NODES.size())));
  }
}
