package io.redstuff.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.EncodingParameters;
import io.redstuff.ObjectId;
import io.redstuff.ShardIndex;
import io.redstuff.certify.Committee;
import io.redstuff.certify.CommitteeMember;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.certify.bls.SecretKey;
import io.redstuff.error.RedStuffException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where it is less to send whole slivers than symbols. */
class RepairPlanTest {
  @Test
  void breakEvenIsWhereBothSendTheSame() {
    EncodingParameters thousand = EncodingParameters.forShards(1000);
    // 222 * (334 + 667) = 222,222 and 334 * 667 = 222,778
    assertTrue(RepairPlan.symbolsTravel(thousand, 222, 222));
    assertFalse(RepairPlan.symbolsTravel(thousand, 223, 223));
    // one axis alone: 334 primary slivers are the blob, and so are 667 secondary ones
    assertTrue(RepairPlan.symbolsTravel(thousand, 333, 0));
    assertFalse(RepairPlan.symbolsTravel(thousand, 334, 0));
    assertTrue(RepairPlan.symbolsTravel(thousand, 0, 666));
    assertFalse(RepairPlan.symbolsTravel(thousand, 0, 667));
  }

  @Test
  void nodesAreMembersOfACommittee() throws RedStuffException {
    List<CommitteeMember> members = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      byte[] id = new byte[ObjectId.BYTES];
      id[0] = (byte) (i + 1);
      byte[] secret = new byte[32];
      secret[5] = (byte) (i + 1);
      try (SecretKey key = SecretKey.parse(secret)) {
        members.add(
            new CommitteeMember(ObjectId.of(id), BlsEngine.preferred().publicKey(key), 2 + i));
      }
    }
    Committee weights = Committee.of(3, members);
    assertThrows(IllegalArgumentException.class, () -> Nodes.of(weights));
    Committee committee =
        weights.withShards(
            List.of(
                List.of(ShardIndex.of(1), ShardIndex.of(4)),
                List.of(ShardIndex.of(0), ShardIndex.of(2), ShardIndex.of(3))));
    assertEquals(new Nodes(new int[] {1, 0, 1, 1, 0}), Nodes.of(committee));
  }

  @Test
  void nodesShareShards() {
    Nodes nodes = Nodes.evenly(10, 3);
    assertEquals("3 nodes of 10 shards", nodes.toString());
    assertEquals("node-00000", nodes.place(0));
    assertEquals("node-00002", nodes.place(9));
    int[] counts = new int[3];
    for (int shard = 0; shard < 10; shard++) {
      counts[nodes.owner(shard)]++;
    }
    for (int count : counts) {
      assertTrue(count == 3 || count == 4);
    }
    assertEquals(nodes, new Nodes(nodes.owners()));
    assertEquals(nodes.hashCode(), new Nodes(nodes.owners()).hashCode());
    assertThrows(IllegalArgumentException.class, () -> Nodes.evenly(10, 11));
    assertThrows(IllegalArgumentException.class, () -> Nodes.evenly(10, 0));
    assertThrows(IllegalArgumentException.class, () -> Nodes.evenly(3, 1));
    assertThrows(IllegalArgumentException.class, () -> new Nodes(new int[] {0, 0, 0, -1}));
  }
}
