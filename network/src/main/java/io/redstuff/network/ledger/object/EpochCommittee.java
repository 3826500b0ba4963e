package io.redstuff.network.ledger.object;

import io.redstuff.ObjectId;
import io.redstuff.ShardIndex;
import io.redstuff.certify.Committee;
import io.redstuff.certify.CommitteeMember;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.chain.ShardAssignment;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.RedStuffException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import io.redstuff.internal.bcs.Unsigned;
import io.redstuff.message.PublicKeyBytes;
import io.redstuff.network.wire.Fields;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The nodes of an epoch, with their shards and keys.
 *
 * @param epoch the epoch, from 0 to 2^32 - 1
 * @param assignment the shards of each node
 * @param keys the key of each node, with which it signs in this epoch
 * @since 0.1.0
 */
public record EpochCommittee(
    long epoch, ShardAssignment assignment, SortedMap<ObjectId, PublicKeyBytes> keys) {

  /**
   * Takes a copy.
   *
   * @throws IllegalArgumentException if the epoch does not fit 32 bits, or the keys are not those
   *     of the nodes
   */
  public EpochCommittee {
    Unsigned.check32("epoch", epoch);
    keys = Collections.unmodifiableSortedMap(new TreeMap<>(keys));
    if (!keys.keySet().equals(assignment.shards().keySet())) {
      throw new IllegalArgumentException(
          "committee: got keys of %s, expected of %s"
              .formatted(keys.keySet(), assignment.shards().keySet()));
    }
  }

  /** {@return how many shards there are; 0 before the first epoch} */
  public int shards() {
    return assignment.shards().values().stream().mapToInt(List::size).sum();
  }

  /**
   * Returns how many shards a node has.
   *
   * @param node the node
   * @return the number; 0 if it is not of the committee
   */
  public int weight(ObjectId node) {
    return assignment.shards().getOrDefault(node, List.of()).size();
  }

  /**
   * Returns whether a node is of the committee.
   *
   * @param node the node
   * @return true if it has a shard
   */
  public boolean contains(ObjectId node) {
    return keys.containsKey(node);
  }

  /**
   * Returns the committee by which certificates are verified.
   *
   * @param engine for the keys
   * @return the committee, which knows its shards
   * @throws RedStuffException if a key is none, two nodes have the same, or there is no node
   */
  public Committee toCommittee(BlsEngine engine) throws RedStuffException {
    List<CommitteeMember> members = new ArrayList<>();
    for (Map.Entry<ObjectId, PublicKeyBytes> entry : keys.entrySet()) {
      members.add(
          new CommitteeMember(
              entry.getKey(),
              engine.publicKey(entry.getValue().toBytes()),
              weight(entry.getKey())));
    }
    List<List<ShardIndex>> shards = List.copyOf(assignment.shards().values());
    return Committee.of(epoch, members).withShards(shards);
  }

  /**
   * Reads the wire form.
   *
   * @param bcs the whole encoding; copied
   * @return what it encodes
   * @throws MalformedDataException if it is not canonical BCS of one
   */
  public static EpochCommittee parse(byte[] bcs) throws MalformedDataException {
    return BcsReader.parse(MemorySegment.ofArray(bcs), "epoch committee", EpochCommittee::read);
  }

  private static EpochCommittee read(BcsReader in) throws MalformedDataException {
    long epoch = in.u32("epoch");
    ShardAssignment assignment = ShardAssignment.parse(Fields.bytes(in, "assignment"));
    SortedMap<ObjectId, PublicKeyBytes> keys = new TreeMap<>();
    for (ObjectId node : assignment.shards().keySet()) {
      keys.put(node, PublicKeyBytes.of(in.array("public key", PublicKeyBytes.BYTES)));
    }
    return new EpochCommittee(epoch, assignment, keys);
  }

  /** {@return the wire form: u32 epoch, the assignment as a byte string, the keys in order} */
  public byte[] toBcs() {
    return BcsWriter.toBytes(this::write);
  }

  private void write(BcsWriter out) {
    Fields.bytes(out.u32(epoch), assignment.toBcs());
    keys.values().forEach(key -> out.fixed(key.toBytes()));
  }
}
