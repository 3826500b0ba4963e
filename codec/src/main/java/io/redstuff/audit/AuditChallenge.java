package io.redstuff.audit;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.ShardIndex;
import io.redstuff.SliverId;
import io.redstuff.SliverPairIndex;
import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * One question of an audit: a symbol of one of the node's own slivers, with the path to that
 * sliver's hash. On the wire 41 bytes: u32 number, 32 bytes, u16 shard, variant of the axis, u16
 * position; a challenge is only sent where it is not derived.
 *
 * @param number which challenge of the audit, from 0 on, below {@link
 *     AuditStatement#MAX_CHALLENGES}
 * @param blob the blob
 * @param shard the shard of the node, from which the pair follows
 * @param axis which sliver of the pair; the answer has to be cut from it and not from the sliver of
 *     somebody else that crosses it there
 * @param position which of the n symbols that the sliver expands to, from 0 to 65535
 * @since 0.1.0
 */
public record AuditChallenge(int number, BlobId blob, ShardIndex shard, Axis axis, int position) {
  private static final String WHAT = "audit challenge";

  /**
   * Checks the numbers.
   *
   * @throws IndexOutOfBoundsException if one is out of its range
   */
  public AuditChallenge {
    Objects.checkIndex(number, AuditStatement.MAX_CHALLENGES);
    Objects.requireNonNull(blob, "blob");
    Objects.requireNonNull(shard, "shard");
    new SliverId(axis, position);
  }

  /**
   * Reads the wire form.
   *
   * @param bcs the whole encoding
   * @return the challenge; that it follows from a statement has not been checked
   * @throws MalformedDataException if it is not canonical BCS of a challenge
   */
  public static AuditChallenge parse(byte[] bcs) throws MalformedDataException {
    return BcsReader.parse(
        MemorySegment.ofArray(bcs),
        WHAT,
        in ->
            new AuditChallenge(
                AuditBcs.number(in),
                AuditBcs.blobId(in),
                ShardIndex.of(in.u16("shard")),
                AuditBcs.axis(in),
                in.u16("position")));
  }

  /** {@return the wire form, canonical BCS} */
  public byte[] toBcs() {
    return BcsWriter.toBytes(
        out ->
            out.u32(number)
                .fixed(blob.toBytes())
                .u16(shard.value())
                .variant(axis.variant())
                .u16(position));
  }

  /**
   * Returns the pair that the shard has of the blob.
   *
   * @param parameters the encoding parameters
   * @return the pair
   * @throws IndexOutOfBoundsException if there is no such shard
   */
  public SliverPairIndex pair(EncodingParameters parameters) {
    return shard.pair(blob, parameters);
  }

  /**
   * Returns the sliver that is asked for a symbol.
   *
   * @param parameters the encoding parameters
   * @return the node's own sliver
   * @throws IndexOutOfBoundsException if there is no such shard
   */
  public SliverId sliver(EncodingParameters parameters) {
    SliverPairIndex pair = pair(parameters);
    return axis == Axis.PRIMARY ? pair.primary() : pair.secondary(parameters);
  }

  /** {@return number, sliver and position} */
  @Override
  public String toString() {
    return "challenge %s: symbol %s of the %s sliver of shard %s of blob %s"
        .formatted(number, position, axis, shard, blob);
  }
}
