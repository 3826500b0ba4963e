package io.redstuff.network.node.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.ShardIndex;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.SliverPairIndex;
import io.redstuff.audit.AuditAxes;
import io.redstuff.audit.AuditHash;
import io.redstuff.audit.AuditMode;
import io.redstuff.audit.AuditRandomness;
import io.redstuff.audit.AuditStatement;
import io.redstuff.client.api.DecodingSymbolsQuery;
import io.redstuff.client.api.ErrorCode;
import io.redstuff.client.api.ErrorReason;
import io.redstuff.client.api.RecoverySymbolsQuery;
import io.redstuff.client.api.ShardSlivers;
import io.redstuff.client.api.StoreOutcome;
import io.redstuff.client.node.NodeException;
import io.redstuff.client.node.StorageNodeClient;
import io.redstuff.codec.EncodedBlob;
import io.redstuff.codec.ExpandedSliver;
import io.redstuff.http.HttpLimits;
import io.redstuff.message.PublicKeyBytes;
import io.redstuff.message.SignedMessage;
import io.redstuff.message.SyncShardRequest;
import io.redstuff.network.node.chain.ChainView;
import io.redstuff.network.node.storage.KeptSliver;
import io.redstuff.network.node.storage.NodeStore;
import io.redstuff.network.node.storage.SliverKey;
import io.redstuff.network.node.testing.TestNetwork;
import io.redstuff.network.node.testing.TestNetwork.Blob;
import io.redstuff.network.node.testing.TestNetwork.Member;
import io.redstuff.proof.InconsistencyProof;
import io.redstuff.proof.RecoverySymbol;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What nodes ask each other, and what a node refuses whatever the protocol. */
class ServicesTest {
  @TempDir private Path directory;
  private TestNetwork network;
  private Member member;

  @BeforeEach
  void begin() throws Exception {
    network = TestNetwork.of(directory, 10, 4);
    member = network.members.getFirst();
  }

  @AfterEach
  void end() throws Exception {
    network.close();
  }

  private static void refused(ErrorReason reason, int status, Executable request) {
    NodeException e = assertThrows(NodeException.class, request);
    assertTrue(e.is(reason), e::getMessage);
    assertEquals(status, e.httpStatus());
  }

  private static PublicKeyBytes key(Member of) {
    return PublicKeyBytes.of(of.signer.key().toBytes());
  }

  private SignedMessage<SyncShardRequest> request(
      Member by, ShardIndex shard, Axis axis, long epoch, long count) {
    return by.signer.sign(
        new SyncShardRequest(epoch, shard, axis, BlobId.of(new byte[BlobId.BYTES]), count, epoch));
  }

  @Test
  void shardsGoToTheirOwners() throws Exception {
    Blob blob = network.store(2000, 1, network.members);
    Member other = network.members.getLast();
    ShardIndex own = network.shards(member).getFirst();
    ShardIndex others = network.shards(other).getFirst();
    StorageNodeClient client = network.client(member);
    ShardSlivers slivers =
        client.syncShard(request(member, own, Axis.PRIMARY, 1, 10), key(member), 1 << 20);
    SliverPairIndex pair = own.pair(blob.id(), network.parameters());
    assertEquals(
        List.of(new ShardSlivers.Entry(blob.id(), blob.pair(pair).primary())), slivers.entries());
    refused(
        ErrorReason.REQUEST_UNAUTHORIZED,
        403,
        () -> client.syncShard(request(other, own, Axis.PRIMARY, 1, 10), key(other), 1 << 20));
    refused(
        ErrorReason.SHARD_NOT_ASSIGNED,
        400,
        () -> client.syncShard(request(other, others, Axis.PRIMARY, 1, 10), key(other), 1 << 20));
    refused(
        ErrorReason.MESSAGE_VERIFICATION_FAILED,
        400,
        () -> client.syncShard(request(other, own, Axis.PRIMARY, 1, 10), key(member), 1 << 20));
    refused(
        ErrorReason.INVALID_EPOCH,
        400,
        () -> client.syncShard(request(member, own, Axis.PRIMARY, 2, 10), key(member), 1 << 20));
    refused(
        ErrorReason.SLIVER_COUNT_EXCEEDS_LIMIT,
        400,
        () -> client.syncShard(request(member, own, Axis.PRIMARY, 1, -1), key(member), 1 << 20));
    refused(
        ErrorReason.INDEX_OUT_OF_RANGE,
        400,
        () ->
            client.syncShard(
                request(member, ShardIndex.of(10), Axis.PRIMARY, 1, 1), key(member), 1 << 20));
    Member stranger = network.addNode(HttpLimits.DEFAULT, Optional.empty());
    refused(
        ErrorReason.REQUEST_UNAUTHORIZED,
        403,
        () ->
            client.syncShard(request(stranger, own, Axis.PRIMARY, 1, 10), key(stranger), 1 << 20));
  }

  @Test
  void aProofThatProvesNothingIsRefused() throws Exception {
    Blob blob = network.store(2000, 2, network.members);
    StorageNodeClient client = network.client(member);
    SliverId target = SliverId.primary(0);
    List<RecoverySymbol> symbols = new ArrayList<>();
    try (Arena arena = Arena.ofConfined()) {
      for (int i = 0; i < 7; i++) {
        ExpandedSliver source =
            network.codec.expand(
                blob.metadata(), blob.pair(SliverPairIndex.of(i)).secondary(), arena);
        symbols.add(source.recoverySymbol(0));
      }
    }
    InconsistencyProof consistent = new InconsistencyProof(target, symbols);
    refused(
        ErrorReason.INVALID_PROOF, 400, () -> client.reportInconsistency(blob.id(), consistent));
    InconsistencyProof few = new InconsistencyProof(target, symbols.subList(0, 3));
    refused(ErrorReason.INVALID_PROOF, 400, () -> client.reportInconsistency(blob.id(), few));
    BlobId unknown = BlobId.of(new byte[BlobId.BYTES]);
    refused(
        ErrorReason.METADATA_NOT_FOUND, 400, () -> client.reportInconsistency(unknown, consistent));
  }

  private KeptBlobs blobs(NodeStore store, List<BlobId> lost) {
    return new KeptBlobs(new ChainView(network.ledger, member.id), store, member.signer, lost::add);
  }

  private NodeStore open() throws Exception {
    return NodeStore.open(Files.createDirectories(directory.resolve("other")));
  }

  /** What was sent ahead is kept for a while, even if there is no room for more. */
  @Test
  void theBufferIsBounded() throws Exception {
    try (NodeStore store = open();
        EncodedBlob first = network.encode(3000, 3);
        EncodedBlob second = network.encode(3000, 4)) {
      KeptBlobs blobs = blobs(store, new ArrayList<>());
      long room = network.parameters().metadataLength() + 10;
      Uploads patient = new Uploads(blobs, new Pending(blobs, room, Duration.ofHours(1)));
      assertEquals(
          StoreOutcome.BUFFERED,
          patient.metadata(first.blobId(), first.metadata().toBcsWithoutId(), true));
      assertEquals(
          StoreOutcome.BUFFERED,
          patient.metadata(first.blobId(), first.metadata().toBcsWithoutId(), true));
      refusedDirectly(
          ErrorCode.FAILED_PRECONDITION,
          ErrorReason.CACHE_SATURATED,
          () -> patient.metadata(second.blobId(), second.metadata().toBcsWithoutId(), true));
      SliverPairIndex pair =
          network.shards(member).getFirst().pair(first.blobId(), network.parameters());
      refusedDirectly(
          ErrorCode.FAILED_PRECONDITION,
          ErrorReason.CACHE_SATURATED,
          () ->
              patient.sliver(
                  first.blobId(), pair, Axis.PRIMARY, first.pair(pair).primary().toBcs(), true));
      Pending forgetful = new Pending(blobs, room, Duration.ZERO);
      Uploads impatient = new Uploads(blobs, forgetful);
      for (EncodedBlob blob : List.of(first, second)) {
        assertEquals(
            StoreOutcome.BUFFERED,
            impatient.metadata(blob.blobId(), blob.metadata().toBcsWithoutId(), true));
      }
      assertTrue(forgetful.metadata(first.blobId()).isEmpty());
      assertTrue(forgetful.metadata(second.blobId()).isPresent());
      assertEquals(network.parameters().metadataLength(), forgetful.bytes());
      forgetful.forget(second.blobId());
      forgetful.forget(second.blobId());
      assertEquals(0, forgetful.bytes());
    }
  }

  @FunctionalInterface
  private interface Request {
    Object run() throws Exception;
  }

  private static void refusedDirectly(ErrorCode code, ErrorReason reason, Request request) {
    RefusedException e = assertThrows(RefusedException.class, request::run);
    assertTrue(e.error().is(reason), e::getMessage);
    assertEquals(code, e.error().code());
  }

  @Test
  void metadataHaveToBeThoseOfTheBlob() throws Exception {
    try (NodeStore store = open();
        EncodedBlob blob = network.encode(3000, 5)) {
      KeptBlobs blobs = blobs(store, new ArrayList<>());
      Uploads uploads = new Uploads(blobs, new Pending(blobs, 1 << 20, Duration.ofHours(1)));
      byte[] bcs = blob.metadata().toBcsWithoutId();
      byte[] changed = bcs.clone();
      changed[bcs.length - 1] ^= 1;
      byte[] encoding = bcs.clone();
      encoding[1] = 0;
      refusedDirectly(
          ErrorCode.INVALID_ARGUMENT,
          ErrorReason.INVALID_METADATA,
          () -> uploads.metadata(blob.blobId(), changed, true));
      refusedDirectly(
          ErrorCode.INVALID_ARGUMENT,
          ErrorReason.UNSUPPORTED_ENCODING_TYPE,
          () -> uploads.metadata(blob.blobId(), encoding, true));
      refusedDirectly(
          ErrorCode.INVALID_ARGUMENT,
          ErrorReason.INVALID_METADATA,
          () -> uploads.metadata(blob.blobId(), new byte[0], true));
    }
  }

  /** What the disk has changed is thrown away when it is met, and told. */
  @Test
  void whatIsBadIsThrownAway() throws Exception {
    try (NodeStore store = open();
        EncodedBlob encoded = network.encode(3000, 6)) {
      Blob blob = network.register(encoded, false, 3);
      List<BlobId> lost = new ArrayList<>();
      KeptBlobs blobs = blobs(store, lost);
      byte[] bad = blob.metadata().toBcs();
      bad[bad.length - 1] ^= 1;
      store.putMetadata(blob.id(), bad);
      assertTrue(blobs.metadata(blob.id()).isEmpty());
      assertFalse(store.hasMetadata(blob.id()));
      blobs.put(blob.metadata());
      SliverKey key = new SliverKey(network.shards(member).getFirst(), Axis.PRIMARY, blob.id());
      store.putSliver(new KeptSliver(key, 2, new byte[] {1, 2, 3}));
      Downloads downloads = new Downloads(blobs, new Pending(blobs, 1 << 20, Duration.ofHours(1)));
      SliverPairIndex pair = key.shard().pair(blob.id(), network.parameters());
      refusedDirectly(
          ErrorCode.NOT_FOUND,
          ErrorReason.SLIVER_NOT_FOUND,
          () -> downloads.sliver(blob.id(), pair, Axis.PRIMARY));
      Symbols symbols = new Symbols(blobs, 1 << 20);
      store.putSliver(new KeptSliver(key, 2, new byte[] {1, 2, 3, 4}));
      refusedDirectly(
          ErrorCode.FAILED_PRECONDITION,
          ErrorReason.SYMBOL_NOT_PRESENT_AT_SHARDS,
          () -> symbols.decoding(blob.id(), new DecodingSymbolsQuery(Axis.SECONDARY, List.of(1))));
      store.putSliver(
          new KeptSliver(
              key, encoded.metadata().symbolSize(), new byte[7 * encoded.metadata().symbolSize()]));
      refusedDirectly(
          ErrorCode.FAILED_PRECONDITION,
          ErrorReason.SYMBOL_NOT_PRESENT_AT_SHARDS,
          () ->
              symbols.recovery(
                  blob.id(),
                  new RecoverySymbolsQuery.Recovers(SliverId.secondary(1), Optional.empty())));
      assertEquals(List.of(blob.id(), blob.id(), blob.id(), blob.id()), lost);
      assertEquals(0, store.sliverCount());
      Sliver good = blob.pair(pair).primary();
      blobs.put(network.codec.verify(blob.metadata(), good));
      Symbols stingy = new Symbols(blobs, 1);
      refusedDirectly(
          ErrorCode.SIZE_EXCEEDED,
          ErrorReason.INVALID_FILTER,
          () ->
              stingy.recovery(
                  blob.id(),
                  new RecoverySymbolsQuery.Recovers(SliverId.secondary(1), Optional.empty())));
      assertEquals(good.toBcs().length, downloads.sliver(blob.id(), pair, Axis.PRIMARY).length);
    }
  }

  @Test
  void auditsOfOthersAreRefused() throws Exception {
    try (NodeStore store = open()) {
      Audits audits = new Audits(blobs(store, new ArrayList<>()), 100);
      List<ShardIndex> own = network.shards(member);
      List<ShardIndex> others = network.shards(network.members.getLast());
      refusedDirectly(
          ErrorCode.INVALID_ARGUMENT, ErrorReason.INVALID_FILTER, () -> audits.answer(new byte[3]));
      refusedDirectly(
          ErrorCode.INVALID_ARGUMENT,
          ErrorReason.INVALID_FILTER,
          () -> audits.answer(statement(network.members.getLast(), 1, others, 10)));
      refusedDirectly(
          ErrorCode.INVALID_ARGUMENT,
          ErrorReason.INVALID_EPOCH,
          () -> audits.answer(statement(member, 2, own, 10)));
      refusedDirectly(
          ErrorCode.FAILED_PRECONDITION,
          ErrorReason.SHARD_NOT_ASSIGNED,
          () -> audits.answer(statement(member, 1, others, 10)));
      refusedDirectly(
          ErrorCode.SIZE_EXCEEDED,
          ErrorReason.INVALID_FILTER,
          () -> audits.answer(statement(member, 1, own, 101)));
      // It has nothing, and says so.
      assertEquals(10, audits.answer(statement(member, 1, own, 10)).missing());
    }
  }

  private byte[] statement(Member of, long epoch, List<ShardIndex> shards, int challenges) {
    return new AuditStatement(
            network.parameters(),
            epoch,
            of.id,
            shards,
            List.of(BlobId.of(new byte[BlobId.BYTES])),
            challenges,
            AuditAxes.BOTH,
            AuditMode.PARALLEL,
            AuditRandomness.ofNonce(AuditHash.of(new byte[32])))
        .toBcs();
  }
}
