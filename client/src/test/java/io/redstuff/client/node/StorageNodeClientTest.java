package io.redstuff.client.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.ObjectId;
import io.redstuff.ShardIndex;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.SliverPairIndex;
import io.redstuff.SymbolId;
import io.redstuff.certify.NodeSigner;
import io.redstuff.client.api.BlobStatus;
import io.redstuff.client.api.DecodingSymbols;
import io.redstuff.client.api.DecodingSymbolsQuery;
import io.redstuff.client.api.DeletableCounts;
import io.redstuff.client.api.ErrorCode;
import io.redstuff.client.api.ErrorReason;
import io.redstuff.client.api.NodeRoute;
import io.redstuff.client.api.RecoverySymbolsQuery;
import io.redstuff.client.api.SignedAnswers;
import io.redstuff.client.api.StoreOutcome;
import io.redstuff.client.api.StoredStatus;
import io.redstuff.client.node.NodeException.Kind;
import io.redstuff.client.testing.FakeNetwork;
import io.redstuff.client.testing.FakeNode;
import io.redstuff.client.testing.FakeServer.Delivery;
import io.redstuff.client.testing.FakeServer.Reply;
import io.redstuff.codec.EncodedBlob;
import io.redstuff.codec.RedStuff;
import io.redstuff.message.BlobConfirmation;
import io.redstuff.message.BlobPersistence;
import io.redstuff.message.InvalidBlobId;
import io.redstuff.message.PublicKeyBytes;
import io.redstuff.message.SyncShardRequest;
import io.redstuff.proof.GeneralRecoverySymbol;
import io.redstuff.proof.InconsistencyProof;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every route, and what a node can do wrong. */
class StorageNodeClientTest {
  private static final int SHARDS = 7;
  private static final RedStuff CODEC = RedStuff.forShards(SHARDS).withParallelism(1);
  private static final Duration SHORT = Duration.ofMillis(400);
  private static final NodeSigner SIGNER =
      new NodeSigner(FakeNetwork.ENGINE, FakeNetwork.secret(0));
  private static final BlobStatus DELETABLE =
      new BlobStatus.Deletable(OptionalLong.empty(), DeletableCounts.NONE);

  private final FakeNode node =
      new FakeNode(
          CODEC,
          SIGNER,
          3,
          IntStream.range(0, SHARDS).mapToObj(ShardIndex::of).toList(),
          blobId -> DELETABLE);
  private final NodeConnections connections =
      NodeConnections.open(new RequestLimits(Duration.ofSeconds(20), 1 << 20));
  private final StorageNodeClient client = client(connections);
  private final EncodedBlob blob = CODEC.encode(new byte[500]);
  private final BlobId id = blob.blobId();
  private final int symbolSize = blob.metadata().symbolSize();

  private StorageNodeClient client(NodeConnections via) {
    return via.client(NodeAddress.of(node.uri()), CODEC.parameters());
  }

  @AfterEach
  void close() {
    connections.close();
    node.close();
    blob.close();
  }

  private void store() throws Exception {
    client.storeMetadata(blob.metadata(), false);
    for (int index = 0; index < SHARDS; index++) {
      for (Axis axis : Axis.values()) {
        SliverId sliver = new SliverId(axis, index);
        client.storeSliver(id, sliver.pair(CODEC.parameters()), blob.sliver(sliver), false);
      }
    }
  }

  @Test
  void metadata() throws Exception {
    assertEquals(StoredStatus.NONEXISTENT, client.metadataStatus(id));
    assertEquals(StoreOutcome.BUFFERED, client.storeMetadata(blob.metadata(), true));
    assertEquals(StoreOutcome.ALREADY_STORED, client.storeMetadata(blob.metadata(), false));
    assertEquals(StoredStatus.STORED, client.metadataStatus(id));
    assertEquals(blob.metadata(), CODEC.verify(client.metadata(id), id));
  }

  @Test
  void slivers() throws Exception {
    SliverPairIndex pair = SliverPairIndex.of(2);
    Sliver secondary = blob.sliver(pair.secondary(CODEC.parameters()));
    NodeException early =
        assertThrows(NodeException.class, () -> client.storeSliver(id, pair, secondary, false));
    assertTrue(early.is(ErrorReason.METADATA_NOT_FOUND));
    assertFalse(early.is(ErrorReason.INVALID_SLIVER));
    client.storeMetadata(blob.metadata(), false);
    assertEquals(StoredStatus.NONEXISTENT, client.sliverStatus(id, pair, Axis.SECONDARY));
    assertEquals(StoreOutcome.STORED, client.storeSliver(id, pair, secondary, false));
    assertEquals(StoreOutcome.ALREADY_STORED, client.storeSliver(id, pair, secondary, false));
    assertEquals(StoredStatus.STORED, client.sliverStatus(id, pair, Axis.SECONDARY));
    assertEquals(secondary, client.sliver(id, pair, Axis.SECONDARY));
    assertEquals(secondary, client.sliver(id, pair, Axis.SECONDARY, symbolSize));
    NodeException missing =
        assertThrows(NodeException.class, () -> client.sliver(id, pair, Axis.PRIMARY));
    assertEquals(Kind.REFUSED, missing.kind());
    assertEquals(404, missing.httpStatus());
    assertEquals(Optional.of(ErrorCode.NOT_FOUND), missing.error().map(error -> error.code()));
  }

  /** A sliver of many pieces: its body is sent from where it lies. */
  @Test
  void longSlivers() throws Exception {
    try (EncodedBlob large = CODEC.encode(new byte[900_000])) {
      client.storeMetadata(large.metadata(), false);
      Sliver primary = large.sliver(SliverId.primary(0));
      assertTrue(primary.segment().byteSize() > 1 << 17, primary::toString);
      SliverPairIndex pair = SliverPairIndex.of(0);
      client.storeSliver(large.blobId(), pair, primary, false);
      assertEquals(primary, client.sliver(large.blobId(), pair, Axis.PRIMARY));
    }
  }

  @Test
  void confirmations() throws Exception {
    NodeException missing =
        assertThrows(
            NodeException.class,
            () -> client.confirmation(id, BlobPersistence.PERMANENT, Duration.ZERO));
    assertTrue(missing.is(ErrorReason.MISSING_SLIVERS));
    store();
    assertEquals(
        SIGNER.sign(new BlobConfirmation(3, id, BlobPersistence.PERMANENT)),
        client.confirmation(id, BlobPersistence.PERMANENT, Duration.ofSeconds(1)));
    BlobPersistence deletable = BlobPersistence.deletable(ObjectId.of(new byte[32]));
    assertEquals(
        SIGNER.sign(new BlobConfirmation(3, id, deletable)),
        client.confirmation(id, deletable, Duration.ZERO));
  }

  @Test
  void recoverySymbols() throws Exception {
    store();
    RecoverySymbolsQuery all =
        new RecoverySymbolsQuery.Recovers(SliverId.primary(1), Optional.of(Axis.SECONDARY));
    List<GeneralRecoverySymbol> symbols = client.recoverySymbols(id, all, symbolSize);
    assertEquals(SHARDS, symbols.size());
    for (GeneralRecoverySymbol symbol : symbols) {
      symbol.verify(blob.metadata(), SliverId.primary(1));
    }
    RecoverySymbolsQuery one =
        new RecoverySymbolsQuery.Ids(List.of(new SymbolId(1, 2)), Optional.of(Axis.PRIMARY));
    assertEquals(1, client.recoverySymbols(id, one, symbolSize).size());
    byte[] others = GeneralRecoverySymbol.toBcs(List.of(symbols.getFirst()));
    node.fault = (match, reply) -> Reply.of(200, others);
    NodeException wrong =
        assertThrows(NodeException.class, () -> client.recoverySymbols(id, one, symbolSize));
    assertEquals(Kind.BAD_ANSWER, wrong.kind());
  }

  @Test
  void decodingSymbols() throws Exception {
    store();
    DecodingSymbolsQuery query = new DecodingSymbolsQuery(Axis.SECONDARY, List.of(0, 3));
    DecodingSymbols symbols = client.decodingSymbols(id, query, symbolSize);
    assertEquals(List.of(0, 3), List.copyOf(symbols.symbols().keySet()));
    assertEquals(SHARDS, symbols.symbols().get(3).size());
    NodeException wrong =
        assertThrows(
            NodeException.class,
            () -> {
              node.fault = (match, reply) -> Reply.of(200, symbols.toBcs());
              client.decodingSymbols(
                  id, new DecodingSymbolsQuery(Axis.SECONDARY, List.of(0)), symbolSize);
            });
    assertEquals(Kind.BAD_ANSWER, wrong.kind());
    assertFalse(wrong.isPassing());
  }

  @Test
  void inconsistencyProofs() throws Exception {
    store();
    InconsistencyProof proof = new InconsistencyProof(SliverId.primary(0), List.of());
    NodeException refused =
        assertThrows(NodeException.class, () -> client.reportInconsistency(id, proof));
    assertEquals(Kind.REFUSED, refused.kind());
    byte[] signed = SignedAnswers.invalidToJson(SIGNER.sign(new InvalidBlobId(3, id)));
    node.fault = (match, reply) -> Reply.of(200, signed);
    assertEquals(3, client.reportInconsistency(id, proof).message().epoch());
  }

  @Test
  void theRest() throws Exception {
    assertEquals(DELETABLE, client.blobStatus(id));
    assertEquals(Optional.empty(), client.health(false).detail());
    assertEquals(SHARDS, client.health(true).detail().orElseThrow().owned().size());
    store();
    SyncShardRequest request = new SyncShardRequest(3, ShardIndex.of(0), Axis.PRIMARY, id, 10, 3);
    PublicKeyBytes key = PublicKeyBytes.of(SIGNER.key().toBytes());
    assertEquals(2 * SHARDS, client.syncShard(SIGNER.sign(request), key, 1 << 20).entries().size());
    assertEquals(
        Kind.BAD_ANSWER,
        assertThrows(NodeException.class, () -> client.syncShard(SIGNER.sign(request), key, 100))
            .kind());
    assertTrue(client.toString().contains(node.uri()), client.toString());
    assertEquals(node.uri(), client.address().toString());
  }

  @ParameterizedTest
  @EnumSource(
      value = Delivery.class,
      names = {"HANG", "DRIP", "ENDLESS", "CUT", "BOAST"})
  void badDeliveriesEnd(Delivery delivery) throws Exception {
    store();
    Kind expected =
        switch (delivery) {
          case HANG, DRIP -> Kind.TIMED_OUT;
          case CUT -> Kind.UNREACHABLE;
          default -> Kind.BAD_ANSWER;
        };
    node.fault = (match, reply) -> reply.sent(delivery);
    try (NodeConnections brief = NodeConnections.open(new RequestLimits(SHORT, Long.MAX_VALUE))) {
      NodeException e =
          assertThrows(
              NodeException.class,
              () -> client(brief).sliver(id, SliverPairIndex.of(0), Axis.PRIMARY));
      assertEquals(expected, e.kind(), e.getMessage());
      assertTrue(e.error().isEmpty());
      if (delivery != Delivery.HANG) { // that server does not look at its connection
        assertTrue(node.awaitIdle(), "the connection is broken off");
      }
    }
  }

  @Test
  void errorsThatNeverEndAreCut() {
    node.fault = (match, reply) -> new Reply(500, new byte[0], Delivery.ENDLESS);
    NodeException e = assertThrows(NodeException.class, () -> client.blobStatus(id));
    assertEquals(Kind.BAD_ANSWER, e.kind());
  }

  @Test
  void nodesThatAreDownAreUnreachable() {
    node.close();
    NodeException e = assertThrows(NodeException.class, () -> client.blobStatus(id));
    assertEquals(Kind.UNREACHABLE, e.kind());
    assertTrue(e.isPassing());
    assertEquals(0, e.httpStatus());
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 400, 404, 429, 500, 503})
  void statusesWithoutAnErrorAreEnough(int status) {
    node.fault = (match, reply) -> Reply.of(status, new byte[] {'<'});
    NodeException e = assertThrows(NodeException.class, () -> client.blobStatus(id));
    assertEquals(Kind.REFUSED, e.kind());
    assertEquals(status, e.httpStatus());
    assertEquals(status >= 429, e.isPassing());
  }

  @Test
  void answersOfAnotherKindAreBad() {
    node.fault = (match, reply) -> Reply.of(204, new byte[0]);
    NodeException e =
        assertThrows(NodeException.class, () -> client.storeMetadata(blob.metadata(), false));
    assertEquals(Kind.BAD_ANSWER, e.kind());
    assertEquals(
        Kind.BAD_ANSWER, assertThrows(NodeException.class, () -> client.metadata(id)).kind());
  }

  @Test
  void interruptsBreakRequestsOff() throws Exception {
    node.fault = (match, reply) -> reply.sent(Delivery.HANG);
    Thread thread = Thread.currentThread();
    Thread.ofVirtual()
        .start(
            () -> {
              while (node.asked.isEmpty()) {
                Thread.onSpinWait();
              }
              thread.interrupt();
            });
    assertThrows(InterruptedException.class, () -> client.blobStatus(id));
  }

  @Test
  void closingBreaksRequestsOff() {
    node.fault =
        (match, reply) -> {
          connections.close();
          return reply.sent(Delivery.HANG);
        };
    assertEquals(
        Kind.UNREACHABLE, assertThrows(NodeException.class, () -> client.blobStatus(id)).kind());
  }

  @Test
  void addressesMayEndInASlash() throws Exception {
    StorageNodeClient other =
        connections.client(NodeAddress.of(node.uri() + "/"), CODEC.parameters());
    assertEquals(DELETABLE, other.blobStatus(id));
  }

  @Test
  void addresses() {
    assertEquals("http://host:1/", NodeAddress.of("http://host:1/").toString());
    assertEquals("host:443", NodeAddress.of("https://host").peer());
    assertTrue(NodeAddress.of("https://host:7").isSecure());
    for (String wrong :
        List.of(
            "ftp://a", "http:///", "http://a/b", "http://a?b", "http://a#b", "http://u@a", "x")) {
      assertThrows(IllegalArgumentException.class, () -> NodeAddress.of(wrong), wrong);
    }
    NetworkKey key = NetworkKey.of(new byte[NetworkKey.BYTES]);
    assertThrows(
        IllegalArgumentException.class,
        () -> new NodeAddress(URI.create("http://a"), Optional.of(key)));
    assertThrows(IllegalArgumentException.class, () -> new RequestLimits(Duration.ZERO, 1));
    assertThrows(IllegalArgumentException.class, () -> new RequestLimits(SHORT, 0));
    assertEquals(
        Duration.ofSeconds(33), new RequestLimits(Duration.ofSeconds(30), 10).forBytes(21));
    assertEquals("GET", NodeRoute.HEALTH.method());
  }
}
