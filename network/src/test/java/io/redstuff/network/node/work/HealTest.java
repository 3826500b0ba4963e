package io.redstuff.network.node.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Axis;
import io.redstuff.ShardIndex;
import io.redstuff.Sliver;
import io.redstuff.SliverPair;
import io.redstuff.SliverPairIndex;
import io.redstuff.audit.AuditAxes;
import io.redstuff.audit.AuditHash;
import io.redstuff.audit.AuditMode;
import io.redstuff.audit.AuditRandomness;
import io.redstuff.audit.AuditStatement;
import io.redstuff.audit.AuditTranscript;
import io.redstuff.audit.AuditVerdict;
import io.redstuff.audit.AuditVerifier;
import io.redstuff.certify.AuditSignatures;
import io.redstuff.chain.SystemCalls;
import io.redstuff.client.api.BlobStatus;
import io.redstuff.client.api.ErrorReason;
import io.redstuff.client.node.NodeException;
import io.redstuff.codec.EncodedBlob;
import io.redstuff.http.HttpLimits;
import io.redstuff.network.ledger.testing.TestNode;
import io.redstuff.network.ledger.transaction.Call;
import io.redstuff.network.ledger.transaction.Calls;
import io.redstuff.network.node.storage.NodeStore;
import io.redstuff.network.node.testing.LyingProxy;
import io.redstuff.network.node.testing.TestNetwork;
import io.redstuff.network.node.testing.TestNetwork.Blob;
import io.redstuff.network.node.testing.TestNetwork.Member;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.stream.WorkMonitor;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node does unasked: in the end it has what it owes, and nothing else. */
class HealTest {
  @TempDir private Path directory;
  private TestNetwork network;

  @BeforeEach
  void begin() throws Exception {
    network = TestNetwork.of(directory, 10, 4);
  }

  @AfterEach
  void end() throws Exception {
    network.close();
  }

  private void whole(Member member, Blob... blobs) throws Exception {
    assertTrue(member.node.awaitWhole(TestNetwork.PATIENCE));
    for (Blob blob : blobs) {
      assertEquals(2 * network.shards(member).size(), member.node.slivers(blob.id()));
      // They are the right ones: all were hashed, and a confirmation hashes them again.
      network.client(member).confirmation(blob.id(), blob.persistence(), Duration.ZERO);
    }
  }

  /** A node that was down when a blob was written has it when it is back. */
  @Test
  void aNodeThatWasDownCatchesUp() throws Exception {
    Member down = network.members.getLast();
    List<Member> others = network.members.subList(0, 3);
    network.stop(down);
    Blob first = network.store(3000, 1, others);
    Blob second = network.store(1, 2, others);
    network.start(down);
    whole(down, first, second);
  }

  /** A node whose disk was lost gets everything back from the others. */
  @Test
  void lostDataAreRestored() throws Exception {
    Blob first = network.store(3000, 3, network.members);
    Blob second = network.store(20_000, 4, network.members);
    Member lost = network.members.get(1);
    network.stop(lost);
    TestNetwork.deleteData(lost);
    network.start(lost);
    whole(lost, first, second);
  }

  /** Nodes that lie are found out by the proofs, and nothing that they send is kept. */
  @Test
  void lyingNodesAreFoundOut() throws Exception {
    Blob blob = network.store(3000, 5, network.members);
    Member lost = network.members.getFirst();
    // What the one that is honest has is not enough for any sliver.
    List<Member> liars = List.of(network.members.get(1), network.members.get(3));
    List<LyingProxy> proxies = new ArrayList<>();
    try {
      for (Member liar : liars) {
        LyingProxy proxy =
            new LyingProxy(
                liar.node.address(),
                (path, body) -> {
                  if (path.endsWith("/recoverySymbols") || path.endsWith("/metadata")) {
                    body[body.length / 2] ^= 1;
                  }
                  return body;
                });
        proxies.add(proxy);
        network.moveTo(liar, proxy.address());
      }
      network.stop(lost);
      TestNetwork.deleteData(lost);
      network.start(lost);
      while (proxies.stream().anyMatch(proxy -> proxy.lies() == 0)) {
        assertFalse(lost.node.awaitWhole(Duration.ofMillis(50)));
      }
      assertEquals(0, lost.node.slivers(blob.id()));
      network.moveTo(liars.getFirst(), liars.getFirst().node.ledgerAddress());
      whole(lost, blob);
    } finally {
      proxies.forEach(LyingProxy::close);
    }
  }

  /** A writer whose slivers do not belong together gets its blob marked as invalid. */
  @Test
  void aCheatingWriterEndsInvalid() throws Exception {
    Member absent = network.members.getFirst();
    List<Member> others = network.members.subList(1, 4);
    Blob cheat = cheat(absent);
    network.stop(absent);
    for (Member member : others) {
      network.send(cheat, member);
    }
    network.certify(cheat, others);
    network.start(absent);
    network.awaitInvalid(cheat.id());
    for (Member member : network.members) {
      assertTrue(member.node.awaitWhole(TestNetwork.PATIENCE));
      assertEquals(0, member.node.slivers(cheat.id()));
      assertTrue(network.client(member).blobStatus(cheat.id()) instanceof BlobStatus.Invalid);
      NodeException e =
          assertThrows(
              NodeException.class,
              () -> network.client(member).storeMetadata(cheat.metadata(), false));
      assertTrue(e.is(ErrorReason.INVALID_BLOB), e::getMessage);
    }
  }

  /** A blob in which one sliver of an absent node is another one than the code would have. */
  private Blob cheat(Member absent) throws Exception {
    try (EncodedBlob encoded = network.encode(3000, 6)) {
      byte[] hashes = new byte[64 * 10];
      for (int i = 0; i < 10; i++) {
        SliverPairIndex pair = SliverPairIndex.of(i);
        System.arraycopy(encoded.metadata().hashes(pair).primary(), 0, hashes, 64 * i, 32);
        System.arraycopy(encoded.metadata().hashes(pair).secondary(), 0, hashes, 64 * i + 32, 32);
      }
      // Which slivers the node gets follows from the blob id, which follows from the hashes.
      for (int changed = 0; changed < 10; changed++) {
        Sliver good = encoded.pair(SliverPairIndex.of(changed)).primary();
        byte[] bytes = good.toBytes();
        bytes[0] ^= 1;
        Sliver bad = Sliver.copyOf(good.id(), good.symbolSize(), bytes);
        byte[] cheated = hashes.clone();
        System.arraycopy(network.codec.root(bad), 0, cheated, 64 * changed, 32);
        VerifiedMetadata metadata = VerifiedMetadata.ofHashes(network.parameters(), 3000, cheated);
        ShardIndex shard =
            SliverPairIndex.of(changed).shard(metadata.blobId(), network.parameters());
        if (network.shards(absent).contains(shard)) {
          List<SliverPair> pairs = new ArrayList<>();
          for (SliverPair pair : encoded.pairs()) {
            pairs.add(
                new SliverPair(
                    pair.index(),
                    pair.index().value() == changed ? bad : copy(pair.primary()),
                    copy(pair.secondary())));
          }
          return network.register(metadata, pairs, false, 5);
        }
      }
    }
    throw new AssertionError("the node would get none of ten slivers");
  }

  private static Sliver copy(Sliver sliver) {
    return Sliver.copyOf(sliver.id(), sliver.symbolSize(), sliver.toBytes());
  }

  /**
   * Bits that flip on the disk are found, and the slivers healed; meanwhile the node is audited.
   */
  @Test
  void badSliversAreFoundAndHealed() throws Exception {
    Blob blob = network.store(3000, 7, network.members);
    Member member = network.members.get(2);
    network.stop(member);
    String url = "jdbc:sqlite:" + member.directory.resolve(NodeStore.FILE);
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      assertEquals(
          1,
          statement.executeUpdate(
              "UPDATE slivers SET symbols = zeroblob(length(symbols)) WHERE rowid ="
                  + " (SELECT max(rowid) FROM slivers)"));
    }
    network.start(member);
    AuditStatement statement = statement(member, blob);
    assertTrue(verdict(member, statement).missed() > 0);
    assertTrue(member.node.awaitWhole(TestNetwork.PATIENCE));
    ScrubReport report = member.node.scrub();
    assertEquals(1, report.blobs());
    assertEquals(1, report.bad());
    assertTrue(member.node.awaitWhole(TestNetwork.PATIENCE));
    assertEquals(0, member.node.scrub().bad());
    assertEquals(0, verdict(member, statement).missed());
    whole(member, blob);
  }

  private AuditStatement statement(Member member, Blob blob) {
    return new AuditStatement(
        network.parameters(),
        network.ledger.system().epoch(),
        member.id,
        network.shards(member),
        List.of(blob.id()),
        200,
        AuditAxes.BOTH,
        AuditMode.PARALLEL,
        AuditRandomness.ofNonce(AuditHash.of(new byte[32])));
  }

  private record Verdict(int missed) {}

  private Verdict verdict(Member member, AuditStatement statement) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI uri = member.node.address().resolve("/v1/redstuff/audit");
      HttpResponse<byte[]> answer =
          http.send(
              HttpRequest.newBuilder(uri)
                  .POST(HttpRequest.BodyPublishers.ofByteArray(statement.toBcs()))
                  .build(),
              HttpResponse.BodyHandlers.ofByteArray());
      assertEquals(200, answer.statusCode());
      AuditTranscript transcript = AuditTranscript.parse(answer.body());
      new AuditSignatures(
              network.ledger.system().committee().toCommittee(TestNode.ENGINE), TestNode.ENGINE)
          .verify(transcript);
      AuditVerdict verdict = new AuditVerifier().verify(statement, transcript, WorkMonitor.NONE);
      return new Verdict(verdict.missed().size());
    }
  }

  /** What was deleted or has expired is thrown away. */
  @Test
  void whatNobodyPaysForIsThrownAway() throws Exception {
    Blob deleted = network.store(2000, 8, network.members);
    Blob expiring;
    try (EncodedBlob encoded = network.encode(2000, 9)) {
      expiring = network.register(encoded, false, 1);
      for (Member member : network.members) {
        network.send(expiring, member);
      }
      network.certify(expiring, network.members);
    }
    network.writer.execute(Call.of(SystemCalls.deleteBlob(), Calls.object(deleted.object())));
    for (Member member : network.members) {
      assertTrue(member.node.awaitWhole(TestNetwork.PATIENCE));
      assertEquals(0, member.node.slivers(deleted.id()));
      assertTrue(member.node.slivers(expiring.id()) > 0);
    }
    network.nextEpoch();
    for (Member member : network.members) {
      assertEquals(0, member.node.slivers());
    }
  }

  /** A node that joins gets shards from those that had them, and they forget them. */
  @Test
  void shardsMoveToANewNode() throws Exception {
    Blob first = network.store(3000, 10, network.members);
    Blob second = network.store(9000, 11, network.members);
    Member joined = network.addNode(HttpLimits.DEFAULT, Optional.empty());
    network.nextEpoch();
    assertFalse(network.shards(joined).isEmpty());
    for (Member member : network.members) {
      assertTrue(member.node.awaitWhole(TestNetwork.PATIENCE));
      // What is others' goes when these have said that they have it.
      long deadline = System.nanoTime() + TestNetwork.PATIENCE.toNanos();
      while (member.node.slivers() > 4L * network.shards(member).size()) {
        assertTrue(System.nanoTime() < deadline, member + " has " + member.node.slivers());
        Thread.sleep(10);
      }
      whole(member, first, second);
    }
  }

  /** The node that had a shard is gone, or lies: the shard comes from the symbols of the others. */
  @Test
  void shardsOfANodeThatLiesAreRestored() throws Exception {
    Blob blob = network.store(3000, 12, network.members);
    List<LyingProxy> proxies = new ArrayList<>();
    for (Member member : network.members) {
      LyingProxy proxy =
          new LyingProxy(
              member.node.address(),
              (path, body) -> {
                if (path.endsWith("/sync_shard") && body.length > 60) {
                  body[50] ^= 1;
                }
                return body;
              });
      proxies.add(proxy);
      network.moveTo(member, proxy.address());
    }
    try {
      Member joined = network.addNode(HttpLimits.DEFAULT, Optional.empty());
      network.nextEpoch();
      assertFalse(network.shards(joined).isEmpty());
      whole(joined, blob);
      assertTrue(proxies.stream().anyMatch(proxy -> proxy.lies() > 0));
    } finally {
      for (LyingProxy proxy : proxies) {
        proxy.close();
      }
    }
  }

  /** Both slivers of a pair that a client never sent are restored after the certificate. */
  @Test
  void whatTheWriterLeftOutIsRestored() throws Exception {
    try (EncodedBlob encoded = network.encode(700, 13)) {
      Blob blob = network.register(encoded, true, 5);
      List<Member> most = network.members.subList(0, 3);
      for (Member member : most) {
        network.send(blob, member);
      }
      network.certify(blob, most);
      Member last = network.members.getLast();
      network.client(last).storeMetadata(blob.metadata(), false);
      SliverPairIndex pair = network.shards(last).getFirst().pair(blob.id(), network.parameters());
      network
          .client(last)
          .storeSliver(blob.id(), pair, TestNetwork.sliver(blob, pair, Axis.PRIMARY), false);
      whole(last, blob);
    }
  }
}
