package io.redstuff.network.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.BlobId;
import io.redstuff.Sliver;
import io.redstuff.SliverPair;
import io.redstuff.SliverPairIndex;
import io.redstuff.client.BlobUnavailableException;
import io.redstuff.client.TransferSettings;
import io.redstuff.client.WalrusClient;
import io.redstuff.client.api.BlobStatus;
import io.redstuff.client.chain.BlobStanding;
import io.redstuff.codec.EncodedBlob;
import io.redstuff.network.node.testing.TestNetwork;
import io.redstuff.network.node.testing.TestNetwork.Blob;
import io.redstuff.network.node.testing.TestNetwork.Member;
import io.redstuff.proof.VerifiedMetadata;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A writer whose primary slivers are in turn those of one blob and of another: each is what the
 * metadata say, so nodes take and confirm them. He ends invalid.
 */
class CheatingWriterTest {
  private static final int SHARDS = 10;
  private static final int LENGTH = 3000;

  @TempDir private Path directory;

  @Test
  void endsInvalidEverywhere() throws Exception {
    try (TestNetwork network = TestNetwork.of(directory, SHARDS, 4);
        WalrusClient client = network.walrus(TransferSettings.defaults())) {
      Blob cheat = cheat(network);
      Member absent = network.members.getFirst();
      List<Member> others = network.members.subList(1, 4);
      network.stop(absent);
      for (Member member : others) {
        network.send(cheat, member);
      }
      network.certify(cheat, others);
      // Nobody knows yet; a reader finds out for himself.
      assertEquals(BlobStanding.CERTIFIED, client.standing(cheat.id()));
      assertUnreadable(client, cheat.id());
      // A node that has to compute its slivers finds out for all.
      network.start(absent);
      network.awaitInvalid(cheat.id());
      for (Member member : network.members) {
        assertTrue(member.node.awaitWhole(TestNetwork.PATIENCE));
        assertEquals(0, member.node.slivers(cheat.id()));
        assertInstanceOf(BlobStatus.Invalid.class, network.client(member).blobStatus(cheat.id()));
      }
      assertEquals(BlobStanding.INVALID, client.standing(cheat.id()));
      assertUnreadable(client, cheat.id());
      // And who asks nodes instead of the ledger.
      try (WalrusClient reader = WalrusClient.of(client.committee(), TransferSettings.defaults())) {
        assertEquals(BlobStanding.INVALID, reader.standing(cheat.id()));
        assertUnreadable(reader, cheat.id());
      }
    }
  }

  private static void assertUnreadable(WalrusClient client, BlobId id) {
    BlobUnavailableException e =
        assertThrows(BlobUnavailableException.class, () -> client.read(id));
    assertEquals(BlobUnavailableException.Reason.INVALID, e.reason(), e::getMessage);
  }

  private static Blob cheat(TestNetwork network) throws Exception {
    try (EncodedBlob one = network.encode(LENGTH, 1);
        EncodedBlob other = network.encode(LENGTH, 2)) {
      byte[] hashes = new byte[64 * SHARDS];
      List<SliverPair> pairs = new ArrayList<>();
      for (int i = 0; i < SHARDS; i++) {
        SliverPairIndex pair = SliverPairIndex.of(i);
        EncodedBlob turn = i % 2 == 0 ? one : other;
        System.arraycopy(turn.metadata().hashes(pair).primary(), 0, hashes, 64 * i, 32);
        System.arraycopy(one.metadata().hashes(pair).secondary(), 0, hashes, 64 * i + 32, 32);
        pairs.add(
            new SliverPair(
                pair, copy(turn.pair(pair).primary()), copy(one.pair(pair).secondary())));
      }
      VerifiedMetadata metadata = VerifiedMetadata.ofHashes(network.parameters(), LENGTH, hashes);
      return network.register(metadata, pairs, false, 5);
    }
  }

  private static Sliver copy(Sliver sliver) {
    return Sliver.copyOf(sliver.id(), sliver.symbolSize(), sliver.toBytes());
  }
}
