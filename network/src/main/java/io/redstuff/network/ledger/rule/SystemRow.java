package io.redstuff.network.ledger.rule;

import io.redstuff.chain.Frost;
import io.redstuff.chain.Prices;
import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import io.redstuff.network.ledger.Genesis;
import io.redstuff.network.ledger.object.EpochPhase;
import io.redstuff.network.ledger.object.SystemParameters;
import io.redstuff.network.ledger.transaction.ChainId;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** What there is one of. Capacities are in encoded bytes and below 2^63. */
record SystemRow(
    ChainId chainId,
    int shards,
    int maxNodes,
    long firstEpochStart,
    Frost supply,
    Frost burnt,
    long epoch,
    EpochPhase phase,
    SystemParameters parameters,
    Prices prices,
    long totalCapacity,
    long nextCapacity) {

  /** Before there are votes, prices are what nobody can pay. */
  static final Prices NO_PRICES = new Prices(Frost.of(Long.MAX_VALUE), Frost.of(Long.MAX_VALUE));

  static SystemRow of(Genesis genesis) {
    long start = genesis.firstEpochStart().toEpochMilli();
    return new SystemRow(
        genesis.chainId(),
        genesis.shards(),
        genesis.maxNodes(),
        start,
        genesis.supply(),
        Frost.ZERO,
        0,
        new EpochPhase.Done(start),
        genesis.parameters(),
        NO_PRICES,
        0,
        0);
  }

  SystemRow withBurnt(Frost amount) {
    return with(amount, epoch, phase, parameters, prices, totalCapacity, nextCapacity);
  }

  SystemRow withPhase(EpochPhase other) {
    return with(burnt, epoch, other, parameters, prices, totalCapacity, nextCapacity);
  }

  SystemRow withPrices(Prices other) {
    return with(burnt, epoch, phase, parameters, other, totalCapacity, nextCapacity);
  }

  SystemRow withParameters(SystemParameters other) {
    return with(burnt, epoch, phase, other, prices, totalCapacity, nextCapacity);
  }

  /** Returns this with the next committee settled, whose nodes can hold {@code capacity}. */
  SystemRow withNextSelected(EpochPhase selected, long capacity) {
    return with(burnt, epoch, selected, parameters, prices, totalCapacity, capacity);
  }

  SystemRow withEpoch(long next, long capacity) {
    return with(burnt, next, new EpochPhase.Sync(0), parameters, prices, capacity, 0);
  }

  private SystemRow with(
      Frost newBurnt,
      long newEpoch,
      EpochPhase newPhase,
      SystemParameters newParameters,
      Prices newPrices,
      long newTotalCapacity,
      long newNextCapacity) {
    return new SystemRow(
        chainId,
        shards,
        maxNodes,
        firstEpochStart,
        supply,
        newBurnt,
        newEpoch,
        newPhase,
        newParameters,
        newPrices,
        newTotalCapacity,
        newNextCapacity);
  }

  static SystemRow parse(byte[] bcs) throws MalformedDataException {
    return BcsReader.parse(MemorySegment.ofArray(bcs), "system", SystemRow::read);
  }

  private static SystemRow read(BcsReader in) throws MalformedDataException {
    return new SystemRow(
        ChainId.of(in.array("chain id", ChainId.BYTES)),
        in.u16("shards"),
        in.u16("most nodes"),
        in.u63("first epoch start"),
        frost(in, "supply"),
        frost(in, "burnt"),
        in.u32("epoch"),
        EpochPhase.parse(in.bytes("phase").toArray(ValueLayout.JAVA_BYTE)),
        SystemParameters.parse(in.bytes("parameters").toArray(ValueLayout.JAVA_BYTE)),
        new Prices(frost(in, "storage price"), frost(in, "write price")),
        in.u63("total capacity"),
        in.u63("next capacity"));
  }

  private static Frost frost(BcsReader in, String what) throws MalformedDataException {
    return new Frost(in.u63(what));
  }

  byte[] toBcs() {
    return BcsWriter.toBytes(
        out ->
            out.fixed(chainId.toBytes())
                .u16(shards)
                .u16(maxNodes)
                .u64(firstEpochStart)
                .u64(supply.value())
                .u64(burnt.value())
                .u32(epoch)
                .bytes(MemorySegment.ofArray(phase.toBcs()))
                .bytes(MemorySegment.ofArray(parameters.toBcs()))
                .u64(prices.storagePerUnit().value())
                .u64(prices.writePerUnit().value())
                .u64(totalCapacity)
                .u64(nextCapacity));
  }
}
