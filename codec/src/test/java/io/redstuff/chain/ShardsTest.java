package io.redstuff.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.ObjectId;
import io.redstuff.ShardIndex;
import io.redstuff.codec.Refusals;
import io.redstuff.error.MalformedDataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Who gets how many shards, and which. */
class ShardsTest {
  private static ObjectId node(int number) {
    byte[] bytes = new byte[32];
    bytes[31] = (byte) number;
    return ObjectId.of(bytes);
  }

  private static List<Frost> stakes(long... stakes) {
    return Arrays.stream(stakes).mapToObj(Frost::of).toList();
  }

  /** The definition: one shard after the other, from the first on. */
  private static List<Integer> naive(int shards, List<Frost> stakes) {
    int limit = ShardAllocation.limit(stakes.size(), shards);
    int[] counts = new int[stakes.size()];
    for (int given = 0; given < shards; given++) {
      int best = -1;
      for (int i = 0; i < counts.length; i++) {
        if (counts[i] < limit
            && (best < 0
                || stakes.get(i).value() * (counts[best] + 1)
                    > stakes.get(best).value() * (counts[i] + 1))) {
          best = i;
        }
      }
      counts[best]++;
    }
    return Arrays.stream(counts).boxed().toList();
  }

  @Property
  void oneShardAfterTheOther(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 30) int nodes,
      @ForAll @IntRange(min = 100, max = 400) int shards) {
    Random random = new Random(seed);
    int most = random.nextBoolean() ? 6 : 1_000_000;
    List<Frost> stakes = new ArrayList<>();
    stakes.add(Frost.of(1 + random.nextInt(most)));
    while (stakes.size() < nodes) {
      stakes.add(Frost.of(random.nextInt(most)));
    }
    List<Integer> counts = ShardAllocation.byStake(shards, stakes);
    assertEquals(naive(shards, stakes), counts, stakes::toString);
    assertEquals(shards, counts.stream().mapToInt(Integer::intValue).sum());
  }

  @Test
  void stakesAreComparedExactly() {
    long most = 1L << 61;
    assertEquals(List.of(1, 2), ShardAllocation.byStake(3, stakes(most - 1, most)));
    assertEquals(List.of(2, 1), ShardAllocation.byStake(3, stakes(most, most)));
  }

  @Test
  void limits() {
    assertEquals(100, ShardAllocation.limit(20, 1000));
    assertEquals(106, ShardAllocation.limit(19, 1000));
    assertEquals(2000, ShardAllocation.limit(1, 1000));
    assertEquals(0, ShardAllocation.limit(20, 9));
    assertThrows(IllegalArgumentException.class, () -> ShardAllocation.limit(0, 10));
    assertThrows(IllegalArgumentException.class, () -> ShardAllocation.limit(4, -1));
    assertThrows(IllegalArgumentException.class, () -> ShardAllocation.limit(4, 65536));
    assertEquals(131070, ShardAllocation.limit(1, 65535));
  }

  @Test
  void whatCannotBeSharedOut() {
    assertThrows(IllegalArgumentException.class, () -> ShardAllocation.byStake(4, stakes(0, 0, 0)));
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> ShardAllocation.byStake(9, Collections.nCopies(20, Frost.of(1))));
    assertEquals("shards: got 9, expected at most 0 for each of 20 nodes", e.getMessage());
    assertThrows(
        AmountOverflowException.class, () -> ShardAllocation.byStake(4, stakes(Long.MAX_VALUE, 1)));
  }

  private static SequencedMap<ObjectId, Integer> counts(int... nodesAndCounts) {
    SequencedMap<ObjectId, Integer> counts = new LinkedHashMap<>();
    for (int i = 0; i < nodesAndCounts.length; i += 2) {
      counts.put(node(nodesAndCounts[i]), nodesAndCounts[i + 1]);
    }
    return counts;
  }

  private static String show(ShardAssignment assignment) {
    StringBuilder shown = new StringBuilder();
    assignment
        .shards()
        .forEach((node, list) -> shown.append(node.toBytes()[31]).append('=').append(list));
    return shown.toString();
  }

  @Test
  void firstCommitteeInOrderOfIds() {
    assertEquals(
        "1=[0, 1, 2]2=[3]5=[4, 5]", show(ShardAssignment.first(counts(5, 2, 1, 3, 3, 0, 2, 1))));
  }

  @Test
  void theNextCommitteeMovesAsLittleAsItCan() {
    ShardAssignment first = ShardAssignment.first(counts(1, 3, 2, 3, 3, 3, 4, 1));
    assertEquals("1=[0, 1, 2]2=[3, 4, 5]3=[6, 7, 8]4=[9]", show(first));
    assertEquals(first, first.next(counts(4, 1, 3, 3, 2, 3, 1, 3)));
    // 1 leaves with 0, 1, 2; 2 gives up 5, then 4; the new one takes 4 and 5, then 3 and 4 grow
    assertEquals(
        "2=[3]3=[6, 7, 8, 2]4=[9, 1, 0]9=[4, 5]", show(first.next(counts(4, 3, 3, 4, 9, 2, 2, 1))));
    // who is to have none is as good as gone
    assertEquals(
        "2=[3, 4, 5, 2, 1, 0]3=[6, 7, 8]4=[9]",
        show(first.next(counts(1, 0, 7, 0, 2, 6, 3, 3, 4, 1))));
  }

  @Test
  void newNodesComeBeforeThoseThatGrow() {
    ShardAssignment first = ShardAssignment.first(counts(1, 1, 5, 3));
    assertEquals("1=[0, 3]5=[1]9=[2]", show(first.next(counts(1, 2, 5, 1, 9, 1))));
    assertEquals("1=[0, 3]5=[1]9=[2]", show(first.next(counts(9, 1, 5, 1, 1, 2))));
  }

  @Property
  void everyShardHasOneOwner(@ForAll long seed) {
    Random random = new Random(seed);
    ShardAssignment assignment = ShardAssignment.first(drawn(random));
    for (int epoch = 0; epoch < 5; epoch++) {
      SequencedMap<ObjectId, Integer> wanted = drawn(random);
      ShardAssignment next = assignment.next(wanted);
      wanted.values().removeIf(count -> count == 0);
      assertEquals(wanted.keySet(), next.shards().keySet());
      List<ShardIndex> all = new ArrayList<>();
      for (Map.Entry<ObjectId, List<ShardIndex>> entry : next.shards().entrySet()) {
        assertEquals(wanted.get(entry.getKey()), entry.getValue().size());
        all.addAll(entry.getValue());
        List<ShardIndex> before = assignment.shards().getOrDefault(entry.getKey(), List.of());
        int kept = Math.min(before.size(), entry.getValue().size());
        assertEquals(before.subList(0, kept), entry.getValue().subList(0, kept));
      }
      Collections.sort(all);
      assertEquals(50, all.size());
      assertEquals(ShardIndex.of(49), all.getLast());
      assignment = next;
    }
  }

  /** Returns how many of 50 shards each of some nodes is to have. */
  private static SequencedMap<ObjectId, Integer> drawn(Random random) {
    List<Integer> nodes = new ArrayList<>(List.of(1, 2, 3, 4, 5, 6, 7, 8));
    Collections.shuffle(nodes, random);
    SequencedMap<ObjectId, Integer> counts = new LinkedHashMap<>();
    int left = 50;
    for (int i = 0; i < 5; i++) {
      int count = i == 4 ? left : random.nextInt(left + 1);
      counts.put(node(nodes.get(i)), count);
      left -= count;
    }
    return counts;
  }

  @Test
  void whatCannotBeAssigned() {
    ShardAssignment first = ShardAssignment.first(counts(1, 3, 2, 3));
    assertThrows(IllegalArgumentException.class, () -> first.next(counts(1, 3, 2, 2)));
    assertThrows(IllegalArgumentException.class, () -> first.next(counts(1, 7, 2, -1)));
    assertThrows(IllegalArgumentException.class, () -> ShardAssignment.first(counts(1, -1)));
    assertThrows(IndexOutOfBoundsException.class, () -> ShardAssignment.first(counts(1, 65537)));
    List<ShardIndex> same = List.of(ShardIndex.of(1));
    assertThrows(
        IllegalArgumentException.class,
        () -> new ShardAssignment(new TreeMap<>(Map.of(node(1), same, node(2), same))));
  }

  @Test
  void assignmentsInBytes() throws MalformedDataException {
    ShardAssignment assignment = ShardAssignment.first(counts(1, 2, 2, 1));
    String zeros = "00".repeat(31);
    assertEquals(
        "02" + zeros + "01" + "02" + "0000" + "0100" + zeros + "02" + "01" + "0200",
        HexFormat.of().formatHex(assignment.toBcs()));
    assertEquals(assignment, ShardAssignment.parse(assignment.toBcs()));
    assertTrue(
        Refusals.check(assignment.toBcs(), bytes -> ShardAssignment.parse(bytes).toBcs()) > 0);
    byte[] twice = assignment.toBcs();
    twice[twice.length - 2] = 1;
    MalformedDataException e =
        assertThrows(MalformedDataException.class, () -> ShardAssignment.parse(twice));
    assertEquals("at byte 71: shard assignment: got shard 1 twice", e.getMessage());
    byte[] disordered = assignment.toBcs();
    disordered[32] = 2;
    e = assertThrows(MalformedDataException.class, () -> ShardAssignment.parse(disordered));
    assertEquals(38, e.byteOffset(), e.getMessage());
  }
}
