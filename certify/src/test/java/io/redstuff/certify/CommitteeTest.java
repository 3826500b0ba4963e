package io.redstuff.certify;

import static io.redstuff.certify.testing.Refusals.assertMalformed;
import static io.redstuff.certify.testing.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.ShardIndex;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.certify.json.CommitteeJson;
import io.redstuff.certify.testing.BlsVectors;
import io.redstuff.error.RedStuffException;
import io.redstuff.error.VerificationException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Committees, their forms, and what is no committee. */
class CommitteeTest {
  private static final BlsEngine ENGINE = BlsEngine.preferred();

  private final Committee committee = Committees.withShards(ENGINE, 7, 3, 1, 2);

  @Test
  void knowsItsShards() {
    assertEquals(7, committee.epoch());
    assertEquals(6, committee.shards());
    assertTrue(committee.knowsShards());
    assertEquals(OptionalInt.of(0), committee.owner(ShardIndex.of(2)));
    assertEquals(OptionalInt.of(2), committee.owner(ShardIndex.of(4)));
    assertEquals(Optional.of(List.of(ShardIndex.of(4), ShardIndex.of(5))), committee.shardsOf(2));
    assertThrows(IndexOutOfBoundsException.class, () -> committee.owner(ShardIndex.of(6)));
    assertThrows(IndexOutOfBoundsException.class, () -> committee.shardsOf(3));
    Committee plain = Committees.of(ENGINE, 7, 3, 1, 2);
    assertFalse(plain.knowsShards());
    assertEquals(OptionalInt.empty(), plain.owner(ShardIndex.of(2)));
    assertEquals(Optional.empty(), plain.shardsOf(2));
    assertNotEquals(plain, committee);
    assertEquals(plain, Committees.of(ENGINE, 7, 3, 1, 2));
    assertEquals(plain.hashCode(), committee.hashCode());
    assertNotEquals(plain, Committees.of(ENGINE, 8, 3, 1, 2));
    assertNotEquals(plain, Committees.of(ENGINE, 7, 3, 1, 3));
    assertNotEquals(plain, new Object());
    assertEquals("committee of epoch 7: 3 members, 6 shards", committee.toString());
  }

  @Test
  void positions() {
    assertEquals(OptionalInt.of(1), committee.position(BlsVectors.key(ENGINE, "derived-1")));
    assertEquals(OptionalInt.empty(), committee.position(BlsVectors.key(ENGINE, "derived-9")));
  }

  @Test
  void wrongMembers() {
    CommitteeMember first = committee.members().get(0);
    CommitteeMember second = committee.members().get(1);
    assertRefused(Reason.WRONG_SHARD_COUNT, () -> Committee.of(1, List.of()));
    assertRefused(Reason.WRONG_COMMITTEE, () -> Committee.of(1, List.of(second, first)));
    assertRefused(Reason.WRONG_COMMITTEE, () -> Committee.of(1, List.of(first, first)));
    CommitteeMember sameKey = new CommitteeMember(Committees.nodeId(5), first.key(), 1);
    assertRefused(Reason.DUPLICATE, () -> Committee.of(1, List.of(first, sameKey)));
    assertRefused(
        Reason.WRONG_SHARD_COUNT,
        () ->
            Committee.of(
                1,
                List.of(
                    new CommitteeMember(first.nodeId(), first.key(), 0xffff),
                    new CommitteeMember(second.nodeId(), second.key(), 1))));
    assertThrows(IllegalArgumentException.class, () -> Committee.of(1L << 32, List.of(first)));
    assertThrows(
        IllegalArgumentException.class, () -> new CommitteeMember(first.nodeId(), first.key(), 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> new CommitteeMember(first.nodeId(), first.key(), 0x10000));
  }

  @Test
  void wrongShards() {
    List<List<ShardIndex>> shards = shards();
    assertRefused(Reason.WRONG_COMMITTEE, () -> committee.withShards(shards.subList(0, 2)));
    shards.set(0, List.of(ShardIndex.of(0), ShardIndex.of(1)));
    assertRefused(Reason.WRONG_COMMITTEE, () -> committee.withShards(shards));
    shards.set(0, List.of(ShardIndex.of(0), ShardIndex.of(1), ShardIndex.of(6)));
    assertRefused(Reason.INDEX_OUT_OF_RANGE, () -> committee.withShards(shards));
    shards.set(0, List.of(ShardIndex.of(0), ShardIndex.of(1), ShardIndex.of(5)));
    assertRefused(Reason.DUPLICATE, () -> committee.withShards(shards));
  }

  private List<List<ShardIndex>> shards() {
    List<List<ShardIndex>> shards = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      shards.add(committee.shardsOf(i).orElseThrow());
    }
    return shards;
  }

  @Test
  void weights() throws RedStuffException {
    assertEquals(0, committee.weight(List.of()));
    assertEquals(5, committee.weight(List.of(2, 0)));
    assertRefused(Reason.DUPLICATE, () -> committee.weight(List.of(2, 0, 2)));
    assertRefused(Reason.UNKNOWN_SIGNER, () -> committee.weight(List.of(3)));
    assertRefused(Reason.UNKNOWN_SIGNER, () -> committee.weight(List.of(-1)));
  }

  @Test
  void wireForm() throws RedStuffException {
    byte[] bcs = committee.toBcs(ENGINE);
    assertEquals(1 + 3 * (1 + 96 + 2 + 32) + 2 + 4 + 1 + 48, bcs.length);
    assertArrayEquals(bcs, committee.toBcs(BlsEngine.bouncyCastle()));
    for (BlsEngine engine : BlsVectors.engines()) {
      // The chain's object has no shards.
      assertEquals(Committees.of(ENGINE, 7, 3, 1, 2), Committee.parse(bcs, engine));
    }
    assertMalformed("trailing", () -> Committee.parse(Arrays.copyOf(bcs, bcs.length + 1), ENGINE));
    for (int length = 0; length < bcs.length; length += 7) {
      byte[] cut = Arrays.copyOf(bcs, length);
      assertThrows(RedStuffException.class, () -> Committee.parse(cut, ENGINE));
    }
    assertMalformed("got 95 bytes, expected 96", () -> Committee.parse(with(bcs, 1, 95), ENGINE));
    assertMalformed("weight: got 0", () -> Committee.parse(with(bcs, 98, 0), ENGINE));
    int shards = 1 + 3 * 131;
    assertRefused(Reason.WRONG_SHARD_COUNT, () -> Committee.parse(with(bcs, shards, 7), ENGINE));
    byte[] otherTotal = bcs.clone();
    byte[] key = BlsVectors.key(ENGINE, "derived-9").toBytes();
    System.arraycopy(key, 0, otherTotal, bcs.length - 48, 48);
    assertRefused(Reason.WRONG_COMMITTEE, () -> Committee.parse(otherTotal, ENGINE));
  }

  private static byte[] with(byte[] bcs, int at, int value) {
    byte[] other = bcs.clone();
    other[at] = (byte) value;
    return other;
  }

  @Test
  void json() throws RedStuffException {
    assertEquals(committee, CommitteeJson.parse(CommitteeJson.write(committee), ENGINE));
    Committee plain = Committees.of(ENGINE, 7, 3, 1, 2);
    String text = new String(CommitteeJson.write(plain), StandardCharsets.UTF_8);
    assertEquals(plain, parse(text));
    // Whoever writes by hand need not sort, nor count.
    List<String> members = new ArrayList<>();
    for (CommitteeMember member : committee.members()) {
      String key = Base64.getEncoder().encodeToString(member.key().toBytes());
      members.add(
          "{\"node_id\": \"%s\", \"public_key\": \"%s\", \"weight\": %s, \"name\": \"x\"}"
              .formatted(member.nodeId(), key, member.weight()));
    }
    Collections.reverse(members);
    assertEquals(plain, parse("{\"epoch\": 7, \"members\": [" + String.join(",", members) + "]}"));
  }

  @Test
  void jsonThatIsNone() {
    String good = new String(CommitteeJson.write(committee), StandardCharsets.UTF_8);
    assertWrong("not JSON", good.substring(1));
    assertWrong("not JSON", good + "1");
    assertWrong("got nothing, expected an object", "");
    assertWrong("expected an object", "[]");
    assertWrong("committee.members: missing", "{\"epoch\": 7}");
    assertWrong(
        "committee.members: got a string, expected a list", "{\"epoch\": 7, \"members\": \"\"}");
    assertWrong("expected an object", "{\"epoch\": 7, \"members\": [1]}");
    assertWrong("Duplicate", "{\"epoch\": 7, \"epoch\": 7, \"members\": []}");
    assertWrong("expected a whole number", good.replace("\"epoch\" : 7", "\"epoch\" : 7.5"));
    assertWrong("expected 0 to 4294967295", good.replace("\"epoch\" : 7", "\"epoch\" : -1"));
    assertWrong(
        "expected a whole number",
        good.replace("\"epoch\" : 7", "\"epoch\" : 99999999999999999999"));
    assertWrong("weight: got 0", good.replace("\"weight\" : 1", "\"weight\" : 0"));
    assertWrong(
        "weight: missing", good.replace("\"weight\"", "\"w\"").replace("\"shards\"", "\"s\""));
    assertWrong("not base64", good.replace("\"public_key\" : \"", "\"public_key\" : \"*"));
    assertWrong(
        "expected a text", good.replace("\"public_key\" : \"", "\"public_key\" : 1, \"k\" : \""));
    assertRefused(
        Reason.WRONG_SHARD_COUNT,
        () -> parse(good.replace("\"n_shards\" : 6", "\"n_shards\" : 7")));
    assertRefused(
        Reason.WRONG_COMMITTEE,
        () ->
            parse(
                good.replace("\"weight\" : 1", "\"weight\" : 2")
                    .replace("\"n_shards\" : 6", "\"n_shards\" : 7")));
  }

  private static void assertWrong(String why, String json) {
    assertMalformed(why, () -> parse(json));
  }

  private static Committee parse(String json) throws RedStuffException {
    return CommitteeJson.parse(json.getBytes(StandardCharsets.UTF_8), ENGINE);
  }
}
