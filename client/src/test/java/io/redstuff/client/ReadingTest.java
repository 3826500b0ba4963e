package io.redstuff.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.ConsistencyCheck;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.SliverPairIndex;
import io.redstuff.client.BlobUnavailableException.Reason;
import io.redstuff.client.TransferMonitor.Stage;
import io.redstuff.client.api.BlobStatus;
import io.redstuff.client.api.DeletableCounts;
import io.redstuff.client.api.ErrorCode;
import io.redstuff.client.api.ErrorReason;
import io.redstuff.client.api.NodeRoute;
import io.redstuff.client.chain.BlobStanding;
import io.redstuff.client.node.RequestLimits;
import io.redstuff.client.testing.FakeNetwork;
import io.redstuff.client.testing.FakeNode;
import io.redstuff.client.testing.FakeServer.Delivery;
import io.redstuff.client.testing.FakeServer.Reply;
import io.redstuff.codec.EncodedBlob;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.RedStuffException;
import io.redstuff.error.VerificationException;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.quilt.Quilt;
import io.redstuff.quilt.QuiltFile;
import io.redstuff.quilt.QuiltPatch;
import io.redstuff.quilt.QuiltPatchId;
import io.redstuff.quilt.QuiltReader;
import io.redstuff.stream.BlobTarget;
import io.redstuff.stream.Workspace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingTest extends ClientTestBase {
  private static final Set<NodeRoute> SLIVERS = EnumSet.of(NodeRoute.GET_SLIVER);
  private static final Set<NodeRoute> ALL_GETS =
      EnumSet.of(NodeRoute.GET_SLIVER, NodeRoute.GET_METADATA, NodeRoute.BLOB_STATUS);

  private static boolean asksForMetadata(String asked) {
    return asked.startsWith("GET") && asked.endsWith("/metadata");
  }

  private long slivers(String kind) {
    return network.nodes().stream()
        .flatMap(node -> node.asked.stream())
        .filter(each -> each.startsWith("GET") && each.endsWith("/" + kind))
        .count();
  }

  /** Returns the position of the node that has a sliver. */
  private int owner(BlobId id, SliverId sliver) {
    SliverPairIndex pair = sliver.pair(network.codec().parameters());
    return network.committee().owner(id, pair);
  }

  /** Returns the positions of the nodes of the slivers that are asked for first. */
  private int[] askedFirst(BlobId id) {
    return IntStream.range(0, 3).map(index -> owner(id, SliverId.primary(index))).toArray();
  }

  @ParameterizedTest
  @EnumSource(
      value = Delivery.class,
      names = {"HANG", "DRIP", "ENDLESS", "CUT", "BOAST"})
  void aThirdMayAnswerBadly(Delivery delivery) throws Exception {
    byte[] blob = bytes(5000);
    BlobId id = stored(blob);
    spoil(ALL_GETS, delivery, askedFirst(id));
    assertArrayEquals(blob, client.read(id));
  }

  /** Metadata and slivers of another blob, the status of one that is gone. */
  @Test
  void aThirdMayLie() throws Exception {
    byte[] blob = bytes(5000);
    BlobId other = stored(bytes(4999));
    BlobId id = stored(blob);
    try (EncodedBlob lie = network.codec().encode(bytes(4999))) {
      assertEquals(other, lie.blobId());
      spoil(
          ALL_GETS,
          (match, reply) ->
              switch (match.route()) {
                case GET_METADATA -> Reply.of(200, lie.metadata().toBcs());
                case BLOB_STATUS -> Reply.of(200, new BlobStatus.Nonexistent().toJson());
                default -> Reply.of(200, lie(lie, match));
              },
          askedFirst(id));
      for (int i = 0; i < 3; i++) {
        assertArrayEquals(blob, client.read(id));
      }
    }
  }

  @Test
  void metadataOfOtherBlobsAreNotTaken() throws Exception {
    byte[] blob = bytes(5000);
    BlobId id = stored(blob);
    try (EncodedBlob lie = network.codec().encode(bytes(4999))) {
      byte[] wrong = lie.metadata().toBcs();
      spoil(EnumSet.of(NodeRoute.GET_METADATA), (match, reply) -> Reply.of(200, wrong), 0, 1, 2);
      assertArrayEquals(blob, client.read(id));
      assertEquals(
          1, network.nodes().get(2).asked.stream().filter(ReadingTest::asksForMetadata).count());
      network.nodes().get(2).asked.clear();
      assertArrayEquals(blob, client.read(id));
      assertEquals(
          0,
          network.nodes().get(2).asked.stream().filter(ReadingTest::asksForMetadata).count(),
          "asked last");
    }
  }

  private byte[] lie(EncodedBlob lie, NodeRoute.Match match) {
    try {
      return match.axis() == Axis.PRIMARY
          ? lie.sliver(match.pair().primary()).toBcs()
          : lie.sliver(match.pair().secondary(network.codec().parameters())).toBcs();
    } catch (MalformedDataException e) {
      throw new AssertionError(e);
    }
  }

  /** Good slivers of the right blob, but not those that were asked for. */
  @Test
  void sliversOfOtherPlacesAreNotTaken() throws Exception {
    byte[] blob = bytes(5000);
    BlobId id = stored(blob);
    try (EncodedBlob encoded = network.codec().encode(blob)) {
      byte[] other = encoded.sliver(SliverId.primary(9)).toBcs();
      spoil(SLIVERS, (match, reply) -> Reply.of(200, other), askedFirst(id));
      assertArrayEquals(blob, client.read(id));
    }
  }

  @Test
  void aThirdMayBeDownWithItsData() throws Exception {
    byte[] blob = bytes(100_000);
    BlobId id = stored(blob);
    stop(2, 5, 7);
    assertArrayEquals(blob, client.read(id));
    try (RemoteBlob open = client.open(id, TransferMonitor.NONE)) {
      byte[] target = new byte[blob.length];
      open.read(BlobTarget.of(MemorySegment.ofArray(target)), ConsistencyCheck.STRICT);
      assertArrayEquals(blob, target);
      assertEquals(blob.length, open.length());
      assertEquals(id, open.id());
      assertEquals(id, open.metadata().blobId());
    }
    RemoteBlob twice = client.open(id, TransferMonitor.NONE);
    twice.close();
    twice.close();
  }

  /** Where primary slivers are lost, secondary ones do. */
  @Test
  void secondarySliversDo() throws Exception {
    byte[] blob = bytes(3000);
    BlobId id = stored(blob);
    for (int position = 0; position < 7; position++) {
      spoil(
          SLIVERS,
          (match, reply) ->
              match.values().contains("primary")
                  ? FakeNode.error(ErrorCode.NOT_FOUND, ErrorReason.SLIVER_NOT_FOUND)
                  : reply,
          position);
    }
    assertArrayEquals(blob, client.read(id));
    assertEquals(7, slivers("secondary"));
  }

  @Test
  void passingFailuresAreOvercome() throws Exception {
    byte[] blob = bytes(3000);
    BlobId id = stored(blob);
    for (FakeNode node : network.nodes()) {
      boolean[] once = {false, false};
      node.fault =
          (match, reply) -> {
            int which = match.route() == NodeRoute.GET_METADATA ? 0 : 1;
            if (match.route() != NodeRoute.BLOB_STATUS && !once[which]) {
              once[which] = true;
              return FakeNode.error(ErrorCode.UNAVAILABLE, ErrorReason.UNAVAILABLE);
            }
            return reply;
          };
    }
    assertArrayEquals(blob, client.read(id));
  }

  @Test
  void tooFewNodesAreToldWithNumbers() throws Exception {
    BlobId id = stored(bytes(3000));
    network.tells = true;
    stop(0, 1, 2, 3, 4, 5, 6);
    BlobUnavailableException e = unavailable(Reason.TOO_FEW_NODES, () -> client.read(id));
    assertTrue(e.getMessage().contains("got 3 good primary"), e.getMessage());
    assertTrue(e.getMessage().contains("expected 4 or 7"), e.getMessage());
    assertEquals(id, e.blobId());
    assertTrue(e.getSuppressed().length >= 7, e::toString);
    network.tells = false;
    unavailable(Reason.TOO_FEW_NODES, () -> client.read(id));
    network.tells = true;
    stop(7, 8, 9);
    unavailable(Reason.TOO_FEW_NODES, () -> client.read(id));
  }

  @Test
  void blobsThatNodesDenyAreToldSo() throws Exception {
    BlobId id = stored(bytes(3000));
    spoil(
        SLIVERS,
        (match, reply) ->
            FakeNode.error(ErrorCode.UNAVAILABLE_FOR_LEGAL_REASONS, ErrorReason.FORBIDDEN_BLOB),
        0,
        1,
        2,
        3,
        4,
        5,
        6);
    unavailable(Reason.DENIED, () -> client.read(id));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void blobsInOtherStatesAreRefusedByName(boolean tells) throws Exception {
    BlobId id = stored(bytes(3000));
    network.tells = tells;
    assertEquals(BlobStanding.CERTIFIED, client.standing(id));
    network.set(id, new BlobStatus.Invalid(FakeNetwork.EVENT));
    unavailable(Reason.INVALID, () -> client.read(id));
    network.set(
        id,
        new BlobStatus.Permanent(
            EPOCH, true, FakeNetwork.EVENT, DeletableCounts.NONE, OptionalLong.of(EPOCH - 1)));
    unavailable(Reason.EXPIRED, () -> client.read(id));
    network.set(id, new BlobStatus.Deletable(OptionalLong.empty(), DeletableCounts.NONE));
    unavailable(Reason.NOT_CERTIFIED, () -> client.read(id));
    network.set(
        id,
        new BlobStatus.Permanent(
            EPOCH + 1, false, FakeNetwork.EVENT, DeletableCounts.NONE, OptionalLong.empty()));
    unavailable(Reason.NOT_CERTIFIED, () -> client.read(id));
    network.set(id, new BlobStatus.Nonexistent());
    unavailable(Reason.NOT_FOUND, () -> client.read(id));
    network.denied.add(id);
    unavailable(Reason.DENIED, () -> client.read(id));
    network.denied.clear();
    assertEquals(BlobStanding.UNKNOWN, client.standing(id));
  }

  /** Four of ten are believed, three are not. */
  @Test
  void statesAreThoseThatAnHonestNodeTells() throws Exception {
    BlobId id = stored(bytes(3000));
    byte[] invalid = new BlobStatus.Invalid(FakeNetwork.EVENT).toJson();
    spoil(EnumSet.of(NodeRoute.BLOB_STATUS), (match, reply) -> Reply.of(200, invalid), 0, 1, 2);
    assertEquals(BlobStanding.CERTIFIED, client.standing(id));
    spoil(EnumSet.of(NodeRoute.BLOB_STATUS), (match, reply) -> Reply.of(200, invalid), 3, 4, 5, 6);
    assertEquals(BlobStanding.INVALID, client.standing(id));
  }

  @Test
  void nodesThatDoNotAgreeAreNotBelieved() throws Exception {
    BlobId id = stored(bytes(3000));
    stop(9, 8, 7);
    byte[] invalid = new BlobStatus.Invalid(FakeNetwork.EVENT).toJson();
    byte[] expired =
        new BlobStatus.Permanent(
                1, true, FakeNetwork.EVENT, DeletableCounts.NONE, OptionalLong.of(1))
            .toJson();
    spoil(EnumSet.of(NodeRoute.BLOB_STATUS), (match, reply) -> Reply.of(200, invalid), 0, 1, 2);
    spoil(EnumSet.of(NodeRoute.BLOB_STATUS), (match, reply) -> Reply.of(200, expired), 3);
    unavailable(Reason.TOO_FEW_NODES, () -> client.standing(id));
  }

  /** A writer who commits to rows of two blobs. */
  @Test
  void inconsistentBlobsAreInvalid() throws Exception {
    try (EncodedBlob even = network.codec().encode(bytes(4000));
        EncodedBlob odd = network.codec().encode(Arrays.copyOf(bytes(4001), 4000))) {
      byte[] hashes = new byte[10 * 64];
      for (int pair = 0; pair < 10; pair++) {
        EncodedBlob blob = pair % 2 == 0 ? even : odd;
        SliverPairIndex index = SliverPairIndex.of(pair);
        byte[] primary = blob.metadata().sliverHash(index.primary());
        byte[] secondary =
            even.metadata().sliverHash(index.secondary(network.codec().parameters()));
        System.arraycopy(primary, 0, hashes, 64 * pair, 32);
        System.arraycopy(secondary, 0, hashes, 64 * pair + 32, 32);
      }
      VerifiedMetadata cheat =
          VerifiedMetadata.ofHashes(network.codec().parameters(), 4000, hashes);
      BlobId id = cheat.blobId();
      for (int index = 0; index < 10; index++) {
        EncodedBlob blob = index % 2 == 0 ? even : odd;
        Sliver primary = blob.sliver(SliverId.primary(index));
        Sliver secondary = even.sliver(SliverId.secondary(index));
        network.nodes().get(owner(id, primary.id())).keep(cheat, primary);
        network.nodes().get(owner(id, secondary.id())).keep(cheat, secondary);
      }
      network.set(id, new BlobStatus.Deletable(OptionalLong.of(EPOCH), new DeletableCounts(1, 1)));
      try (RemoteBlob open = client.open(id, TransferMonitor.NONE)) {
        BlobTarget target = BlobTarget.of(MemorySegment.ofArray(new byte[4000]));
        BlobUnavailableException e =
            unavailable(Reason.INVALID, () -> open.read(target, ConsistencyCheck.STRICT));
        assertTrue(e.getCause() instanceof VerificationException, e::toString);
      }
      // Without the first row, which is then computed from others, it shows by itself.
      stop(owner(id, SliverId.primary(0)));
      unavailable(Reason.INVALID, () -> client.read(id));
      try (RemoteBlob open = client.open(id, TransferMonitor.NONE)) {
        unavailable(Reason.INVALID, () -> open.readRange(0, 1001));
      }
    }
  }

  // --- parts ---

  @Test
  void rangesTakeTheRowsTheyLieIn() throws Exception {
    byte[] blob = bytes(50_000);
    BlobId id = stored(blob);
    try (RemoteBlob open = client.open(id, TransferMonitor.NONE)) {
      assertArrayEquals(Arrays.copyOfRange(blob, 100, 300), open.readRange(100, 200));
      assertEquals(1, slivers("primary"));
      assertArrayEquals(Arrays.copyOfRange(blob, 400, 900), open.readRange(400, 500));
      assertEquals(1, slivers("primary"), "kept from before");
      assertArrayEquals(new byte[0], open.readRange(50_000, 0));
      assertArrayEquals(Arrays.copyOfRange(blob, 100, 50_000), open.readRange(100, 49_900));
      assertEquals(4, slivers("primary"));
      assertEquals(0, slivers("secondary"));
      assertThrows(IndexOutOfBoundsException.class, () -> open.readRange(49_999, 2));
      assertThrows(IndexOutOfBoundsException.class, () -> open.readRange(-1, 2));
    }
  }

  /** A symbol of a row that is lost is in a column. */
  @Test
  void shortRangesOfLostRowsTakeColumns() throws Exception {
    byte[] blob = bytes(50_000);
    BlobId id = stored(blob);
    stop(owner(id, SliverId.primary(0)));
    try (RemoteBlob open = client.open(id, TransferMonitor.NONE)) {
      int symbol = open.metadata().symbolSize();
      // Column 0 is kept with row 9, and nothing else is in the way.
      assertArrayEquals(Arrays.copyOfRange(blob, 2, symbol), open.readRange(2, symbol - 2));
      assertEquals(1, slivers("secondary"));
    }
  }

  @Test
  void longRangesOfLostRowsTakeAsManyAsDecode() throws Exception {
    byte[] blob = bytes(50_000);
    BlobId id = stored(blob);
    spoil(SLIVERS, Delivery.HANG, owner(id, SliverId.primary(0)));
    try (RemoteBlob open = client.open(id, TransferMonitor.NONE)) {
      // All columns of the first row, which are as many bytes as all rows.
      assertArrayEquals(Arrays.copyOfRange(blob, 1, 12_400), open.readRange(1, 12_399));
      assertEquals(0, slivers("secondary"));
    }
  }

  @Test
  void slowNodesAreWaitedForIfNobodyElseCanHelp() throws Exception {
    byte[] blob = bytes(200);
    BlobId id = stored(blob);
    stop(0, 1, 2);
    network.tells = true;
    spoil(SLIVERS, Delivery.DRIP, 3, 4, 5, 6, 7, 8);
    try (WalrusClient patient =
        WalrusClient.of(network, settings().with(new RequestLimits(Duration.ofSeconds(60), 1)))) {
      assertArrayEquals(blob, patient.read(id));
    }
  }

  @Test
  void quiltsGiveTheirFiles() throws Exception {
    byte[] large = bytes(9000);
    try (Quilt quilt =
        Quilt.pack(
            network.codec().parameters(),
            List.of(QuiltFile.of("a", new byte[] {1}), QuiltFile.of("b", large)))) {
      BlobId id = stored(quilt.toBytes());
      QuiltPatch patch = quilt.index().find("b").orElseThrow();
      QuiltPatchId patchId = patch.id(id);
      try (RemoteBlob open = client.open(id, TransferMonitor.NONE)) {
        assertArrayEquals(large, open.readPatch(patchId).toBytes());
        assertEquals(patch.columns(), slivers("secondary"));
        assertEquals(0, slivers("primary"));
      }
      try (RemoteBlob open = client.open(id, TransferMonitor.NONE);
          QuiltReader reader = open.quilt()) {
        assertArrayEquals(new byte[] {1}, reader.find("a").orElseThrow().toBytes());
      }
      stop(owner(id, patchId.slivers().getFirst()));
      try (RemoteBlob open = client.open(id, TransferMonitor.NONE)) {
        assertArrayEquals(large, open.readPatch(patchId).toBytes());
        assertThrows(
            VerificationException.class,
            () -> open.readPatch(patch.id(BlobId.of(new byte[BlobId.BYTES]))));
        assertThrows(
            RedStuffException.class, () -> open.readPatch(new QuiltPatchId(id, 1, 60_000)));
      }
      try (RemoteBlob open = client.open(id, TransferMonitor.NONE);
          QuiltReader reader = open.quilt()) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        reader.copy(patch, out);
        assertArrayEquals(large, out.toByteArray());
      }
    }
  }

  @Test
  void nodesAreAskedAtATimeForAQuiltThatIsNotToBeHad() throws Exception {
    BlobId id;
    try (Quilt quilt =
        Quilt.pack(
            network.codec().parameters(),
            List.of(QuiltFile.of("a", new byte[] {1}), QuiltFile.of("b", bytes(9000))))) {
      id = stored(quilt.toBytes());
    }
    // The first is asked alone. Who would ask the others one by one would wait for each here.
    CountDownLatch together = new CountDownLatch(1 + 4);
    AtomicBoolean isAlone = new AtomicBoolean();
    spoil(
        Set.of(NodeRoute.GET_SLIVER),
        (match, reply) -> {
          together.countDown();
          try {
            if (!together.await(1, TimeUnit.MINUTES)) {
              isAlone.set(true);
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return FakeNode.error(ErrorCode.UNAVAILABLE, ErrorReason.UNAVAILABLE);
        },
        0,
        1,
        2,
        3,
        4,
        5,
        6,
        7,
        8,
        9);
    RequestLimits patient = new RequestLimits(Duration.ofMinutes(5), 1 << 20);
    try (WalrusClient other = WalrusClient.of(network, settings().with(patient));
        RemoteBlob open = other.open(id, TransferMonitor.NONE);
        QuiltReader reader = open.quilt()) {
      assertTrue(open.unavailable().isEmpty());
      assertThrows(RedStuffException.class, reader::index);
      BlobUnavailableException why = open.unavailable().orElseThrow();
      assertEquals(Reason.TOO_FEW_NODES, why.reason());
      assertTrue(why.getSuppressed().length >= 10, "what nodes have answered");
      network.nodes().forEach(node -> node.asked.clear());
      assertThrows(RedStuffException.class, reader::index);
      assertEquals(0, slivers("primary") + slivers("secondary"), "nobody is asked again");
    }
    assertFalse(isAlone.get());
  }

  @Test
  void longBlobsAreReadToo() throws Exception {
    byte[] blob = bytes(1_800_000);
    BlobId id = stored(blob);
    assertArrayEquals(blob, client.read(id));
    Workspace none = Workspace.ofMemory(100_000);
    try (WalrusClient little = WalrusClient.of(network, settings().with(none));
        RemoteBlob open = little.open(id, TransferMonitor.NONE)) {
      IOException e = assertThrows(IOException.class, open::read);
      assertTrue(e.getMessage().contains("spill directory"), e.getMessage());
    }
  }

  /** Who reads goes on with the nodes it began with. */
  @Test
  void anEpochMayEndMeanwhile() throws Exception {
    byte[] blob = bytes(2000);
    BlobId id = stored(blob);
    network.tells = true;
    try (RemoteBlob open = client.open(id, TransferMonitor.NONE)) {
      assertArrayEquals(Arrays.copyOf(blob, 10), open.readRange(0, 10));
      network.nextEpoch();
      assertEquals(BlobStanding.CERTIFIED, client.standing(id));
      assertEquals(EPOCH + 1, client.committee().committee().epoch());
      assertArrayEquals(Arrays.copyOf(blob, 20), open.readRange(0, 20));
    }
    network.nextEpoch();
    assertEquals(BlobStanding.EXPIRED, client.standing(id));
  }

  @Test
  void whatIsClosedReadsNothing() throws Exception {
    BlobId id = stored(bytes(100));
    try (RemoteBlob open = client.open(id, TransferMonitor.NONE)) {
      client.close();
      assertThrows(IllegalStateException.class, open::read);
    }
    assertThrows(IllegalStateException.class, () -> client.open(id, TransferMonitor.NONE));
    assertThrows(IllegalStateException.class, () -> client.standing(id));
  }

  @ParameterizedTest
  @EnumSource(
      value = Stage.class,
      names = {"GATHER", "DECODE"})
  void readingCanBeCancelled(Stage at) throws Exception {
    BlobId id = stored(bytes(3000));
    network.tells = true;
    boolean[] armed = {false};
    TransferMonitor canceller =
        new TransferMonitor() {
          private boolean reached;

          @Override
          public void progress(Stage stage, long done, long total) {
            reached |= armed[0] && stage == at;
          }

          @Override
          public boolean isCancelled() {
            return reached;
          }
        };
    try (RemoteBlob open = client.open(id, canceller)) {
      armed[0] = true;
      assertThrows(CancellationException.class, open::read);
    }
  }

  @Test
  void interruptsEndReading() throws Exception {
    BlobId id = stored(bytes(3000));
    try (RemoteBlob open = client.open(id, TransferMonitor.NONE)) {
      Thread.currentThread().interrupt();
      assertThrows(InterruptedException.class, open::read);
    }
    try (Quilt quilt =
        Quilt.pack(network.codec().parameters(), List.of(QuiltFile.of("a", new byte[] {1})))) {
      BlobId quiltId = stored(quilt.toBytes());
      try (RemoteBlob open = client.open(quiltId, TransferMonitor.NONE);
          QuiltReader reader = open.quilt()) {
        Thread.currentThread().interrupt();
        assertThrows(CancellationException.class, reader::index);
        assertTrue(Thread.interrupted());
      }
    }
  }

  @Test
  void settingsAreChecked() {
    TransferSettings some = TransferSettings.defaults();
    assertEquals(some, some.with(some.limits()).with(some.retries()).with(some.workspace()));
    assertThrows(IllegalArgumentException.class, () -> some.withHedge(Duration.ZERO));
    assertEquals(Duration.ofSeconds(7), some.withHedge(Duration.ofSeconds(7)).hedge());
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new TransferSettings(
                some.workspace(), some.limits(), some.retries(), 0, 1, some.hedge()));
    assertThrows(
        IllegalArgumentException.class,
        () -> new RetryPolicy(1, Duration.ofSeconds(-1), Duration.ofSeconds(1)));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new TransferSettings(
                some.workspace(), some.limits(), some.retries(), 1, 0, some.hedge()));
    assertThrows(
        IllegalArgumentException.class, () -> new RetryPolicy(0, Duration.ZERO, Duration.ZERO));
    assertThrows(
        IllegalArgumentException.class,
        () -> new RetryPolicy(1, Duration.ofSeconds(2), Duration.ofSeconds(1)));
  }
}
