package io.redstuff.network.ledger.transaction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.redstuff.ObjectId;
import io.redstuff.chain.Frost;
import io.redstuff.chain.SystemCalls;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.RedStuffException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bytes of transactions, their keys and signatures. */
class TransactionTest {
  /** Test 1 of RFC 8032. */
  private static final byte[] SECRET =
      HexFormat.of().parseHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");

  private static final String PUBLIC =
      "0xd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

  private final AccountKey key = key();
  private final ChainId chain = ChainId.of(new byte[32]);
  private final ObjectId object = ObjectId.of(new byte[32]);
  private final Transaction transaction =
      new Transaction(
          chain,
          key.address(),
          5,
          List.of(
              Call.of(SystemCalls.reserveSpace(100, 2)),
              Calls.splitBySize(Calls.result(0), 50),
              Calls.transfer(Calls.object(object), key.address())));

  private static AccountKey key() {
    try {
      return AccountKey.parse(SECRET);
    } catch (RedStuffException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void keysAreThoseOfTheRfcAndAddressesThoseOfSui() throws RedStuffException {
    assertEquals(PUBLIC, key.publicKey().toString());
    assertArrayEquals(SECRET, key.secret());
    // BLAKE2b-256 of a zero byte and the key, computed by Python's hashlib.
    assertEquals(
        "0x304af458e90e97c841685b8cbbc59b909f3e2cf150df590ada4c81452c29737d",
        key.address().toString());
    assertFalse(key.toString().contains(HexFormat.of().formatHex(SECRET)));
    assertThrows(MalformedDataException.class, () -> AccountKey.parse(new byte[31]));
    AccountKey random = AccountKey.generate(new SecureRandom());
    assertEquals(random.address(), AccountKey.parse(random.secret()).address());
    assertNotEquals(key.address(), random.address());
  }

  @Test
  void signedAndReadAgain() throws RedStuffException {
    SignedTransaction signed = key.sign(transaction);
    SignedTransaction read = SignedTransaction.parse(signed.toBcs());
    assertEquals(signed, read);
    assertEquals(transaction.digest(), read.transaction().digest());
    read.verify();
    assertEquals(transaction, Transaction.parse(transaction.toBcs()));
    assertEquals(chain, ChainId.parse(chain.toString()));
  }

  /** Whatever byte of it is another, it is refused: as none, or as not signed. */
  @Test
  void everyByteIsSigned() {
    byte[] bytes = key.sign(transaction).toBcs();
    for (int i = 0; i < bytes.length; i++) {
      byte[] changed = bytes.clone();
      changed[i] ^= 1;
      assertThrows(
          RedStuffException.class, () -> SignedTransaction.parse(changed).verify(), "byte " + i);
      byte[] cut = Arrays.copyOf(bytes, i);
      assertThrows(MalformedDataException.class, () -> SignedTransaction.parse(cut));
    }
  }

  @Test
  void othersCannotSign() throws RedStuffException {
    AccountKey other = AccountKey.parse(new byte[32]);
    assertThrows(IllegalArgumentException.class, () -> other.sign(transaction));
    SignedTransaction signed = key.sign(transaction);
    VerificationException e =
        assertThrows(
            VerificationException.class,
            () ->
                new SignedTransaction(transaction, other.publicKey(), signed.signature()).verify());
    assertEquals(Reason.UNKNOWN_SIGNER, e.reason());
    byte[] none = new byte[32];
    Arrays.fill(none, (byte) 0xff);
    AccountPublicKey noPoint = AccountPublicKey.of(none);
    Transaction its = new Transaction(chain, noPoint.address(), 0, List.of());
    VerificationException bad =
        assertThrows(
            VerificationException.class,
            () -> new SignedTransaction(its, noPoint, signed.signature()).verify());
    assertEquals(Reason.BAD_SIGNATURE, bad.reason());
  }

  @Test
  void longTransactionsAreNotRead() {
    MalformedDataException e =
        assertThrows(
            MalformedDataException.class,
            () -> Transaction.parse(new byte[Transaction.MOST_BYTES + 1]));
    assertEquals(Transaction.MOST_BYTES, e.byteOffset());
  }

  @Test
  void digestsAreBase58() throws RedStuffException {
    byte[] bytes = new byte[32];
    assertEquals("1".repeat(32), TransactionDigest.of(bytes).toString());
    Arrays.fill(bytes, (byte) 0xff);
    assertEquals(
        "JEKNVnkbo3jma5nREBBJCDoXFVeKkD56V3xKrvRmWxFG", TransactionDigest.of(bytes).toString());
    for (int i = 0; i < 32; i++) {
      bytes[i] = (byte) i;
    }
    TransactionDigest digest = TransactionDigest.of(bytes);
    assertEquals("1thX6LZfHDZZKUs92febYZhYRcXddmzfzF2NvTkPNE", digest.toString());
    assertEquals(digest, TransactionDigest.parse(digest.toString()));
    for (String text : List.of("", "0", "1", "1".repeat(33), "z".repeat(44), "1".repeat(100))) {
      assertThrows(MalformedDataException.class, () -> TransactionDigest.parse(text));
    }
  }

  @Test
  void callsWantTheirObjects() {
    assertThrows(IllegalArgumentException.class, () -> Call.of(SystemCalls.deleteBlob()));
    assertThrows(
        IllegalArgumentException.class,
        () -> Call.of(SystemCalls.reserveSpace(1, 1), Calls.object(object)));
    Call call = Calls.pay(Frost.of(258), key.address());
    assertEquals("pay::split_and_transfer", call.toString());
    assertEquals("0201000000000000", call.inputs().get(1).toString());
    assertNotEquals(call.inputs().get(1), call.inputs().get(2));
    assertEquals(
        call.inputs().get(1).hashCode(),
        Calls.pay(Frost.of(258), key.address()).inputs().get(1).hashCode());
  }
}
