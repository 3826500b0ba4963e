package io.redstuff.network.node;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.ShardIndex;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.SliverPairIndex;
import io.redstuff.SymbolId;
import io.redstuff.certify.SignedMessages;
import io.redstuff.client.api.BlobStatus;
import io.redstuff.client.api.DecodingSymbols;
import io.redstuff.client.api.DecodingSymbolsQuery;
import io.redstuff.client.api.ErrorReason;
import io.redstuff.client.api.NodeHealth;
import io.redstuff.client.api.RecoverySymbolsQuery;
import io.redstuff.client.api.StoreOutcome;
import io.redstuff.client.api.StoredStatus;
import io.redstuff.client.node.NodeException;
import io.redstuff.client.node.StorageNodeClient;
import io.redstuff.codec.EncodedBlob;
import io.redstuff.message.BlobConfirmation;
import io.redstuff.message.BlobPersistence;
import io.redstuff.message.SignedMessage;
import io.redstuff.network.ledger.testing.TestNode;
import io.redstuff.network.node.testing.TestNetwork;
import io.redstuff.network.node.testing.TestNetwork.Blob;
import io.redstuff.network.node.testing.TestNetwork.Member;
import io.redstuff.proof.GeneralRecoverySymbol;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Ten shards on four nodes: what a client sees of one of them, on each route. */
class StorageNodeTest {
  private static final Duration WAIT = Duration.ofSeconds(20);

  @TempDir private Path directory;
  private TestNetwork network;
  private Member member;
  private StorageNodeClient client;

  @BeforeEach
  void begin() throws Exception {
    network = TestNetwork.of(directory, 10, 4);
    member = network.members.getFirst();
    client = network.client(member);
  }

  @AfterEach
  void end() throws Exception {
    network.close();
  }

  private SliverPairIndex ownPair(BlobId blob) {
    return network.shards(member).getFirst().pair(blob, network.parameters());
  }

  private SliverPairIndex othersPair(BlobId blob) {
    Member other = network.members.getLast();
    return network.shards(other).getFirst().pair(blob, network.parameters());
  }

  private static void refused(ErrorReason reason, int status, Executable request) {
    NodeException e = assertThrows(NodeException.class, request);
    assertTrue(e.is(reason), e::getMessage);
    assertEquals(status, e.httpStatus());
  }

  @Test
  void whatIsStoredCanBeRead() throws Exception {
    Blob blob = network.store(5000, 1, network.members);
    BlobId id = blob.id();
    assertArrayEquals(blob.metadata().toBcs(), client.metadata(id).toBcs());
    assertEquals(StoredStatus.STORED, client.metadataStatus(id));
    List<Sliver> slivers = new ArrayList<>();
    for (Member each : network.members) {
      for (ShardIndex shard : network.shards(each)) {
        SliverPairIndex pair = shard.pair(id, network.parameters());
        for (Axis axis : Axis.values()) {
          assertEquals(StoredStatus.STORED, network.client(each).sliverStatus(id, pair, axis));
          Sliver sliver = network.client(each).sliver(id, pair, axis);
          assertEquals(TestNetwork.sliver(blob, pair, axis), sliver);
          slivers.add(sliver);
        }
      }
    }
    assertArrayEquals(TestNetwork.bytes(5000, 1), network.codec.decode(blob.metadata(), slivers));
    BlobStatus.Deletable status =
        assertInstanceOf(BlobStatus.Deletable.class, client.blobStatus(id));
    assertEquals(1, status.initialCertifiedEpoch().getAsLong());
    assertEquals(1, status.deletableCounts().certified());
  }

  @Test
  void metadataAreTakenOnceAndOnlyIfTheyAreRight() throws Exception {
    try (EncodedBlob encoded = network.encode(3000, 2);
        EncodedBlob other = network.encode(3000, 3)) {
      BlobId id = encoded.blobId();
      assertEquals(StoredStatus.NONEXISTENT, client.metadataStatus(id));
      refused(
          ErrorReason.NOT_REGISTERED, 400, () -> client.storeMetadata(encoded.metadata(), false));
      refused(ErrorReason.METADATA_NOT_FOUND, 404, () -> client.metadata(id));
      network.register(encoded, false, 3);
      assertEquals(StoreOutcome.STORED, client.storeMetadata(encoded.metadata(), false));
      assertEquals(StoreOutcome.ALREADY_STORED, client.storeMetadata(encoded.metadata(), true));
      refused(ErrorReason.NOT_REGISTERED, 400, () -> client.storeMetadata(other.metadata(), false));
    }
  }

  @Test
  void sliversAreTakenOnceAndOnlyIfTheyAreRight() throws Exception {
    try (EncodedBlob encoded = network.encode(3000, 4);
        EncodedBlob other = network.encode(3000, 5)) {
      BlobId id = encoded.blobId();
      SliverPairIndex pair = ownPair(id);
      Sliver sliver = encoded.pair(pair).primary();
      refused(ErrorReason.NOT_REGISTERED, 400, () -> client.storeSliver(id, pair, sliver, false));
      Blob blob = network.register(encoded, false, 3);
      Sliver good = blob.pair(pair).primary();
      refused(ErrorReason.METADATA_NOT_FOUND, 400, () -> client.storeSliver(id, pair, good, false));
      client.storeMetadata(blob.metadata(), false);
      assertEquals(StoredStatus.NONEXISTENT, client.sliverStatus(id, pair, Axis.PRIMARY));
      refused(ErrorReason.SLIVER_NOT_FOUND, 404, () -> client.sliver(id, pair, Axis.PRIMARY));
      SliverPairIndex others = othersPair(id);
      refused(
          ErrorReason.SHARD_NOT_ASSIGNED,
          400,
          () -> client.storeSliver(id, others, blob.pair(others).primary(), false));
      refused(ErrorReason.SHARD_NOT_ASSIGNED, 400, () -> client.sliver(id, others, Axis.PRIMARY));
      refused(
          ErrorReason.SHARD_NOT_ASSIGNED,
          400,
          () -> client.sliverStatus(id, others, Axis.SECONDARY));
      refused(
          ErrorReason.SLIVER_INDEX_MISMATCH,
          400,
          () -> client.storeSliver(id, pair, blob.pair(others).primary(), false));
      refused(
          ErrorReason.INVALID_SLIVER,
          400,
          () ->
              client.storeSliver(
                  id,
                  pair,
                  Sliver.copyOf(good.id(), good.symbolSize(), other.pair(pair).primary().toBytes()),
                  false));
      Sliver longer =
          Sliver.copyOf(
              good.id(),
              good.symbolSize() + 2,
              new byte[good.symbolCount() * (good.symbolSize() + 2)]);
      refused(ErrorReason.SLIVER_TOO_LARGE, 403, () -> client.storeSliver(id, pair, longer, false));
      SliverPairIndex none = SliverPairIndex.of(10);
      refused(ErrorReason.INDEX_OUT_OF_RANGE, 400, () -> client.storeSliver(id, none, good, false));
      refused(ErrorReason.INDEX_OUT_OF_RANGE, 400, () -> client.sliver(id, none, Axis.PRIMARY));
      assertEquals(StoreOutcome.STORED, client.storeSliver(id, pair, good, false));
      assertEquals(StoreOutcome.ALREADY_STORED, client.storeSliver(id, pair, good, false));
      assertEquals(good, client.sliver(id, pair, Axis.PRIMARY, good.symbolSize()));
    }
  }

  @Test
  void aConfirmationNeedsAllSliversOfAllShardsAndTheRightRegistration() throws Exception {
    try (EncodedBlob encoded = network.encode(4000, 6)) {
      BlobId id = encoded.blobId();
      refused(
          ErrorReason.NOT_REGISTERED,
          400,
          () -> client.confirmation(id, BlobPersistence.PERMANENT, Duration.ZERO));
      Blob blob = network.register(encoded, true, 3);
      refused(
          ErrorReason.NOT_REGISTERED,
          400,
          () -> client.confirmation(id, BlobPersistence.PERMANENT, Duration.ofMillis(20)));
      refused(
          ErrorReason.NOT_REGISTERED,
          400,
          () -> client.confirmation(id, BlobPersistence.deletable(member.id), Duration.ZERO));
      refused(
          ErrorReason.MISSING_SLIVERS,
          400,
          () -> client.confirmation(id, blob.persistence(), Duration.ZERO));
      client.storeMetadata(blob.metadata(), false);
      List<ShardIndex> shards = network.shards(member);
      for (ShardIndex shard : shards) {
        SliverPairIndex pair = shard.pair(id, network.parameters());
        for (Axis axis : Axis.values()) {
          refused(
              ErrorReason.MISSING_SLIVERS,
              400,
              () -> client.confirmation(id, blob.persistence(), Duration.ZERO));
          client.storeSliver(id, pair, TestNetwork.sliver(blob, pair, axis), false);
        }
      }
      SignedMessage<BlobConfirmation> signed =
          client.confirmation(id, blob.persistence(), Duration.ZERO);
      assertEquals(
          new BlobConfirmation(1, id, blob.persistence()),
          new SignedMessages(TestNode.ENGINE).verify(signed, member.signer.key()));
      Blob permanent = network.register(encoded, false, 3);
      assertEquals(
          BlobPersistence.PERMANENT,
          client.confirmation(id, permanent.persistence(), WAIT).message().persistence());
    }
  }

  /** Everything is sent before the registration, and a confirmation waits for it. */
  @Test
  void whatIsSentAheadWaitsForTheRegistration() throws Exception {
    try (EncodedBlob encoded = network.encode(2000, 7)) {
      BlobId id = encoded.blobId();
      assertEquals(StoreOutcome.BUFFERED, client.storeMetadata(encoded.metadata(), true));
      assertEquals(StoredStatus.BUFFERED, client.metadataStatus(id));
      for (ShardIndex shard : network.shards(member)) {
        SliverPairIndex pair = shard.pair(id, network.parameters());
        for (Sliver sliver :
            List.of(encoded.pair(pair).primary(), encoded.pair(pair).secondary())) {
          Sliver copy = Sliver.copyOf(sliver.id(), sliver.symbolSize(), sliver.toBytes());
          assertEquals(StoreOutcome.BUFFERED, client.storeSliver(id, pair, copy, true));
          assertEquals(StoreOutcome.BUFFERED, client.storeSliver(id, pair, copy, true));
          assertEquals(StoredStatus.BUFFERED, client.sliverStatus(id, pair, sliver.id().axis()));
        }
      }
      refused(ErrorReason.METADATA_NOT_FOUND, 404, () -> client.metadata(id));
      CompletableFuture<SignedMessage<BlobConfirmation>> waiting =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return client.confirmation(id, BlobPersistence.PERMANENT, WAIT);
                } catch (NodeException | InterruptedException e) {
                  throw new AssertionError(e);
                }
              });
      network.register(encoded, false, 3);
      assertEquals(id, waiting.get().message().blobId());
      assertEquals(StoredStatus.STORED, client.metadataStatus(id));
      assertEquals(2 * network.shards(member).size(), member.node.slivers(id));
    }
  }

  @Test
  void symbolsAreThoseOfTheSlivers() throws Exception {
    Blob blob = network.store(6000, 8, network.members);
    BlobId id = blob.id();
    int size = blob.metadata().symbolSize();
    SliverId target = othersPair(id).primary();
    List<GeneralRecoverySymbol> symbols =
        client.recoverySymbols(
            id, new RecoverySymbolsQuery.Recovers(target, Optional.empty()), size);
    assertEquals(network.shards(member).size(), symbols.size());
    for (GeneralRecoverySymbol symbol : symbols) {
      symbol.verify(blob.metadata(), target);
      // The same cell, by its name, and proven by either of the slivers that the node has.
      assertEquals(
          List.of(symbol),
          client.recoverySymbols(
              id,
              new RecoverySymbolsQuery.Ids(
                  List.of(symbol.id()), Optional.of(symbol.source().axis())),
              size));
    }
    DecodingSymbols bare =
        client.decodingSymbols(
            id, new DecodingSymbolsQuery(Axis.PRIMARY, List.of(target.index())), size);
    assertEquals(
        symbols.stream().map(symbol -> symbol.withoutTarget().withoutProof()).toList().size(),
        bare.symbols().get(target.index()).size());
    assertTrue(
        bare.symbols()
            .get(target.index())
            .containsAll(
                symbols.stream().map(symbol -> symbol.withoutTarget().withoutProof()).toList()));
    SliverId own = ownPair(id).primary();
    refused(
        ErrorReason.SYMBOL_NOT_PRESENT_AT_SHARDS,
        400,
        () ->
            client.recoverySymbols(
                id,
                new RecoverySymbolsQuery.Ids(
                    List.of(
                        SymbolId.of(
                            target, othersPair(id).secondary(network.parameters()).index())),
                    Optional.empty()),
                size));
    refused(
        ErrorReason.INDEX_OUT_OF_RANGE,
        400,
        () ->
            client.recoverySymbols(
                id,
                new RecoverySymbolsQuery.Recovers(SliverId.primary(10), Optional.empty()),
                size));
    refused(
        ErrorReason.INDEX_OUT_OF_RANGE,
        400,
        () ->
            client.recoverySymbols(
                id,
                new RecoverySymbolsQuery.Ids(
                    List.of(new SymbolId(own.index(), 10)), Optional.empty()),
                size));
    refused(
        ErrorReason.INDEX_OUT_OF_RANGE,
        400,
        () ->
            client.decodingSymbols(
                id, new DecodingSymbolsQuery(Axis.SECONDARY, List.of(11)), size));
  }

  @Test
  void aNodeTellsHowItIs() throws Exception {
    NodeHealth health = client.health(true);
    assertEquals(1, health.epoch());
    assertEquals("Active", health.nodeStatus());
    assertEquals(network.shards(member).size(), health.shards().ready());
    assertEquals(network.shards(member).size(), health.detail().orElseThrow().owned().size());
    assertTrue(client.health(false).detail().isEmpty());
    assertEquals(
        HexFormat.of().formatHex(member.signer.key().toBytes()),
        HexFormat.of().formatHex(health.publicKey().toBytes()));
  }

  @Test
  void aBlobsStatusIsTheLedgers() throws Exception {
    try (EncodedBlob encoded = network.encode(1000, 9)) {
      BlobId id = encoded.blobId();
      assertInstanceOf(BlobStatus.Nonexistent.class, client.blobStatus(id));
      Blob blob = network.register(encoded, false, 3);
      assertTrue(member.node.awaitWhole(TestNetwork.PATIENCE));
      BlobStatus.Permanent registered =
          assertInstanceOf(BlobStatus.Permanent.class, client.blobStatus(id));
      assertEquals(4, registered.endEpoch());
      assertTrue(registered.initialCertifiedEpoch().isEmpty());
      for (Member each : network.members) {
        network.send(blob, each);
      }
      network.certify(blob, network.members);
      assertTrue(member.node.awaitWhole(TestNetwork.PATIENCE));
      BlobStatus.Permanent certified =
          assertInstanceOf(BlobStatus.Permanent.class, client.blobStatus(id));
      assertTrue(certified.certified());
      assertEquals(1, certified.initialCertifiedEpoch().getAsLong());
    }
  }

  /** All that a node has said is still so after it was started again. */
  @Test
  void aNodeGoesOnWhereItEnded() throws Exception {
    Blob blob = network.store(2500, 10, network.members);
    long slivers = member.node.slivers();
    network.stop(member);
    network.start(member);
    assertEquals(slivers, member.node.slivers());
    SignedMessage<BlobConfirmation> signed =
        network.client(member).confirmation(blob.id(), blob.persistence(), Duration.ZERO);
    assertEquals(blob.id(), signed.message().blobId());
  }
}
