package io.redstuff.network.ledger.transaction;

import io.redstuff.error.MalformedDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/**
 * A transaction with the signature of its sender, of which nothing is checked until {@link
 * #verify}. On the wire: the transaction as a byte string, with its length, 32 bytes of the key, 64
 * of the signature.
 *
 * @param transaction what was signed
 * @param key with whose secret
 * @param signature over {@link Transaction#signedBytes}
 * @since 0.1.0
 */
public record SignedTransaction(
    Transaction transaction, AccountPublicKey key, AccountSignature signature) {

  /**
   * Puts the parts together.
   *
   * @throws NullPointerException if one is null
   */
  public SignedTransaction {
    Objects.requireNonNull(transaction, "transaction");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(signature, "signature");
  }

  /**
   * Reads the wire form.
   *
   * @param bcs the whole encoding; copied
   * @return the transaction with its signature
   * @throws MalformedDataException if it is not canonical BCS of one, or the transaction longer
   *     than {@link Transaction#MOST_BYTES}
   */
  public static SignedTransaction parse(byte[] bcs) throws MalformedDataException {
    return BcsReader.parse(
        MemorySegment.ofArray(bcs),
        "signed transaction",
        in ->
            new SignedTransaction(
                in.embedded(
                    "transaction",
                    bytes -> Transaction.parse(bytes.toArray(ValueLayout.JAVA_BYTE))),
                AccountPublicKey.of(in.array("key", AccountPublicKey.BYTES)),
                AccountSignature.of(in.array("signature", AccountSignature.BYTES))));
  }

  /** {@return the wire form, canonical BCS} */
  public byte[] toBcs() {
    byte[] bcs = transaction.toBcs();
    return BcsWriter.toBytes(
        out ->
            out.bytes(MemorySegment.ofArray(bcs)).fixed(key.toBytes()).fixed(signature.toBytes()));
  }

  /**
   * Checks the signature: returns if the sender has signed.
   *
   * @throws VerificationException {@link Reason#UNKNOWN_SIGNER} if the key is not that of the
   *     sender; {@link Reason#BAD_SIGNATURE} if the signature is not that of the key
   */
  public void verify() throws VerificationException {
    if (!key.address().equals(transaction.sender())) {
      throw new VerificationException(
          Reason.UNKNOWN_SIGNER,
          "sender: got the key of %s, expected that of %s"
              .formatted(key.address(), transaction.sender()));
    }
    key.verify(transaction.signedBytes(), signature.toBytes());
  }
}
