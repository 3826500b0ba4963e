package io.redstuff.front.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.redstuff.BlobId;
import io.redstuff.client.BlobUnavailableException;
import io.redstuff.client.RetryPolicy;
import io.redstuff.client.StoreOptions;
import io.redstuff.client.TransferSettings;
import io.redstuff.client.WalrusClient;
import io.redstuff.client.api.ErrorCode;
import io.redstuff.client.api.ErrorReason;
import io.redstuff.client.api.NodeRoute;
import io.redstuff.client.node.RequestLimits;
import io.redstuff.client.testing.FakeNetwork;
import io.redstuff.client.testing.FakeNode;
import io.redstuff.quilt.Quilt;
import io.redstuff.quilt.QuiltFile;
import io.redstuff.stream.Workspace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What blobs are, as far as nodes can tell. */
class QuiltProbeTest {
  @TempDir Path temporary;

  private WalrusClient client(FakeNetwork network) throws Exception {
    return WalrusClient.of(
        network,
        new TransferSettings(
            Workspace.ofMemory(64 << 20).spillingTo(temporary),
            new RequestLimits(Duration.ofMinutes(1), 1 << 20),
            new RetryPolicy(2, Duration.ofMillis(1), Duration.ofMillis(2)),
            16,
            4,
            Duration.ofMillis(300)));
  }

  private static BlobId stored(WalrusClient client, byte[] bytes) throws Exception {
    return client.store(bytes, new StoreOptions(2, false)).blobId();
  }

  @Test
  void nothingIsKeptOfAQuiltWhoseSliversWereNotToBeHad() throws Exception {
    try (FakeNetwork network = new FakeNetwork(5, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
        WalrusClient client = client(network);
        Quilt quilt =
            Quilt.pack(
                network.codec().parameters(),
                List.of(QuiltFile.of("a", new byte[] {1}), QuiltFile.of("b", new byte[] {2, 3})))) {
      BlobId id = stored(client, quilt.toBytes());
      QuiltProbe probe = new QuiltProbe(client);
      for (FakeNode node : network.nodes()) {
        node.fault =
            (match, reply) ->
                match.route() == NodeRoute.GET_SLIVER
                    ? FakeNode.error(ErrorCode.NOT_FOUND, ErrorReason.SLIVER_NOT_FOUND)
                    : reply;
      }
      assertThrows(BlobUnavailableException.class, () -> probe.look(id));

      for (FakeNode node : network.nodes()) {
        node.fault = (_, reply) -> reply;
      }
      assertEquals(2, probe.look(id).files());
    }
  }

  @Test
  void whatIsNoQuiltIsABlob() throws Exception {
    try (FakeNetwork network = new FakeNetwork(5, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
        WalrusClient client = client(network)) {
      QuiltProbe probe = new QuiltProbe(client);
      assertFalse(probe.look(stored(client, new byte[2000])).quilt());
    }
  }
}
