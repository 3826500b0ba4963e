package io.redstuff.network.ledger.transaction;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.redstuff.SuiAddress;
import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import io.redstuff.simd.hash.Blake2b;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Calls that are made one after the other, all of them or none. On the wire: 32 bytes chain, 32
 * bytes sender, u64 sequence number, vector of calls.
 *
 * <p>This is the ledger's own form. A transaction of Sui names versions of objects and pays for
 * gas, neither of which there is here; what its calls carry as values is the same.
 *
 * @param chain the ledger it is for
 * @param sender whose key signs it
 * @param sequence how many transactions of the sender's were executed before; unsigned
 * @param calls the calls, in order
 * @since 0.1.0
 */
public record Transaction(ChainId chain, SuiAddress sender, long sequence, List<Call> calls) {
  /** The most bytes of a transaction that are read. */
  public static final int MOST_BYTES = 1 << 17;

  private static final String WHAT = "transaction";

  /** Stands before the bytes that are signed, so that they are nothing else. */
  private static final byte[] DOMAIN = "redstuff ledger transaction 1:".getBytes(US_ASCII);

  /**
   * Takes a copy.
   *
   * @throws NullPointerException if something is null
   */
  public Transaction {
    Objects.requireNonNull(chain, "chain");
    Objects.requireNonNull(sender, "sender");
    calls = List.copyOf(calls);
  }

  /**
   * Reads the wire form.
   *
   * @param bcs the whole encoding; copied
   * @return the transaction
   * @throws MalformedDataException if it is not canonical BCS of one, or longer than {@link
   *     #MOST_BYTES}
   */
  public static Transaction parse(byte[] bcs) throws MalformedDataException {
    if (bcs.length > MOST_BYTES) {
      throw new MalformedDataException(
          MOST_BYTES, WHAT + ": got " + bcs.length + " bytes, expected at most " + MOST_BYTES);
    }
    return BcsReader.parse(MemorySegment.ofArray(bcs), WHAT, Transaction::read);
  }

  private static Transaction read(BcsReader in) throws MalformedDataException {
    ChainId chain = ChainId.of(in.array("chain id", ChainId.BYTES));
    SuiAddress sender = SuiAddress.of(in.array("sender", SuiAddress.BYTES));
    long sequence = in.u64("sequence number");
    long count = in.count("calls", CallBcs.SHORTEST);
    List<Call> calls = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      calls.add(CallBcs.read(in));
    }
    return new Transaction(chain, sender, sequence, calls);
  }

  /** {@return the wire form, canonical BCS} */
  public byte[] toBcs() {
    return BcsWriter.toBytes(
        out -> {
          out.fixed(chain.toBytes()).fixed(sender.toBytes()).u64(sequence).count(calls.size());
          calls.forEach(call -> CallBcs.write(call, out));
        });
  }

  /** {@return what is signed: a text that says what follows, and the wire form} */
  public byte[] signedBytes() {
    byte[] bcs = toBcs();
    return BcsWriter.toBytes(out -> out.fixed(DOMAIN).fixed(bcs));
  }

  /** {@return what the transaction is known by: the hash of what is signed} */
  public TransactionDigest digest() {
    return TransactionDigest.of(Blake2b.hash(signedBytes()));
  }
}
