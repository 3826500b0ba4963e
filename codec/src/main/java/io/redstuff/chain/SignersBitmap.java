package io.redstuff.chain;

import io.redstuff.error.MalformedDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import java.util.ArrayList;
import java.util.List;

/**
 * Which members of a committee have signed, one bit for each: member i is bit {@code i % 8}, the
 * least significant first, of byte {@code i / 8}.
 *
 * @since 0.1.0
 */
public final class SignersBitmap {
  private SignersBitmap() {}

  /**
   * Returns the bitmap, in as many bytes as the committee takes.
   *
   * @param signers the positions of the signers, in any order
   * @param members how many members the committee has
   * @return {@code ceil(members / 8)} bytes
   * @throws VerificationException if a signer is no member ({@link Reason#INDEX_OUT_OF_RANGE}) or
   *     occurs twice ({@link Reason#DUPLICATE})
   * @throws IllegalArgumentException if {@code members} is negative
   */
  public static byte[] of(List<Integer> signers, int members) throws VerificationException {
    checkMembers(members);
    byte[] bitmap = new byte[Math.ceilDiv(members, Byte.SIZE)];
    for (int signer : signers) {
      if (signer < 0 || signer >= members) {
        throw new VerificationException(
            Reason.INDEX_OUT_OF_RANGE,
            "signer: got " + signer + ", expected a position in " + members + " members");
      }
      if (isSet(bitmap, signer)) {
        throw new VerificationException(Reason.DUPLICATE, "signer: got " + signer + " twice");
      }
      bitmap[signer / Byte.SIZE] |= (byte) (1 << signer % Byte.SIZE);
    }
    return bitmap;
  }

  /**
   * Reads a bitmap as the contract does: members beyond its end have not signed.
   *
   * @param bitmap at most {@code ceil(members / 8)} bytes
   * @param members how many members the committee has
   * @return the positions of the signers, ascending
   * @throws MalformedDataException if it is longer, or a bit is set that belongs to no member
   * @throws IllegalArgumentException if {@code members} is negative
   */
  public static List<Integer> parse(byte[] bitmap, int members) throws MalformedDataException {
    checkMembers(members);
    int most = Math.ceilDiv(members, Byte.SIZE);
    if (bitmap.length > most) {
      throw new MalformedDataException(
          most,
          "signers bitmap: got %s bytes, expected at most %s for %s members"
              .formatted(bitmap.length, most, members));
    }
    List<Integer> signers = new ArrayList<>();
    for (int i = 0; i < bitmap.length * Byte.SIZE; i++) {
      if (isSet(bitmap, i)) {
        if (i >= members) {
          throw new MalformedDataException(
              i / Byte.SIZE,
              "signers bitmap: got bit " + i + ", expected none from " + members + " on");
        }
        signers.add(i);
      }
    }
    return signers;
  }

  private static boolean isSet(byte[] bitmap, int i) {
    return (bitmap[i / Byte.SIZE] >> i % Byte.SIZE & 1) == 1;
  }

  private static void checkMembers(int members) {
    if (members < 0) {
      throw new IllegalArgumentException("members: got " + members + ", expected at least 0");
    }
  }
}
