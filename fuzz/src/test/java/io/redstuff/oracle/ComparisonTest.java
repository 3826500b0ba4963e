package io.redstuff.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * That the comparison finds what differs: the other side here is Redstuff itself, with one fault.
 */
class ComparisonTest {
  @ParameterizedTest
  @EnumSource
  void equalSidesAgree(Check check) {
    compare(check, new Mirror());
  }

  @Test
  void oneBitIsFound() {
    assertFinds("primary slivers", e -> altered(e, flipped(e.primaries(), 0), e.secondaries()));
    assertFinds("primary slivers", e -> altered(e, flipped(e.primaries(), 189), e.secondaries()));
    assertFinds("secondary slivers", e -> altered(e, e.primaries(), flipped(e.secondaries(), 70)));
    assertFinds(
        "metadata",
        e ->
            new OfficialEncoding(
                flipped(e.metadata(), e.metadata().length - 1),
                e.rootHash(),
                e.primaries(),
                e.secondaries()));
    assertFinds(
        "root hash",
        e ->
            new OfficialEncoding(
                e.metadata(), flipped(e.rootHash(), 31), e.primaries(), e.secondaries()));
  }

  @Test
  void missingBytesAreFound() {
    assertFinds(
        "primary slivers",
        e -> altered(e, Arrays.copyOf(e.primaries(), e.primaries().length - 1), e.secondaries()));
    assertFinds("secondary slivers", e -> altered(e, e.primaries(), new byte[0]));
  }

  @Test
  void wrongDescriptionIsFound() {
    Mirror wrong =
        new Mirror() {
          @Override
          public OfficialDescription describe(int shards, byte[] blob) {
            OfficialDescription right = super.describe(shards, blob);
            return new OfficialDescription(
                right.blobId(), right.rootHash(), right.blobLength() + 1);
          }
        };
    assertTrue(failure(Check.DESCRIBE, wrong).getMessage().contains("length"));
  }

  @Test
  void wrongDecodingIsFound() {
    Mirror wrong =
        new Mirror() {
          @Override
          public byte[] decode(int shards, byte[] id, int length, List<byte[]> primaries) {
            return flipped(super.decode(shards, id, length, primaries), 4);
          }
        };
    assertTrue(
        failure(Check.OFFICIAL_DECODES_OURS, wrong).getMessage().contains("official decoder"));
  }

  @Test
  void refusalIsADifference() {
    Mirror refusing =
        new Mirror() {
          @Override
          public OfficialEncoding encode(int shards, byte[] blob) {
            throw new OfficialEncoderException("no");
          }
        };
    DifferenceException failure = failure(Check.REPAIR, refusing);
    assertEquals(OfficialEncoderException.class, failure.getCause().getClass());
  }

  private static void compare(Check check, OfficialEncoder other) {
    new Comparison(other).compare(new DifferentialCase(1, 2, 10, 50, check));
  }

  private static DifferenceException failure(Check check, OfficialEncoder other) {
    return assertThrows(DifferenceException.class, () -> compare(check, other));
  }

  private static void assertFinds(String what, UnaryOperator<OfficialEncoding> fault) {
    Mirror wrong =
        new Mirror() {
          @Override
          public OfficialEncoding encode(int shards, byte[] blob) {
            return fault.apply(super.encode(shards, blob));
          }
        };
    String message = failure(Check.DECODE_PRIMARIES, wrong).getMessage();
    assertTrue(message.contains("seed 1") && message.contains(what), message);
  }

  private static OfficialEncoding altered(
      OfficialEncoding right, byte[] primaries, byte[] secondaries) {
    return new OfficialEncoding(right.metadata(), right.rootHash(), primaries, secondaries);
  }

  private static byte[] flipped(byte[] bytes, int at) {
    byte[] other = bytes.clone();
    other[at] ^= 1;
    return other;
  }
}
