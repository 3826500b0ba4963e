package io.redstuff.certify;

import io.redstuff.ObjectId;
import io.redstuff.ShardIndex;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.certify.bls.PublicKey;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import io.redstuff.internal.bcs.Unsigned;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The storage nodes of an epoch, and how many shards each has. Certificates name members by their
 * position, so the order counts: it is that of the node ids.
 *
 * <p>Whoever gets hold of a wrong committee believes wrong certificates. It has to come from the
 * chain, by a way that is trusted. The keys in it are taken to have been registered with a proof of
 * possession, as the chain demands.
 *
 * <p>Which shards a member has, and not only how many, may be known or not, see {@link
 * #withShards}. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class Committee {
  private static final int MOST_SHARDS = 0xffff;

  private final long epoch;
  private final List<CommitteeMember> members;
  private final int shards;
  private final Map<PublicKey, Integer> positions;

  /** The position of the member that has a shard; null if that is not known. */
  private final int[] owners;

  private Committee(
      long epoch,
      List<CommitteeMember> members,
      int shards,
      Map<PublicKey, Integer> positions,
      int[] owners) {
    this.epoch = epoch;
    this.members = members;
    this.shards = shards;
    this.positions = positions;
    this.owners = owners;
  }

  /**
   * Returns a committee of which the weights are known.
   *
   * @param epoch the epoch, from 0 to 2^32 - 1
   * @param members the members, by ascending node id
   * @return the committee
   * @throws VerificationException if there is no member, two have one key, ids are not ascending or
   *     there are more than 65535 shards
   * @throws IllegalArgumentException if the epoch is none
   */
  public static Committee of(long epoch, List<CommitteeMember> members)
      throws VerificationException {
    Unsigned.check32("epoch", epoch);
    List<CommitteeMember> copy = List.copyOf(members);
    Map<PublicKey, Integer> positions = new HashMap<>();
    ObjectId before = null;
    long shards = 0;
    for (CommitteeMember member : copy) {
      if (before != null && before.compareTo(member.nodeId()) >= 0) {
        throw new VerificationException(
            Reason.WRONG_COMMITTEE,
            "committee: got node %s after %s, expected ascending ids"
                .formatted(member.nodeId(), before));
      }
      before = member.nodeId();
      Integer earlier = positions.putIfAbsent(member.key(), positions.size());
      if (earlier != null) {
        throw new VerificationException(
            Reason.DUPLICATE,
            "committee: got one key for nodes %s and %s, expected one each"
                .formatted(copy.get(earlier).nodeId(), member.nodeId()));
      }
      shards += member.weight();
    }
    if (shards < 1 || shards > MOST_SHARDS) {
      throw new VerificationException(
          Reason.WRONG_SHARD_COUNT,
          "committee: got %s shards, expected 1 to %s".formatted(shards, MOST_SHARDS));
    }
    return new Committee(epoch, copy, (int) shards, Map.copyOf(positions), null);
  }

  /**
   * Returns this committee with the shards that each member has.
   *
   * @param assignment for each member, in order, its shards
   * @return a committee that knows them
   * @throws VerificationException if the numbers are not the weights, or a shard is given twice or
   *     does not exist
   */
  public Committee withShards(List<? extends Collection<ShardIndex>> assignment)
      throws VerificationException {
    if (assignment.size() != members.size()) {
      throw new VerificationException(
          Reason.WRONG_COMMITTEE,
          "shards: got them for %s members, expected %s"
              .formatted(assignment.size(), members.size()));
    }
    int[] given = new int[shards];
    Arrays.fill(given, -1);
    for (int i = 0; i < members.size(); i++) {
      CommitteeMember member = members.get(i);
      if (assignment.get(i).size() != member.weight()) {
        throw new VerificationException(
            Reason.WRONG_COMMITTEE,
            "shards of %s: got %s, expected its weight, %s"
                .formatted(member.nodeId(), assignment.get(i).size(), member.weight()));
      }
      for (ShardIndex shard : assignment.get(i)) {
        if (shard.value() >= shards) {
          throw new VerificationException(
              Reason.INDEX_OUT_OF_RANGE,
              "shards of %s: got %s, expected 0 to %s"
                  .formatted(member.nodeId(), shard, shards - 1));
        }
        if (given[shard.value()] >= 0) {
          throw new VerificationException(
              Reason.DUPLICATE,
              "shards of %s: got %s, which %s has"
                  .formatted(member.nodeId(), shard, members.get(given[shard.value()]).nodeId()));
        }
        given[shard.value()] = i;
      }
    }
    return new Committee(epoch, members, shards, positions, given);
  }

  /**
   * Reads the object that the chain has of a committee.
   *
   * @param bcs all of it: canonical BCS of a {@code BlsCommittee}
   * @param engine for the keys
   * @return the committee
   * @throws MalformedDataException if it is not canonical BCS
   * @throws VerificationException if a key is none, or the parts do not fit together
   */
  public static Committee parse(byte[] bcs, BlsEngine engine)
      throws MalformedDataException, VerificationException {
    return CommitteeBcs.parse(bcs, engine);
  }

  /**
   * Returns the wire form, as the chain has it.
   *
   * @param engine adds up the keys
   * @return canonical BCS of a {@code BlsCommittee}
   * @throws VerificationException if the keys cancel each other
   */
  public byte[] toBcs(BlsEngine engine) throws VerificationException {
    return CommitteeBcs.write(this, engine);
  }

  /** {@return the epoch, from 0 to 2^32 - 1} */
  public long epoch() {
    return epoch;
  }

  /** {@return the members, in order} */
  public List<CommitteeMember> members() {
    return members;
  }

  /** {@return the number n of all shards, the sum of the weights} */
  public int shards() {
    return shards;
  }

  /**
   * {@return the position of the member with a key; nothing if there is none}
   *
   * @param key a public key
   */
  public OptionalInt position(PublicKey key) {
    Integer position = positions.get(key);
    return position == null ? OptionalInt.empty() : OptionalInt.of(position);
  }

  /** {@return whether it is known which member has which shard} */
  public boolean knowsShards() {
    return owners != null;
  }

  /**
   * {@return the position of the member that has a shard; nothing if that is not known}
   *
   * @param shard the shard
   * @throws IndexOutOfBoundsException if it is not below the number of shards
   */
  public OptionalInt owner(ShardIndex shard) {
    int index = Objects.checkIndex(shard.value(), shards);
    return owners == null ? OptionalInt.empty() : OptionalInt.of(owners[index]);
  }

  /**
   * {@return the shards that a member has, ascending; nothing if they are not known}
   *
   * @param position the member's position
   * @throws IndexOutOfBoundsException if there is no such member
   */
  public Optional<List<ShardIndex>> shardsOf(int position) {
    Objects.checkIndex(position, members.size());
    if (owners == null) {
      return Optional.empty();
    }
    List<ShardIndex> its = new ArrayList<>();
    for (int shard = 0; shard < shards; shard++) {
      if (owners[shard] == position) {
        its.add(ShardIndex.of(shard));
      }
    }
    return Optional.of(List.copyOf(its));
  }

  /**
   * Adds up what members weigh.
   *
   * @param signers their positions
   * @return how many shards they have
   * @throws VerificationException if one is not the position of a member, or comes twice
   */
  public int weight(Collection<Integer> signers) throws VerificationException {
    Set<Integer> seen = new HashSet<>();
    int weight = 0;
    for (int signer : signers) {
      if (signer < 0 || signer >= members.size()) {
        throw new VerificationException(
            Reason.UNKNOWN_SIGNER,
            "signer: got %s, expected 0 to %s".formatted(signer, members.size() - 1));
      }
      if (!seen.add(signer)) {
        throw new VerificationException(
            Reason.DUPLICATE, "signer: got %s twice, expected each once".formatted(signer));
      }
      weight += members.get(signer).weight();
    }
    return weight;
  }

  /** Returns the sum of the keys of members. */
  PublicKey aggregateKey(Collection<Integer> signers, BlsEngine engine)
      throws VerificationException {
    return engine.aggregateKeys(signers.stream().map(i -> members.get(i).key()).toList());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Committee that
        && epoch == that.epoch
        && members.equals(that.members)
        && Arrays.equals(owners, that.owners);
  }

  @Override
  public int hashCode() {
    return Objects.hash(epoch, members);
  }

  @Override
  public String toString() {
    return "committee of epoch %s: %s members, %s shards".formatted(epoch, members.size(), shards);
  }
}
