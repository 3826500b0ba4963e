package io.redstuff.client.chain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.BlobId;
import io.redstuff.ObjectId;
import io.redstuff.SliverPairIndex;
import io.redstuff.certify.Committee;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.client.node.NodeAddress;
import io.redstuff.client.testing.FakeNetwork;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.RedStuffException;
import io.redstuff.error.VerificationException;
import io.redstuff.message.BlobPersistence;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkCommitteeTest {
  private static final BlsEngine ENGINE = FakeNetwork.ENGINE;
  private static final String NETWORK_KEY = "0x02" + "ab".repeat(32);

  private static String member(int position, String more) {
    String key =
        Base64.getEncoder()
            .encodeToString(ENGINE.publicKey(FakeNetwork.secret(position)).toBytes());
    return "{\"node_id\":\"%s\",\"public_key\":\"%s\",%s}"
        .formatted(FakeNetwork.nodeId(position), key, more);
  }

  private static NetworkCommittee parse(String... members) throws RedStuffException {
    String json = "{\"epoch\":9,\"members\":[" + String.join(",", members) + "]}";
    return NetworkCommittee.parse(json.getBytes(UTF_8), ENGINE);
  }

  @Test
  void membersComeInAnyOrder() throws RedStuffException {
    NetworkCommittee network =
        parse(
            member(
                1,
                "\"shards\":[1,2],\"address\":\"https://b:2\",\"network_key\":\""
                    + NETWORK_KEY
                    + "\""),
            member(0, "\"shards\":[3,0],\"address\":\"http://a:1\""));
    assertEquals(
        List.of("http://a:1", "https://b:2"),
        network.addresses().stream().map(NodeAddress::toString).toList());
    assertEquals(NETWORK_KEY, network.addresses().get(1).pin().orElseThrow().toString());
    assertEquals(4, network.parameters().shards());
    assertEquals(9, network.committee().epoch());
    assertEquals(network, NetworkCommittee.parse(network.toJson(), ENGINE));
  }

  @Test
  void pairsMoveWithTheBlobId() throws RedStuffException {
    NetworkCommittee network =
        parse(
            member(0, "\"shards\":[0,1],\"address\":\"http://a\""),
            member(1, "\"shards\":[2,3],\"address\":\"http://b\""));
    byte[] bytes = new byte[BlobId.BYTES];
    bytes[BlobId.BYTES - 1] = 1; // so pair p is in shard p + 1
    BlobId id = BlobId.of(bytes);
    assertEquals(List.of(SliverPairIndex.of(3), SliverPairIndex.of(0)), network.pairs(id, 0));
    assertEquals(0, network.owner(id, SliverPairIndex.of(3)));
    assertEquals(1, network.owner(id, SliverPairIndex.of(1)));
  }

  @Test
  void othersAreRefused() throws RedStuffException {
    assertThrows(
        VerificationException.class,
        () -> parse(member(0, "\"weight\":4,\"address\":\"http://a\"")));
    assertThrows(
        VerificationException.class,
        () -> parse(member(0, "\"shards\":[0],\"address\":\"http://a\"")));
    String shards = "\"shards\":[0,1,2,3]";
    assertThrows(MalformedDataException.class, () -> parse(member(0, shards)));
    for (String address : List.of("x", "http://a/b", "http://a b")) {
      MalformedDataException e =
          assertThrows(
              MalformedDataException.class,
              () -> parse(member(0, shards + ",\"address\":\"" + address + "\"")));
      assertTrue(e.getMessage().contains("members[0].address"), e.getMessage());
    }
    Committee committee = parse(member(0, shards + ",\"address\":\"http://a\"")).committee();
    assertThrows(IllegalArgumentException.class, () -> new NetworkCommittee(committee, List.of()));
    Committee counted = Committee.of(1, committee.members());
    assertThrows(
        IllegalArgumentException.class,
        () -> new NetworkCommittee(counted, List.of(NodeAddress.of("http://a"))));
  }

  @Test
  void registrations() {
    BlobId id = BlobId.of(new byte[BlobId.BYTES]);
    ObjectId object = FakeNetwork.nodeId(1);
    assertEquals(
        BlobPersistence.deletable(object), new Registration(id, object, 1, true).persistence());
    assertEquals(BlobPersistence.PERMANENT, new Registration(id, object, 1, false).persistence());
    assertThrows(IllegalArgumentException.class, () -> new Registration(id, object, -1, false));
  }
}
