package io.redstuff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.codec.SmallVectors;
import io.redstuff.error.MalformedDataException;
import io.redstuff.proof.VerifiedMetadata;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlobIdTest {

  private static final String TEXT = "RcU82Mwf-CFkv1LaI_2qcpANwpGUuG3TMwnVzZxD2kY";

  @Test
  void textForm() throws MalformedDataException {
    BlobId id = BlobId.parse(TEXT);
    assertEquals(TEXT, id.toString());
    assertArrayEquals(Base64.getUrlDecoder().decode(TEXT), id.toBytes());
    assertEquals("A".repeat(43), BlobId.of(new byte[32]).toString());
    byte[] ones = new byte[32];
    Arrays.fill(ones, (byte) -1);
    assertEquals("_".repeat(42) + "8", BlobId.of(ones).toString());
  }

  @Property
  void textAndBytesRoundTrip(@ForAll @Size(32) byte[] bytes) throws MalformedDataException {
    BlobId id = BlobId.of(bytes);
    assertArrayEquals(bytes, id.toBytes());
    assertEquals(43, id.toString().length());
    BlobId again = BlobId.parse(id.toString());
    assertEquals(id, again);
    assertEquals(id.hashCode(), again.hashCode());
    assertEquals(0, id.compareTo(again));
  }

  @Test
  void everyOtherLastCharacterIsRefused() {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    int accepted = 0;
    for (int i = 0; i < alphabet.length(); i++) {
      char last = alphabet.charAt(i);
      String text = TEXT.substring(0, 42) + last;
      try {
        assertEquals(text, BlobId.parse(text).toString());
        accepted++;
      } catch (MalformedDataException e) {
        assertEquals(42, e.byteOffset());
        assertTrue(e.getMessage().contains("got last character '" + last + "'"), e.getMessage());
      }
    }
    assertEquals(16, accepted);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "\"\", 0, at byte 0: blob id: got 0 characters",
        "RcU82Mwf, 8, at byte 8: blob id: got 8 characters",
        "RcU82Mwf-CFkv1LaI_2qcpANwpGUuG3TMwnVzZxD2kYA, 43, at byte 43: blob id: got 44 characters",
        "RcU82Mwf-CFkv1LaI_2qcpANwpGUuG3TMwnVzZxD2kY=, 43, at byte 43: blob id: got 44 characters",
        "RcU82Mwf+CFkv1LaI/2qcpANwpGUuG3TMwnVzZxD2kY, 8, at byte 8: blob id: got character U+002B",
        "RcU8 Mwf-CFkv1LaI_2qcpANwpGUuG3TMwnVzZxD2kY, 4, at byte 4: blob id: got character U+0020",
        "RcU8\u00e9Mwf-CFkv1LaI_2qcpANwpGUuG3TMwnVzZxD2kY, 4, at byte 4: blob id: got character"
            + " U+00E9"
      })
  void refusesTexts(String text, long offset, String message) {
    MalformedDataException e = assertThrows(MalformedDataException.class, () -> BlobId.parse(text));
    assertEquals(offset, e.byteOffset());
    assertTrue(e.getMessage().startsWith(message), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 31, 33})
  void refusesOtherLengths(int length) {
    byte[] bytes = new byte[length];
    assertEquals(
        "blob id: got " + length + " bytes, expected 32",
        assertThrows(IllegalArgumentException.class, () -> BlobId.of(bytes)).getMessage());
    assertEquals(
        "metadata root: got " + length + " bytes, expected 32",
        assertThrows(IllegalArgumentException.class, () -> VerifiedMetadata.computeBlobId(0, bytes))
            .getMessage());
    assertThrows(
        IllegalArgumentException.class, () -> VerifiedMetadata.computeBlobId(-1, new byte[32]));
  }

  @Property
  void remainderIsThatOfTheBigEndianNumber(
      @ForAll @Size(32) byte[] bytes, @ForAll @IntRange(min = 1) int n) {
    int expected = new BigInteger(1, bytes).mod(BigInteger.valueOf(n)).intValueExact();
    assertEquals(expected, BlobId.of(bytes).mod(n));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void refusesDivisors(int n) {
    assertThrows(IllegalArgumentException.class, () -> BlobId.of(new byte[32]).mod(n));
  }

  @Property
  void orderIsThatOfTheBigEndianNumber(
      @ForAll @Size(32) byte[] left, @ForAll @Size(32) byte[] right) {
    assertEquals(
        new BigInteger(1, left).compareTo(new BigInteger(1, right)),
        Integer.signum(BlobId.of(left).compareTo(BlobId.of(right))));
  }

  @Test
  void bytesAreCopied() {
    byte[] bytes = new byte[32];
    BlobId id = BlobId.of(bytes);
    bytes[0] = 1;
    id.toBytes()[1] = 1;
    assertArrayEquals(new byte[32], id.toBytes());
    assertNotSame(id.toBytes(), id.toBytes());
    assertNotEquals(id, BlobId.of(bytes));
    assertNotEquals(id, (Object) "A".repeat(43));
  }

  @ParameterizedTest
  @MethodSource("io.redstuff.codec.SmallVectors#all")
  void computedFromTheRoot(SmallVectors.Encoding v) {
    assertEquals(BlobId.of(v.blobId()), VerifiedMetadata.computeBlobId(v.length(), v.root()));
  }
}
