package io.redstuff.error;

import java.io.Serial;
import java.util.Objects;

/**
 * Well-formed data that does not match what was committed to.
 *
 * @since 0.1.0
 */
public final class VerificationException extends RedStuffException {

  @Serial private static final long serialVersionUID = 1L;

  /** What did not match. */
  public enum Reason {
    /** The blob id computed from the data is not the one claimed or expected. */
    BLOB_ID_MISMATCH,
    /** The data was made for another number of shards. */
    WRONG_SHARD_COUNT,
    /** The blob length is beyond what the number of shards can hold. */
    BLOB_TOO_LARGE,
    /** A sliver or symbol lies on the other axis than the one asked for. */
    WRONG_AXIS,
    /** An index is not below the number of shards or leaves. */
    INDEX_OUT_OF_RANGE,
    /** The symbols are not as long as the metadata says. */
    WRONG_SYMBOL_SIZE,
    /** There are more or fewer symbols than a sliver or proof of this kind has. */
    WRONG_SYMBOL_COUNT,
    /** A Merkle path is not exactly as long as the tree is high. */
    PATH_LENGTH,
    /** A Merkle root computed from the data is not the committed one. */
    ROOT_MISMATCH,
    /** A symbol does not lie on the sliver it is offered for. */
    NOT_USABLE_FOR_TARGET,
    /** A transcript is that of another audit than the one asked for. */
    WRONG_STATEMENT,
    /** An answer is one to another challenge: of another blob, sliver or position. */
    WRONG_CHALLENGE,
    /** The same index occurs twice where distinct ones are required. */
    DUPLICATE,
    /** The committed slivers are not the encoding of any one blob. */
    INCONSISTENT_BLOB,
    /** A proof of inconsistency was offered for a blob that the proof shows to be consistent. */
    CONSISTENT_BLOB,
    /** A key or signature is not in its compressed form. */
    UNCOMPRESSED_POINT,
    /** A key, a signature or a sum of such is the point at infinity, which vouches for nothing. */
    POINT_AT_INFINITY,
    /** A key or signature is not a point of the curve. */
    POINT_NOT_ON_CURVE,
    /** A key or signature is a point of the curve outside of the subgroup of prime order. */
    POINT_NOT_IN_SUBGROUP,
    /** A signature is not that of the key, or of the signers together, for the message. */
    BAD_SIGNATURE,
    /** Somebody signed who is not a member of the committee. */
    UNKNOWN_SIGNER,
    /** The parts of a committee do not fit together. */
    WRONG_COMMITTEE,
    /** A message was made for another epoch. */
    WRONG_EPOCH,
    /** A message is of another kind than the one asked for. */
    WRONG_MESSAGE,
    /** A blob was confirmed as permanent and not as deletable, or as another object. */
    WRONG_PERSISTENCE,
    /** A value is not that of the beacon that was asked for. */
    WRONG_BEACON,
    /**
     * Something sealed cannot be opened with the keys at hand: one of them is for something else,
     * or it was changed. Which of these is not told.
     */
    BAD_CIPHERTEXT,
    /** Something was sealed so that other keys open it to something else, or not at all. */
    INCONSISTENT_SHARES,
    /** A key is not that of the key server for the identity. */
    WRONG_USER_KEY
  }

  /** What did not match. */
  private final Reason reason;

  /**
   * Creates an exception for one reason.
   *
   * @param reason what did not match
   * @param message the details, as in {@code "shards: got 10, expected 1000"}
   */
  public VerificationException(Reason reason, String message) {
    super(message);
    this.reason = Objects.requireNonNull(reason, "reason");
  }

  /** {@return what did not match, never null} */
  public Reason reason() {
    return reason;
  }
}
