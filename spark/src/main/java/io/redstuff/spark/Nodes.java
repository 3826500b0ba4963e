package io.redstuff.spark;

import io.redstuff.EncodingParameters;
import io.redstuff.ShardIndex;
import io.redstuff.certify.Committee;
import java.io.Serial;
import java.io.Serializable;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * Which storage node keeps which shard.
 *
 * @param owners for each shard, 0 to n - 1, the number of its node
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out
public record Nodes(int[] owners) implements Serializable {
  @Serial private static final long serialVersionUID = 1;

  private static final String PREFIX = "node-";

  /**
   * Takes a copy.
   *
   * @param owners the node of each shard
   * @throws IllegalArgumentException if there cannot be so many shards, or a number is negative
   */
  public Nodes {
    EncodingParameters.forShards(owners.length);
    owners = owners.clone();
    for (int shard = 0; shard < owners.length; shard++) {
      if (owners[shard] < 0) {
        throw new IllegalArgumentException(
            "node of shard %s: got %s, expected 0 or more".formatted(shard, owners[shard]));
      }
    }
  }

  /**
   * {@return nodes that have about equally many shards each, one after another}
   *
   * @param shards the number of shards, 4 to 49155
   * @param count how many nodes, 1 to {@code shards}
   * @throws IllegalArgumentException if a number is out of its range
   */
  public static Nodes evenly(int shards, int count) {
    EncodingParameters.forShards(shards);
    if (count < 1 || count > shards) {
      throw new IllegalArgumentException(
          "nodes: got %s, expected 1 to the %s shards".formatted(count, shards));
    }
    int[] owners = new int[shards];
    Arrays.setAll(owners, shard -> (int) ((long) shard * count / shards));
    return new Nodes(owners);
  }

  /**
   * {@return the nodes of a committee, numbered as its members are}
   *
   * @param committee one that knows which shards its members have
   * @throws IllegalArgumentException if it does not
   */
  public static Nodes of(Committee committee) {
    if (!committee.knowsShards()) {
      throw new IllegalArgumentException(
          "committee: got how many shards each member has, expected which");
    }
    int[] owners = new int[committee.shards()];
    for (int shard = 0; shard < owners.length; shard++) {
      OptionalInt owner = committee.owner(ShardIndex.of(shard));
      owners[shard] = owner.orElseThrow();
    }
    return new Nodes(owners);
  }

  /** {@return a copy: for each shard the number of the node that keeps it} */
  @Override
  public int[] owners() {
    return owners.clone();
  }

  /** {@return the number of shards} */
  public int shards() {
    return owners.length;
  }

  /**
   * {@return the number of the node that keeps a shard}
   *
   * @param shard 0 to n - 1
   */
  public int owner(int shard) {
    return owners[shard];
  }

  /** {@return the highest number of a node, and one} */
  public int count() {
    return Arrays.stream(owners).max().orElseThrow() + 1;
  }

  /**
   * {@return where the archive keeps the slivers of a shard}
   *
   * @param shard 0 to n - 1
   */
  public String place(int shard) {
    return placeOf(owners[shard]);
  }

  /**
   * {@return where the archive keeps the slivers of a node}
   *
   * @param node its number
   */
  public static String placeOf(int node) {
    return "%s%05d".formatted(PREFIX, node);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Nodes that && Arrays.equals(owners, that.owners);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(owners);
  }

  @Override
  public String toString() {
    return count() + " nodes of " + shards() + " shards";
  }
}
