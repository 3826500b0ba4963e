package io.redstuff.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.BlobId;
import io.redstuff.client.BlobUnavailableException.Reason;
import io.redstuff.client.api.ErrorCode;
import io.redstuff.client.api.ErrorReason;
import io.redstuff.client.api.NodeRoute;
import io.redstuff.client.testing.FakeNode;
import io.redstuff.client.testing.FakeServer.Reply;
import io.redstuff.codec.EncodedBlob;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** While shards are on their way to other nodes, blobs can be read. */
class HandingOverTest extends ClientTestBase {
  private static final int[] ALL = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
  private static final Set<NodeRoute> SLIVERS = EnumSet.of(NodeRoute.GET_SLIVER);

  /** What the nodes have not got yet, those before them give out. */
  @Test
  void formerNodesAreAsked() throws Exception {
    byte[] blob = bytes(5000);
    BlobId id = stored(blob);
    network.beginHandingOver();
    assertArrayEquals(blob, client.read(id));
    network.endHandingOver();
    assertArrayEquals(blob, client.read(id));
    assertEquals(EPOCH + 1, client.committee().committee().epoch());
  }

  @Test
  void formerNodesAreAskedInPlaceOfLiars() throws Exception {
    byte[] blob = bytes(5000);
    BlobId id = stored(blob);
    network.beginHandingOver();
    try (EncodedBlob lie = network.codec().encode(bytes(4999))) {
      byte[] sliver = lie.pairs().getFirst().primary().toBcs();
      spoil(SLIVERS, (match, reply) -> Reply.of(200, sliver), ALL);
      assertArrayEquals(blob, client.read(id));
    }
  }

  @Test
  void whatNobodyHasAnyMoreIsUnavailable() throws Exception {
    BlobId id = stored(bytes(5000));
    List<FakeNode> former = network.beginHandingOver();
    for (FakeNode node : former) {
      node.fault =
          (match, reply) ->
              SLIVERS.contains(match.route())
                  ? FakeNode.error(ErrorCode.NOT_FOUND, ErrorReason.SLIVER_NOT_FOUND)
                  : reply;
    }
    unavailable(Reason.TOO_FEW_NODES, () -> client.read(id));
  }

  /** All has been handed over after a reader has asked who has it, and before he got it. */
  @Test
  void aReaderWhoComesTooLateAsksAnew() throws Exception {
    byte[] blob = bytes(5000);
    BlobId id = stored(blob);
    AtomicBoolean isOver = new AtomicBoolean();
    spoil(
        SLIVERS,
        (match, reply) -> {
          synchronized (isOver) {
            if (!isOver.getAndSet(true)) {
              network.beginHandingOver();
              network.endHandingOver();
            }
          }
          return FakeNode.error(ErrorCode.NOT_FOUND, ErrorReason.SLIVER_NOT_FOUND);
        },
        ALL);
    assertArrayEquals(blob, client.read(id));
    assertTrue(isOver.get());
  }
}
