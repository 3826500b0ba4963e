package io.redstuff.network.ledger;

import io.redstuff.chain.ChainEvent;
import io.redstuff.chain.EventType;
import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import io.redstuff.network.ledger.transaction.TransactionDigest;
import io.redstuff.network.wire.Fields;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * An event and where it stands.
 *
 * @param sequence its number among all events of the ledger, from 0
 * @param transaction the transaction in which it happened
 * @param index its number among the events of that, from 0
 * @param event the event
 * @since 0.1.0
 */
public record LedgerEvent(
    long sequence, TransactionDigest transaction, int index, ChainEvent event) {
  /**
   * Puts the parts together.
   *
   * @throws NullPointerException if something is null
   */
  public LedgerEvent {
    Objects.requireNonNull(transaction, "transaction");
    Objects.requireNonNull(event, "event");
  }

  /**
   * Reads the wire form.
   *
   * @param bcs the whole encoding; copied
   * @return the event
   * @throws MalformedDataException if it is not canonical BCS of one
   */
  public static LedgerEvent parse(byte[] bcs) throws MalformedDataException {
    return BcsReader.parse(MemorySegment.ofArray(bcs), "ledger event", LedgerEvent::read);
  }

  private static LedgerEvent read(BcsReader in) throws MalformedDataException {
    long sequence = in.u63("sequence");
    TransactionDigest transaction =
        TransactionDigest.of(in.array("transaction digest", TransactionDigest.BYTES));
    int index = in.u16("index");
    EventType type = EventType.parse(in.text("type"));
    return new LedgerEvent(
        sequence,
        transaction,
        index,
        Fields.embedded(in, "event", bcs -> ChainEvent.parse(type, bcs)));
  }

  /**
   * {@return the wire form: u64 sequence, 32 bytes digest, u16 index, string type, the event as a
   * byte string}
   */
  public byte[] toBcs() {
    return BcsWriter.toBytes(
        out ->
            Fields.bytes(
                out.u64(sequence)
                    .fixed(transaction.toBytes())
                    .u16(index)
                    .text(event.type().moveName()),
                event.toBcs()));
  }
}
