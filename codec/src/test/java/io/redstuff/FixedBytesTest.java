package io.redstuff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.error.MalformedDataException;
import io.redstuff.message.PublicKeyBytes;
import io.redstuff.message.SignatureBytes;
import java.math.BigInteger;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids, addresses, keys and numbers that are bytes of a fixed length. */
class FixedBytesTest {
  private static final String HEX =
      "0xdc1142cc3838dbf69688a90635a195926d3d866058fb9b3a4d5d2884bfe7cb5e";

  @Property
  void textAndBytesRoundTrip(@ForAll @Size(32) byte[] bytes, @ForAll @Size(32) byte[] others)
      throws MalformedDataException {
    ObjectId id = ObjectId.of(bytes);
    assertArrayEquals(bytes, id.toBytes());
    assertEquals(id, ObjectId.parse(id.toString()));
    assertEquals(id.hashCode(), ObjectId.of(bytes).hashCode());
    assertEquals(
        Integer.signum(new BigInteger(1, bytes).compareTo(new BigInteger(1, others))),
        Integer.signum(id.compareTo(ObjectId.of(others))));
    SuiAddress address = SuiAddress.of(bytes);
    assertEquals(address, SuiAddress.parse(address.toString()));
    assertEquals(id.toString(), address.toString());
    assertNotEquals(address, (Object) id);
    assertNotEquals(id, (Object) bytes);
    bytes[0]++;
    assertNotEquals(id, ObjectId.of(bytes));
  }

  @Test
  void keysAndSignatures() throws MalformedDataException {
    byte[] key = new byte[48];
    Arrays.fill(key, (byte) 0xab);
    assertEquals("0x" + "ab".repeat(48), PublicKeyBytes.of(key).toString());
    assertEquals(PublicKeyBytes.of(key), PublicKeyBytes.parse("0x" + "ab".repeat(48)));
    byte[] signature = new byte[96];
    assertEquals(SignatureBytes.of(signature), SignatureBytes.parse("0x" + "00".repeat(96)));
    assertThrows(IllegalArgumentException.class, () -> SignatureBytes.of(key));
    assertThrows(IllegalArgumentException.class, () -> PublicKeyBytes.of(signature));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 31, 33})
  void refusesOtherLengths(int length) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> ObjectId.of(new byte[length]));
    assertEquals("object id: got " + length + " bytes, expected 32", e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> U256.of(new byte[length]));
    assertThrows(IllegalArgumentException.class, () -> SuiAddress.of(new byte[length]));
  }

  @Test
  void refusesOtherTexts() {
    assertRefused(0, "got no 0x at the start, expected one", HEX.substring(2));
    assertRefused(0, "got no 0x at the start, expected one", "");
    assertRefused(65, "got 65 characters, expected 66", HEX.substring(0, 65));
    assertRefused(3, "got 3 characters, expected 66", "0x6");
    assertRefused(66, "got 67 characters, expected 66", HEX + "0");
    assertRefused(
        2,
        "got character U+0044, expected hexadecimal digits (0-9 a-f)",
        HEX.replace("0xd", "0xD"));
    assertRefused(
        2,
        "got character U+0067, expected hexadecimal digits (0-9 a-f)",
        HEX.replace("0xd", "0xg"));
    assertRefused(
        2,
        "got character U+0660, expected hexadecimal digits (0-9 a-f)",
        HEX.replace("0xd", "0x\u0660"));
  }

  private static void assertRefused(int offset, String message, String text) {
    MalformedDataException e =
        assertThrows(MalformedDataException.class, () -> ObjectId.parse(text));
    assertEquals("at byte " + offset + ": object id: " + message, e.getMessage());
  }

  @Property
  void numbersAreLittleEndian(@ForAll @Size(32) byte[] bytes, @ForAll @Size(32) byte[] others)
      throws MalformedDataException {
    U256 number = U256.of(bytes);
    BigInteger value = BigInteger.ZERO;
    for (int i = 31; i >= 0; i--) {
      value = value.shiftLeft(8).or(BigInteger.valueOf(bytes[i] & 0xff));
    }
    assertEquals(value, number.toBigInteger());
    assertEquals(value.toString(), number.toString());
    assertEquals(number, U256.of(value));
    assertEquals(number, U256.parse(value.toString()));
    assertEquals(BlobId.of(bytes), number.toBlobId());
    assertEquals(number, U256.of(BlobId.of(bytes)));
    U256 other = U256.of(others);
    assertEquals(value.compareTo(other.toBigInteger()), number.compareTo(other));
  }

  @Test
  void refusesNumbersBeyond256Bits() throws MalformedDataException {
    BigInteger limit = BigInteger.ONE.shiftLeft(256);
    assertEquals(
        limit.subtract(BigInteger.ONE),
        U256.parse(limit.subtract(BigInteger.ONE) + "").toBigInteger());
    assertThrows(IllegalArgumentException.class, () -> U256.of(limit));
    assertThrows(IllegalArgumentException.class, () -> U256.of(BigInteger.ONE.negate()));
    assertThrows(MalformedDataException.class, () -> U256.parse(limit.toString()));
    MalformedDataException e =
        assertThrows(MalformedDataException.class, () -> U256.parse("1".repeat(100)));
    assertTrue(e.getMessage().contains("'" + "1".repeat(80) + "...'"), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"''", "-1", "+1", "01", "1.0", "0x1", "' 1'"})
  void refusesOtherNumbers(String text) {
    assertThrows(MalformedDataException.class, () -> U256.parse(text));
  }
}
