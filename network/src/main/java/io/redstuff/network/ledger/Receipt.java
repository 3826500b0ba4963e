package io.redstuff.network.ledger;

import io.redstuff.ObjectId;
import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import io.redstuff.network.ledger.transaction.TransactionDigest;
import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;

/**
 * What became of a transaction that used up a sequence number.
 *
 * @param digest the transaction
 * @param time when it was executed
 * @param results what each call gave; none if it failed
 * @param failure why it failed, if it did
 * @since 0.1.0
 */
public record Receipt(
    TransactionDigest digest,
    Instant time,
    List<Optional<ObjectId>> results,
    Optional<Failure> failure) {
  private static final String WHAT = "receipt";

  /**
   * Why a transaction failed.
   *
   * @param abort why
   * @param call at which of its calls, from 0
   * @param details what was got and what was expected
   */
  public record Failure(Abort abort, int call, String details) {
    /**
     * Makes one.
     *
     * @throws NullPointerException if something is null
     */
    public Failure {
      Objects.requireNonNull(abort, "abort");
      Objects.requireNonNull(details, "details");
    }
  }

  /**
   * Takes a copy.
   *
   * @throws NullPointerException if something is null
   */
  public Receipt {
    Objects.requireNonNull(digest, "digest");
    Objects.requireNonNull(time, "time");
    results = List.copyOf(results);
    Objects.requireNonNull(failure, "failure");
  }

  /**
   * Returns the object that a call gave.
   *
   * @param call the position of the call
   * @return the object
   * @throws IndexOutOfBoundsException if there is no such call, or the transaction failed
   * @throws NoSuchElementException if the call gives none
   */
  public ObjectId result(int call) {
    return results.get(call).orElseThrow();
  }

  /**
   * Returns this if the transaction succeeded.
   *
   * @return this
   * @throws LedgerException if it failed
   */
  public Receipt orThrow() throws LedgerException {
    if (failure.isPresent()) {
      Failure it = failure.get();
      throw new LedgerException(it.abort(), it.details());
    }
    return this;
  }

  /**
   * Reads the wire form.
   *
   * @param bcs the whole encoding; copied
   * @return the receipt
   * @throws MalformedDataException if it is not canonical BCS of one
   */
  public static Receipt parse(byte[] bcs) throws MalformedDataException {
    return BcsReader.parse(MemorySegment.ofArray(bcs), WHAT, Receipt::read);
  }

  private static Receipt read(BcsReader in) throws MalformedDataException {
    TransactionDigest digest =
        TransactionDigest.of(in.array("transaction digest", TransactionDigest.BYTES));
    Instant time = Instant.ofEpochMilli(in.u63("time"));
    List<Optional<ObjectId>> results = new ArrayList<>();
    long count = in.count("results", 1);
    for (long i = 0; i < count; i++) {
      results.add(
          in.bool("result present")
              ? Optional.of(ObjectId.of(in.array("result", ObjectId.BYTES)))
              : Optional.empty());
    }
    Optional<Failure> failure =
        in.bool("failure present")
            ? Optional.of(
                new Failure(Abort.parse(in.text("abort")), in.u16("call"), in.text("details")))
            : Optional.empty();
    return new Receipt(digest, time, results, failure);
  }

  /** {@return the wire form, canonical BCS} */
  public byte[] toBcs() {
    return BcsWriter.toBytes(
        out -> {
          out.fixed(digest.toBytes()).u64(time.toEpochMilli()).count(results.size());
          for (Optional<ObjectId> result : results) {
            out.bool(result.isPresent());
            result.ifPresent(id -> out.fixed(id.toBytes()));
          }
          out.bool(failure.isPresent());
          failure.ifPresent(
              it -> out.text(it.abort().qualifiedName()).u16(it.call()).text(it.details()));
        });
  }
}
