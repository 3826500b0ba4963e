package io.redstuff.chain;

import io.redstuff.ObjectId;
import io.redstuff.ShardIndex;
import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which shards each node of a committee has, by the ids of the nodes.
 *
 * <p>On the wire, the committee of the chain's staking object: map of 32 bytes node id to vector of
 * u16 shards, here in the order of ids only, in which the contract keeps it.
 *
 * @param shards the shards of each node, in the order in which it got them; the last one is given
 *     up first
 * @since 0.1.0
 */
public record ShardAssignment(SortedMap<ObjectId, List<ShardIndex>> shards) {
  private static final String WHAT = "shard assignment";
  private static final int SHORTEST_ENTRY = ObjectId.BYTES + 1;

  /**
   * Takes a copy.
   *
   * @throws IllegalArgumentException if two nodes have the same shard
   */
  public ShardAssignment {
    SortedMap<ObjectId, List<ShardIndex>> copy = new TreeMap<>();
    Map<ShardIndex, ObjectId> owners = new LinkedHashMap<>();
    shards.forEach(
        (node, list) -> {
          copy.put(node, List.copyOf(list));
          for (ShardIndex shard : list) {
            if (owners.put(shard, node) != null) {
              throw new IllegalArgumentException(WHAT + ": got shard " + shard + " twice");
            }
          }
        });
    shards = Collections.unmodifiableSortedMap(copy);
  }

  /**
   * Returns the assignment of the first committee: shards from 0 on, in the order of node ids.
   *
   * @param counts how many shards each node gets
   * @return the assignment; who gets none is not in it
   * @throws IndexOutOfBoundsException if there are more than 65536 shards
   * @throws IllegalArgumentException if a count is negative
   */
  public static ShardAssignment first(Map<ObjectId, Integer> counts) {
    SortedMap<ObjectId, List<ShardIndex>> shards = new TreeMap<>();
    int next = 0;
    for (Map.Entry<ObjectId, Integer> entry : new TreeMap<>(counts).entrySet()) {
      List<ShardIndex> list = new ArrayList<>();
      for (int i = 0; i < checkCount(entry.getValue()); i++) {
        list.add(ShardIndex.of(next++));
      }
      if (!list.isEmpty()) {
        shards.put(entry.getKey(), list);
      }
    }
    return new ShardAssignment(shards);
  }

  /**
   * Returns the assignment of the next committee. Nodes keep what they have. Who leaves gives up
   * its shards in order, who shrinks its last ones from the end, nodes in the order of their ids.
   * Then new nodes, in the order of {@code counts}, and after them the nodes that grow, in the
   * order of their ids, take what was given up last.
   *
   * @param counts how many shards each node is to have, in the order of the active set
   * @return the assignment; who has none is not in it
   * @throws IllegalArgumentException if it is not for as many shards as this one, or a count is
   *     negative
   */
  public ShardAssignment next(SequencedMap<ObjectId, Integer> counts) {
    long wanted = 0;
    for (int count : counts.values()) {
      wanted += checkCount(count);
    }
    long there = shards.values().stream().mapToLong(List::size).sum();
    if (wanted != there) {
      throw new IllegalArgumentException(
          WHAT + ": got counts of " + wanted + " shards, expected " + there);
    }
    SortedMap<ObjectId, List<ShardIndex>> result = new TreeMap<>();
    Deque<ShardIndex> givenUp = new ArrayDeque<>();
    List<ObjectId> growing = new ArrayList<>();
    shards.forEach(
        (node, list) -> {
          int count = counts.getOrDefault(node, 0);
          List<ShardIndex> kept = new ArrayList<>(list);
          if (count == 0) {
            givenUp.addAll(list);
            kept.clear();
          }
          while (kept.size() > count) {
            givenUp.addLast(kept.removeLast());
          }
          if (count > kept.size()) {
            growing.add(node);
          }
          result.put(node, kept);
        });
    List<ObjectId> takers = new ArrayList<>(counts.keySet());
    takers.removeAll(shards.keySet());
    takers.addAll(growing);
    for (ObjectId node : takers) {
      List<ShardIndex> list = result.computeIfAbsent(node, key -> new ArrayList<>());
      while (list.size() < counts.get(node)) {
        list.add(givenUp.removeLast());
      }
    }
    result.values().removeIf(List::isEmpty);
    return new ShardAssignment(result);
  }

  private static int checkCount(int count) {
    if (count < 0) {
      throw new IllegalArgumentException(
          WHAT + ": got a count of " + count + ", expected at least 0");
    }
    return count;
  }

  /**
   * Reads the wire form.
   *
   * @param bcs the whole encoding; copied
   * @return the assignment
   * @throws MalformedDataException if it is not canonical BCS of one, node ids are not in ascending
   *     order, or a shard occurs twice
   */
  public static ShardAssignment parse(byte[] bcs) throws MalformedDataException {
    return BcsReader.parse(MemorySegment.ofArray(bcs), WHAT, ShardAssignment::read);
  }

  private static ShardAssignment read(BcsReader in) throws MalformedDataException {
    TreeMap<ObjectId, List<ShardIndex>> shards = new TreeMap<>();
    Map<ShardIndex, ObjectId> owners = new LinkedHashMap<>();
    long count = in.count("nodes", SHORTEST_ENTRY);
    for (long i = 0; i < count; i++) {
      long start = in.position();
      ObjectId node = ObjectId.of(in.array("node id", ObjectId.BYTES));
      if (!shards.isEmpty() && shards.lastKey().compareTo(node) >= 0) {
        throw new MalformedDataException(
            start, WHAT + ": got node " + node + ", expected one above " + shards.lastKey());
      }
      long length = in.count("shards", Short.BYTES);
      List<ShardIndex> list = new ArrayList<>();
      for (long j = 0; j < length; j++) {
        long at = in.position();
        ShardIndex shard = ShardIndex.of(in.u16("shard"));
        if (owners.put(shard, node) != null) {
          throw new MalformedDataException(at, WHAT + ": got shard " + shard + " twice");
        }
        list.add(shard);
      }
      shards.put(node, list);
    }
    return new ShardAssignment(shards);
  }

  /** {@return the wire form, canonical BCS} */
  public byte[] toBcs() {
    return BcsWriter.toBytes(
        out -> {
          out.count(shards.size());
          shards.forEach(
              (node, list) -> {
                out.fixed(node.toBytes()).count(list.size());
                list.forEach(shard -> out.u16(shard.value()));
              });
        });
  }
}
