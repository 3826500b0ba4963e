package io.redstuff.network.ledger;

import io.redstuff.chain.Prices;
import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import io.redstuff.network.ledger.object.EpochCommittee;
import io.redstuff.network.ledger.object.EpochPhase;
import io.redstuff.network.ledger.object.SystemParameters;
import io.redstuff.network.wire.Fields;
import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What holds for everybody, at one time.
 *
 * @param epoch the epoch
 * @param phase how far it has come
 * @param shards how many shards there are
 * @param parameters the parameters
 * @param prices the prices; before the first epoch with a committee more than anybody has
 * @param totalCapacity how many encoded bytes the nodes can hold
 * @param usedCapacity how many of them are sold for this epoch
 * @param firstEpochStart when the first epoch with a committee could begin
 * @param committee the nodes of the epoch; none in epoch 0
 * @param previousCommittee those of the epoch before
 * @param nextCommittee those of the next epoch, if they are settled
 * @since 0.1.0
 */
public record SystemState(
    long epoch,
    EpochPhase phase,
    int shards,
    SystemParameters parameters,
    Prices prices,
    long totalCapacity,
    long usedCapacity,
    Instant firstEpochStart,
    EpochCommittee committee,
    Optional<EpochCommittee> previousCommittee,
    Optional<EpochCommittee> nextCommittee) {
  /**
   * Holds the parts.
   *
   * @throws NullPointerException if something is null
   */
  public SystemState {
    Objects.requireNonNull(phase, "phase");
    Objects.requireNonNull(parameters, "parameters");
    Objects.requireNonNull(prices, "prices");
    Objects.requireNonNull(firstEpochStart, "firstEpochStart");
    Objects.requireNonNull(committee, "committee");
    Objects.requireNonNull(previousCommittee, "previousCommittee");
    Objects.requireNonNull(nextCommittee, "nextCommittee");
  }

  /**
   * Reads the wire form.
   *
   * @param bcs the whole encoding; copied
   * @return the state
   * @throws MalformedDataException if it is not canonical BCS of one
   */
  public static SystemState parse(byte[] bcs) throws MalformedDataException {
    return BcsReader.parse(MemorySegment.ofArray(bcs), "system state", SystemState::read);
  }

  private static SystemState read(BcsReader in) throws MalformedDataException {
    return new SystemState(
        in.u32("epoch"),
        Fields.embedded(in, "phase", EpochPhase::parse),
        in.u16("shards"),
        Fields.embedded(in, "parameters", SystemParameters::parse),
        new Prices(Fields.frost(in, "storage price"), Fields.frost(in, "write price")),
        in.u63("total capacity"),
        in.u63("used capacity"),
        Instant.ofEpochMilli(in.u63("first epoch start")),
        committee(in),
        Fields.optional(in, "previous committee", SystemState::committee),
        Fields.optional(in, "next committee", SystemState::committee));
  }

  private static EpochCommittee committee(BcsReader in) throws MalformedDataException {
    return Fields.embedded(in, "committee", EpochCommittee::parse);
  }

  /**
   * {@return the wire form, canonical BCS: the fields in order, those with a wire form of their own
   * as byte strings}
   */
  public byte[] toBcs() {
    return BcsWriter.toBytes(this::write);
  }

  private void write(BcsWriter out) {
    Fields.bytes(out.u32(epoch), phase.toBcs());
    Fields.bytes(out.u16(shards), parameters.toBcs());
    out.u64(prices.storagePerUnit().value()).u64(prices.writePerUnit().value());
    out.u64(totalCapacity).u64(usedCapacity).u64(firstEpochStart.toEpochMilli());
    Fields.bytes(out, committee.toBcs());
    Fields.optional(out, previousCommittee, it -> Fields.bytes(out, it.toBcs()));
    Fields.optional(out, nextCommittee, it -> Fields.bytes(out, it.toBcs()));
  }
}
