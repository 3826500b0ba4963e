package io.redstuff.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.BlobId;
import io.redstuff.certify.NodeSigner;
import io.redstuff.client.TransferMonitor.Stage;
import io.redstuff.client.api.ErrorCode;
import io.redstuff.client.api.ErrorReason;
import io.redstuff.client.api.NodeRoute;
import io.redstuff.client.api.SignedAnswers;
import io.redstuff.client.chain.RegistryException;
import io.redstuff.client.testing.FakeNetwork;
import io.redstuff.client.testing.FakeNode;
import io.redstuff.client.testing.FakeServer.Delivery;
import io.redstuff.client.testing.FakeServer.Reply;
import io.redstuff.error.MalformedDataException;
import io.redstuff.message.BlobConfirmation;
import io.redstuff.message.BlobPersistence;
import io.redstuff.message.SignatureBytes;
import io.redstuff.message.SignedMessage;
import io.redstuff.stream.BlobSource;
import io.redstuff.stream.Workspace;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StoringTest extends ClientTestBase {
  private static final Set<NodeRoute> PUTS =
      EnumSet.of(NodeRoute.PUT_METADATA, NodeRoute.PUT_SLIVER);
  private static final Set<NodeRoute> CONFIRMATIONS =
      EnumSet.of(NodeRoute.PERMANENT_CONFIRMATION, NodeRoute.DELETABLE_CONFIRMATION);

  private static final List<ErrorReason> LATER =
      List.of(
          ErrorReason.NOT_REGISTERED, ErrorReason.METADATA_NOT_FOUND, ErrorReason.CACHE_SATURATED);

  private StoreResult store(byte[] blob, TransferMonitor monitor) throws Exception {
    return client.store(BlobSource.of(MemorySegment.ofArray(blob)), PERMANENT, monitor);
  }

  private void assertNothingLeft() throws IOException {
    try (Stream<Path> files = Files.list(temporary)) {
      assertEquals(List.of(), files.toList());
    }
  }

  @Test
  void everyNodeGetsItsSlivers() throws Exception {
    byte[] blob = bytes(5000);
    StoreResult result = client.store(blob, PERMANENT);
    SpreadReport report = result.rest().get();
    assertEquals(10, report.confirmedWeight());
    assertEquals(FakeNetwork.nodeId(3), report.nodes().get(3).nodeId());
    network.nodes().forEach(node -> assertEquals(2, node.sliverCount()));
    assertTrue(result.certificate().weight() >= 7, result.certificate()::toString);
    assertEquals(result.certificate(), network.certified.get(result.blobId()));
    assertEquals(BlobPersistence.PERMANENT, result.certificate().persistence());
    assertEquals(EPOCH + 2, result.registration().endEpoch());
    assertArrayEquals(blob, client.read(result.blobId()));
  }

  @Test
  void deletableBlobsAreConfirmedAsSuch() throws Exception {
    StoreResult result = client.store(bytes(100), new StoreOptions(1, true));
    assertEquals(
        BlobPersistence.deletable(result.registration().objectId()),
        result.certificate().persistence());
    assertArrayEquals(bytes(100), client.read(result.blobId()));
  }

  @Test
  void nodesMayWeighMore() throws Exception {
    try (FakeNetwork uneven = new FakeNetwork(1, 4, 1, 3, 2);
        WalrusClient other = WalrusClient.of(uneven, settings())) {
      uneven.nodes().get(2).close(); // three of ten shards
      StoreResult result = other.store(bytes(300), PERMANENT);
      assertEquals(7, result.certificate().weight());
      assertEquals(7, result.rest().get().confirmedWeight());
      assertArrayEquals(bytes(300), other.read(result.blobId()));
    }
  }

  @Test
  void emptyBlobsAreStoredToo() throws Exception {
    assertArrayEquals(new byte[0], client.read(stored(new byte[0])));
  }

  @Test
  void aThirdMayBeDown() throws Exception {
    stop(0, 4, 9);
    StoreResult result = client.store(bytes(1000), PERMANENT);
    SpreadReport report = result.rest().get();
    assertEquals(7, report.confirmedWeight());
    assertTrue(report.nodes().get(4).failure().isPresent());
    assertArrayEquals(bytes(1000), client.read(result.blobId()));
  }

  @Test
  void moreThanAThirdIsToldWithNumbers() throws Exception {
    stop(0, 4, 8, 9);
    SpreadException e =
        assertThrows(SpreadException.class, () -> client.store(bytes(1000), PERMANENT));
    assertEquals(7, e.needed());
    assertEquals(6, e.possible());
    assertEquals(4, e.getSuppressed().length);
    assertTrue(network.certified.isEmpty());
    assertNothingLeft();
  }

  @ParameterizedTest
  @EnumSource(
      value = Delivery.class,
      names = {"HANG", "DRIP", "ENDLESS", "CUT", "BOAST"})
  void aThirdMayAnswerBadly(Delivery delivery) throws Exception {
    spoil(PUTS, delivery, 1);
    spoil(CONFIRMATIONS, delivery, 2, 3);
    StoreResult result = client.store(bytes(1000), PERMANENT);
    assertEquals(7, result.certificate().weight());
  }

  /** Signatures of another epoch, of another blob, for another purpose, and of somebody else. */
  @Test
  void aThirdMaySignWrongly() throws Exception {
    NodeSigner thief = new NodeSigner(FakeNetwork.ENGINE, FakeNetwork.secret(99));
    spoil(CONFIRMATIONS, (match, reply) -> signed(2, EPOCH - 1, match), 2);
    spoil(
        CONFIRMATIONS,
        (match, reply) ->
            Reply.of(
                200,
                SignedAnswers.toJson(
                    thief.sign(
                        new BlobConfirmation(EPOCH, blobId(match), BlobPersistence.PERMANENT)))),
        5);
    spoil(CONFIRMATIONS, (match, reply) -> Reply.of(200, new byte[] {'{', '}'}), 7);
    StoreResult result = client.store(bytes(1000), PERMANENT);
    assertEquals(7, result.certificate().weight());
    assertFalse(result.certificate().certificate().signers().contains(5));
    List<SpreadReport.NodeOutcome> nodes = result.rest().get().nodes();
    assertTrue(nodes.get(2).failure().isPresent());
    assertTrue(nodes.get(7).failure().isPresent());
  }

  /** A signature that is no point at all. */
  @Test
  void moreThanAThirdMustNotSignNothing() throws Exception {
    spoil(
        CONFIRMATIONS,
        (match, reply) ->
            Reply.of(
                200,
                SignedAnswers.toJson(
                    new SignedMessage<>(
                        new BlobConfirmation(EPOCH, blobId(match), BlobPersistence.PERMANENT),
                        SignatureBytes.of(new byte[SignatureBytes.BYTES])))),
        0,
        1,
        2,
        3);
    SpreadException e =
        assertThrows(SpreadException.class, () -> client.store(bytes(10), PERMANENT));
    assertEquals(6, e.possible());
  }

  private static Reply signed(int position, long epoch, NodeRoute.Match match) {
    NodeSigner signer = new NodeSigner(FakeNetwork.ENGINE, FakeNetwork.secret(position));
    return Reply.of(
        200,
        SignedAnswers.toJson(
            signer.sign(new BlobConfirmation(epoch, blobId(match), BlobPersistence.PERMANENT))));
  }

  private static BlobId blobId(NodeRoute.Match match) {
    try {
      return match.blobId();
    } catch (MalformedDataException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatFailsInPassingIsTriedAgain() throws Exception {
    for (int position = 0; position < 10; position++) {
      AtomicInteger times = new AtomicInteger();
      ErrorReason later = LATER.get(position % LATER.size());
      spoil(
          EnumSet.of(
              NodeRoute.PUT_METADATA, NodeRoute.PUT_SLIVER, NodeRoute.PERMANENT_CONFIRMATION),
          (match, reply) ->
              switch (times.getAndIncrement()) {
                case 0 -> FakeNode.error(ErrorCode.UNAVAILABLE, ErrorReason.UNAVAILABLE);
                case 2 -> FakeNode.error(ErrorCode.FAILED_PRECONDITION, later);
                default -> reply;
              },
          position);
    }
    assertEquals(10, client.store(bytes(500), PERMANENT).rest().get().confirmedWeight());
  }

  @Test
  void sliversThatNodesRefuseAreTold() throws Exception {
    spoil(
        EnumSet.of(NodeRoute.PUT_SLIVER),
        (match, reply) ->
            FakeNode.error(ErrorCode.FAILED_PRECONDITION, ErrorReason.SHARD_NOT_ASSIGNED),
        3);
    SpreadReport report = client.store(bytes(500), PERMANENT).rest().get();
    assertEquals(9, report.confirmedWeight());
    Exception failure = report.nodes().get(3).failure().orElseThrow();
    assertTrue(failure.getMessage().contains("SHARD_NOT_ASSIGNED"), failure::toString);
  }

  @Test
  void theRestGoesOnInTheBackground() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    spoil(
        PUTS,
        (match, reply) -> {
          try {
            gate.await();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          return reply;
        },
        6);
    StoreResult result = client.store(bytes(500), PERMANENT);
    assertFalse(result.rest().isDone());
    gate.countDown();
    assertEquals(10, result.rest().get().confirmedWeight());
    assertEquals(2, network.nodes().get(6).sliverCount());
  }

  @Test
  void closingEndsTheRest() throws Exception {
    spoil(PUTS, Delivery.HANG, 6);
    StoreResult result = client.store(bytes(500), PERMANENT);
    client.close();
    assertTrue(result.rest().get().nodes().get(6).failure().isPresent());
    assertThrows(IllegalStateException.class, () -> client.committee());
    assertThrows(IllegalStateException.class, () -> client.store(bytes(1), PERMANENT));
    client.close();
  }

  /** Slivers that are more than the memory go to files, which are gone afterwards. */
  @Test
  void largeBlobsAreSpreadFromFiles() throws Exception {
    byte[] blob = bytes(1_800_000);
    Workspace little = Workspace.ofMemory(12 << 20).spillingTo(temporary);
    try (WalrusClient other = WalrusClient.of(network, settings().with(little))) {
      AtomicInteger files = new AtomicInteger();
      StoreResult result =
          other.store(
              BlobSource.of(MemorySegment.ofArray(blob)),
              PERMANENT,
              (stage, done, total) -> {
                if (stage == Stage.REGISTER) {
                  files.set(temporary.toFile().list().length);
                }
              });
      assertEquals(1, files.get());
      assertEquals(10, result.rest().get().confirmedWeight());
      assertNothingLeft();
      assertArrayEquals(blob, other.read(result.blobId()));
    }
    try (WalrusClient other =
        WalrusClient.of(network, settings().with(Workspace.ofMemory(12 << 20)))) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> other.store(blob, PERMANENT));
      assertTrue(e.getMessage().contains("spill directory"), e.getMessage());
    }
  }

  @Test
  void progressIsToldInOrder() throws Exception {
    List<Stage> stages = new ArrayList<>();
    Map<Stage, Long> last = new EnumMap<>(Stage.class);
    StoreResult result =
        store(
            bytes(1000),
            (stage, done, total) -> {
              if (stages.isEmpty() || stages.getLast() != stage) {
                stages.add(stage);
              }
              last.put(stage, done);
              assertTrue(done <= total, () -> stage + ": " + done + " of " + total);
            });
    assertEquals(List.of(Stage.ENCODE, Stage.REGISTER, Stage.SPREAD, Stage.CERTIFY), stages);
    assertEquals(
        Map.of(Stage.ENCODE, 1000L, Stage.REGISTER, 1L, Stage.SPREAD, 7L, Stage.CERTIFY, 1L), last);
    result.rest().get();
  }

  @ParameterizedTest
  @EnumSource(
      value = Stage.class,
      names = {"ENCODE", "REGISTER", "SPREAD", "CERTIFY"})
  void storingCanBeCancelled(Stage at) throws Exception {
    TransferMonitor canceller =
        new TransferMonitor() {
          private boolean reached;

          @Override
          public void progress(Stage stage, long done, long total) {
            reached |= stage == at;
          }

          @Override
          public boolean isCancelled() {
            return reached;
          }
        };
    assertThrows(CancellationException.class, () -> store(bytes(1000), canceller));
    assertTrue(network.certified.isEmpty());
    assertNothingLeft();
  }

  @Test
  void interruptsEndIt() throws Exception {
    spoil(PUTS, Delivery.HANG, 0, 1, 2, 3);
    Thread thread = Thread.currentThread();
    assertThrows(
        InterruptedException.class,
        () ->
            store(
                bytes(1000),
                (stage, done, total) -> {
                  if (stage == Stage.SPREAD) {
                    thread.interrupt();
                  }
                }));
  }

  @Test
  void refusalsOfTheChainAreTold() throws Exception {
    assertThrows(
        RegistryException.class, () -> client.store(bytes(10), new StoreOptions(54, false)));
    network.beforeCertify =
        () -> {
          throw new RegistryException("no", null);
        };
    assertThrows(RegistryException.class, () -> client.store(bytes(10), PERMANENT));
    assertThrows(IllegalArgumentException.class, () -> new StoreOptions(0, false));
  }

  @Test
  void manyEpochsMustNotEndMeanwhile() throws Exception {
    network.beforeCertify = network::nextEpoch;
    assertThrows(RegistryException.class, () -> client.store(bytes(700), PERMANENT));
  }

  @Test
  void blobsThatCannotBeReadLeaveNothing() throws Exception {
    BlobSource broken =
        new BlobSource() {
          @Override
          public long length() {
            return 1_800_000;
          }

          @Override
          public void read(long offset, MemorySegment target) throws IOException {
            throw new IOException("broken");
          }
        };
    Workspace little = Workspace.ofMemory(12 << 20).spillingTo(temporary);
    try (WalrusClient other = WalrusClient.of(network, settings().with(little))) {
      assertThrows(IOException.class, () -> other.store(broken, PERMANENT, TransferMonitor.NONE));
    }
    assertNothingLeft();
  }

  /** The epoch ends before the certificate is shown: the new nodes have to sign another one. */
  @Test
  void anEpochMayEndMeanwhile() throws Exception {
    network.beforeCertify =
        () -> {
          network.beforeCertify = () -> {};
          network.nextEpoch();
        };
    StoreResult result = client.store(bytes(700), PERMANENT);
    assertEquals(EPOCH + 1, result.certificate().epoch());
    assertEquals(EPOCH + 1, client.committee().committee().epoch());
    assertArrayEquals(bytes(700), client.read(result.blobId()));
  }

  @Test
  void withoutAChainThereIsNothingToStoreIn() throws Exception {
    try (WalrusClient reader = WalrusClient.of(network.committee(), settings())) {
      assertThrows(IllegalStateException.class, () -> reader.store(bytes(10), PERMANENT));
      BlobId id = stored(bytes(10));
      assertArrayEquals(bytes(10), reader.read(id));
    }
  }
}
