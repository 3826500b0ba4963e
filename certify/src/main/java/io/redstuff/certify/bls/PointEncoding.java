package io.redstuff.certify.bls;

import io.redstuff.error.MalformedDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The compressed form of a point: its x coordinate in one or two big-endian numbers of 48 bytes,
 * the three top bits of the first of which are flags. The forms are those of IETF's draft on BLS
 * signatures and of Zcash.
 */
enum PointEncoding {
  /** A public key, in G1. */
  KEY("public key", 1),
  /** A signature, in G2: x is c1, then c0. */
  SIGNATURE("signature", 2),
  /** A public key of the suite with short signatures, in G2. */
  LONG_KEY("public key", 2),
  /** A signature of that suite, in G1. */
  SHORT_SIGNATURE("signature", 1),
  /** Any point of G1. */
  G1("point of G1", 1),
  /** Any point of G2. */
  G2("point of G2", 2);

  /** The bytes of a coordinate. */
  static final int COORDINATE_BYTES = 48;

  private static final int COMPRESSED = 0x80;
  private static final int INFINITE = 0x40;
  private static final int GREATER_Y = 0x20;
  private static final int FLAGS = COMPRESSED | INFINITE | GREATER_Y;

  private static final byte[] P =
      HexFormat.of()
          .parseHex(
              "1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f624"
                  + "1eabfffeb153ffffb9feffffffffaaab");

  /** (p - 1) / 2 */
  private static final byte[] HALF_P =
      HexFormat.of()
          .parseHex(
              "0d0088f51cbff34d258dd3db21a5d66bb23ba5c279c2895fb39869507b587b12"
                  + "0f55ffff58a9ffffdcff7fffffffd555");

  private final String what;
  private final int bytes;

  PointEncoding(String what, int coordinates) {
    this.what = what;
    this.bytes = coordinates * COORDINATE_BYTES;
  }

  /** Returns what messages call such a point. */
  String what() {
    return what;
  }

  /** Returns the length of the compressed form. */
  int bytes() {
    return bytes;
  }

  /**
   * Checks everything about a compressed point that can be seen without computing: length, flags,
   * and that each coordinate is below p. The point at infinity is refused, too, and so is the only
   * x whose points are known to be outside of the subgroup.
   */
  void check(byte[] encoded) throws MalformedDataException, VerificationException {
    boolean compressed = encoded.length > 0 && (encoded[0] & COMPRESSED) != 0;
    if (encoded.length == 2 * bytes && !compressed) {
      throw new VerificationException(
          Reason.UNCOMPRESSED_POINT,
          "%s: got %s bytes uncompressed, expected %s compressed"
              .formatted(what, encoded.length, bytes));
    }
    if (encoded.length != bytes) {
      throw new MalformedDataException(
          Math.min(encoded.length, bytes),
          "%s: got %s bytes, expected %s".formatted(what, encoded.length, bytes));
    }
    if (!compressed) {
      throw new VerificationException(
          Reason.UNCOMPRESSED_POINT,
          what + ": got an uncompressed point, expected the compression bit 0x80");
    }
    if ((encoded[0] & INFINITE) != 0) {
      byte[] infinity = new byte[bytes];
      infinity[0] = (byte) (COMPRESSED | INFINITE);
      int at = Arrays.mismatch(encoded, infinity);
      if (at >= 0) {
        throw new MalformedDataException(
            at, what + ": got the infinity bit 0x40 with other bits, expected none");
      }
      throw infinite(what);
    }
    for (int at = 0; at < bytes; at += COORDINATE_BYTES) {
      byte[] coordinate = Arrays.copyOfRange(encoded, at, at + COORDINATE_BYTES);
      if (at == 0) {
        coordinate[0] &= (byte) ~FLAGS;
      }
      checkCoordinate(coordinate, at);
      if (bytes == COORDINATE_BYTES && Arrays.equals(coordinate, new byte[COORDINATE_BYTES])) {
        // (0, 2) and (0, -2) have order 3. blst refuses them before it comes to the subgroup.
        throw notInSubgroup();
      }
    }
  }

  private void checkCoordinate(byte[] coordinate, int at) throws MalformedDataException {
    if (Arrays.compareUnsigned(coordinate, P) >= 0) {
      throw new MalformedDataException(
          at, what + ": got a coordinate not below the field's p, expected the reduced one");
    }
  }

  /**
   * Returns the compressed form of a key of 96 bytes, x and y, that is well formed. Whether it is
   * on the curve is not seen here.
   */
  static byte[] compressKey(byte[] uncompressed) throws MalformedDataException {
    if (uncompressed.length != 2 * COORDINATE_BYTES) {
      throw new MalformedDataException(
          Math.min(uncompressed.length, 2 * COORDINATE_BYTES),
          "public key: got %s bytes, expected %s uncompressed"
              .formatted(uncompressed.length, 2 * COORDINATE_BYTES));
    }
    if ((uncompressed[0] & FLAGS) != 0) {
      throw new MalformedDataException(
          0,
          "public key: got flags 0x%02x, expected none as it is uncompressed and finite"
              .formatted(uncompressed[0] & FLAGS));
    }
    byte[] x = Arrays.copyOf(uncompressed, COORDINATE_BYTES);
    byte[] y = Arrays.copyOfRange(uncompressed, COORDINATE_BYTES, 2 * COORDINATE_BYTES);
    KEY.checkCoordinate(x, 0);
    KEY.checkCoordinate(y, COORDINATE_BYTES);
    x[0] |= (byte) (COMPRESSED | (Arrays.compareUnsigned(y, HALF_P) > 0 ? GREATER_Y : 0));
    return x;
  }

  static VerificationException infinite(String what) {
    return new VerificationException(
        Reason.POINT_AT_INFINITY, what + ": got the point at infinity, expected a finite one");
  }

  VerificationException notOnCurve() {
    return new VerificationException(
        Reason.POINT_NOT_ON_CURVE, what + ": got an x without a point, expected one on the curve");
  }

  VerificationException notInSubgroup() {
    return new VerificationException(
        Reason.POINT_NOT_IN_SUBGROUP,
        what + ": got a point outside of the subgroup, expected one of the prime order");
  }
}
