package io.redstuff.network.ledger.object;

import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import java.lang.foreign.MemorySegment;

/**
 * How far an epoch has come.
 *
 * @since 0.1.0
 */
public sealed interface EpochPhase {

  /**
   * Shards change hands. On the wire: variant 0, u16.
   *
   * @param weight how many shards the nodes have that have said that they have their data
   */
  record Sync(int weight) implements EpochPhase {}

  /**
   * Nodes with two thirds of the shards have their data. On the wire: variant 1, u64.
   *
   * @param since when, in milliseconds since 1970
   */
  record Done(long since) implements EpochPhase {}

  /**
   * The next committee is settled. On the wire: variant 2, u64.
   *
   * @param doneSince when nodes had their data, in milliseconds since 1970
   */
  record NextSelected(long doneSince) implements EpochPhase {}

  /**
   * Reads the wire form.
   *
   * @param bcs the whole encoding; copied
   * @return the phase
   * @throws MalformedDataException if it is not canonical BCS of one
   */
  static EpochPhase parse(byte[] bcs) throws MalformedDataException {
    return BcsReader.parse(
        MemorySegment.ofArray(bcs),
        "phase",
        in ->
            switch (in.variant("phase", 3)) {
              case 0 -> new Sync(in.u16("weight"));
              case 1 -> new Done(in.u63("time"));
              default -> new NextSelected(in.u63("time"));
            });
  }

  /** {@return the wire form, canonical BCS} */
  default byte[] toBcs() {
    return BcsWriter.toBytes(
        out -> {
          switch (this) {
            case Sync sync -> out.variant(0).u16(sync.weight());
            case Done done -> out.variant(1).u64(done.since());
            case NextSelected selected -> out.variant(2).u64(selected.doneSince());
          }
        });
  }
}
