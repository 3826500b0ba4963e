package io.redstuff.audit;

import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.ObjectId;
import io.redstuff.ShardIndex;
import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import io.redstuff.internal.bcs.Unsigned;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Objects;

/**
 * What is audited, how, and by which randomness: all challenges follow from it, in sequential mode
 * together with the answers. Who has it can make and verify the audit without any other input.
 *
 * <p>On the wire: 32 bytes of tag and version, u16 number of shards, u32 epoch, 32 bytes of node
 * id, vector of u16 shards, vector of 32-byte blob ids, u32 number of challenges, variants of axes
 * and mode, randomness.
 *
 * @param parameters the encoding parameters of the network
 * @param epoch the epoch in which the node has these shards, from 0 to 2^32 - 1
 * @param nodeId the node that is audited
 * @param shards its shards that are audited, ascending, at least one
 * @param blobs the blobs of which it ought to have the slivers, ascending, at least one
 * @param challenges how many challenges there are, from 1 to {@link #MAX_CHALLENGES}
 * @param axes which slivers are asked for
 * @param mode whether all challenges are known at once
 * @param randomness what makes them unpredictable
 * @since 0.1.0
 */
public record AuditStatement(
    EncodingParameters parameters,
    long epoch,
    ObjectId nodeId,
    List<ShardIndex> shards,
    List<BlobId> blobs,
    int challenges,
    AuditAxes axes,
    AuditMode mode,
    AuditRandomness randomness) {

  /**
   * The most challenges of an audit, 1,048,576: enough to find one sliver missing of ten thousand,
   * and few enough that a statement of some hundred bytes cannot keep its reader busy for long.
   */
  public static final int MAX_CHALLENGES = 1 << 20;

  private static final String WHAT = "audit statement";

  /**
   * Checks the fields.
   *
   * @throws IllegalArgumentException if a number is out of its range, there are no shards or blobs,
   *     or they are not in ascending order, each once
   */
  public AuditStatement {
    Objects.requireNonNull(parameters, "parameters");
    Unsigned.check32("epoch", epoch);
    Objects.requireNonNull(nodeId, "nodeId");
    shards = List.copyOf(shards);
    checkAscending("shards", shards);
    if (shards.getLast().value() >= parameters.shards()) {
      throw new IllegalArgumentException(
          "shard: got " + shards.getLast() + ", expected less than " + parameters.shards());
    }
    blobs = List.copyOf(blobs);
    checkAscending("blobs", blobs);
    if (challenges < 1 || challenges > MAX_CHALLENGES) {
      throw new IllegalArgumentException(
          "challenges: got " + challenges + ", expected 1 to " + MAX_CHALLENGES);
    }
    Objects.requireNonNull(axes, "axes");
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(randomness, "randomness");
  }

  private static <T extends Comparable<T>> void checkAscending(String what, List<T> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException(what + ": got none, expected at least 1");
    }
    for (int i = 1; i < values.size(); i++) {
      if (values.get(i - 1).compareTo(values.get(i)) >= 0) {
        throw new IllegalArgumentException(
            "%s: got %s after %s, expected ascending order, each once"
                .formatted(what, values.get(i), values.get(i - 1)));
      }
    }
  }

  /**
   * Reads the wire form.
   *
   * @param bcs the whole encoding; copied
   * @return the statement; that its beacon's value is a true one has not been checked
   * @throws MalformedDataException if it is not canonical BCS of a statement of this version, or
   *     one that the constructor would refuse, such as one with a beacon older than the list
   */
  public static AuditStatement parse(byte[] bcs) throws MalformedDataException {
    return BcsReader.parse(MemorySegment.ofArray(bcs), WHAT, AuditBcs::statement);
  }

  /** {@return the wire form, canonical BCS} */
  public byte[] toBcs() {
    return BcsWriter.toBytes(out -> AuditBcs.write(this, out));
  }

  /** {@return how many slivers the node ought to have of what is audited} */
  public long slivers() {
    return (long) blobs.size() * shards.size() * axes.axes().size();
  }

  /** {@return the hash of the wire form, from which the challenges are derived} */
  public AuditHash seed() {
    return AuditBcs.hash(AuditTag.SEED, toBcs());
  }
}
