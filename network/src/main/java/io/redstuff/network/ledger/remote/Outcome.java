package io.redstuff.network.ledger.remote;

import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import io.redstuff.network.ledger.Abort;
import io.redstuff.network.ledger.LedgerException;
import io.redstuff.network.ledger.Receipt;
import io.redstuff.network.wire.Fields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What a server says of a transaction that it was sent. */
sealed interface Outcome {

  /** It was executed. On the wire: variant 0, the receipt as a byte string. */
  record Executed(Receipt receipt) implements Outcome {}

  /** It was refused. On the wire: variant 1, strings name of the abort and details. */
  record Refused(Abort abort, String details) implements Outcome {}

  /** The ledger could not execute it. On the wire: variant 2, string message. */
  record Broken(String message) implements Outcome {}

  /** Reads a vector of outcomes. */
  static List<Outcome> parse(byte[] bcs) throws MalformedDataException {
    return BcsReader.parse(
        MemorySegment.ofArray(bcs),
        "outcomes",
        in -> Fields.list(in, "outcomes", 2, Outcome::read));
  }

  private static Outcome read(BcsReader in) throws MalformedDataException {
    return switch (in.variant("outcome", 3)) {
      case 0 -> new Executed(Fields.embedded(in, "receipt", Receipt::parse));
      case 1 -> new Refused(Abort.parse(in.text("abort")), in.text("details"));
      default -> new Broken(in.text("message"));
    };
  }

  /** {@return the wire form of a vector of outcomes} */
  static byte[] toBcs(List<Outcome> outcomes) {
    return BcsWriter.toBytes(out -> Fields.list(out, outcomes, one -> one.write(out)));
  }

  private void write(BcsWriter out) {
    switch (this) {
      case Executed executed -> Fields.bytes(out.variant(0), executed.receipt().toBcs());
      case Refused refused ->
          out.variant(1).text(refused.abort().qualifiedName()).text(refused.details());
      case Broken broken -> out.variant(2).text(broken.message());
    }
  }

  /** Completes what somebody waits for. */
  default void complete(CompletableFuture<Receipt> waiting) {
    switch (this) {
      case Executed executed -> waiting.complete(executed.receipt());
      case Refused refused ->
          waiting.completeExceptionally(new LedgerException(refused.abort(), refused.details()));
      case Broken broken ->
          waiting.completeExceptionally(
              new UncheckedIOException(new IOException("ledger: " + broken.message())));
    }
  }
}
