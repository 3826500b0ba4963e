package io.redstuff.internal.matrix;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.SliverId;
import io.redstuff.error.InsufficientDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.proof.VerifiedMetadata;

/**
 * The rules by which slivers are accepted to decode from, and the words of a refusal: the same
 * wherever a blob is decoded.
 */
public final class Acceptance {
  private Acceptance() {}

  /**
   * Checks that metadata is for a codec.
   *
   * @param parameters of the codec
   * @param metadata of a blob
   * @throws IllegalArgumentException if it is for another number of shards
   */
  public static void checkShards(EncodingParameters parameters, VerifiedMetadata metadata) {
    if (!metadata.parameters().equals(parameters)) {
      throw new IllegalArgumentException(
          "metadata: got one for %d shards, expected %d"
              .formatted(metadata.parameters().shards(), parameters.shards()));
    }
  }

  /**
   * Whether slivers determine the blob.
   *
   * @param parameters of the codec
   * @param primaries how many different primary slivers there are
   * @param secondaries likewise secondary ones
   * @return true if there are k1 primary or k2 secondary ones
   */
  public static boolean enough(EncodingParameters parameters, long primaries, long secondaries) {
    return primaries >= parameters.sourceSymbols(Axis.PRIMARY)
        || secondaries >= parameters.sourceSymbols(Axis.SECONDARY);
  }

  /**
   * The axis to decode from: primary if there are enough, since its good rows need no work.
   *
   * @param parameters of the codec
   * @param primaries how many different primary slivers there are
   * @param secondaries likewise secondary ones
   * @return the axis
   * @throws InsufficientDataException if there are too few of both
   */
  public static Axis chooseAxis(EncodingParameters parameters, long primaries, long secondaries)
      throws InsufficientDataException {
    int k1 = parameters.sourceSymbols(Axis.PRIMARY);
    int k2 = parameters.sourceSymbols(Axis.SECONDARY);
    if (primaries >= k1) {
      return Axis.PRIMARY;
    }
    if (secondaries >= k2) {
      return Axis.SECONDARY;
    }
    // tell about the axis that is closer to its need
    boolean primaryCloser = primaries * k2 >= secondaries * k1;
    throw primaryCloser
        ? new InsufficientDataException("primary slivers", k1, primaries)
        : new InsufficientDataException("secondary slivers", k2, secondaries);
  }

  /**
   * A sliver is not the one committed to.
   *
   * @param metadata of the blob
   * @param id which sliver
   * @return what to throw
   */
  public static VerificationException rootMismatch(VerifiedMetadata metadata, SliverId id) {
    return new VerificationException(
        VerificationException.Reason.ROOT_MISMATCH,
        id + " sliver: its hash is not the one that blob " + metadata.blobId() + " commits to");
  }

  /**
   * There were enough slivers, but some are bad and the others are too few.
   *
   * @param parameters of the codec
   * @param first what is wrong with one of the bad ones
   * @param bad how many are bad
   * @param primaries how many different good primary slivers there are
   * @param secondaries likewise secondary ones
   * @return what to throw
   */
  public static VerificationException tooFewGood(
      EncodingParameters parameters,
      VerificationException first,
      long bad,
      long primaries,
      long secondaries) {
    return new VerificationException(
        first.reason(),
        "%s (and %d more; of the good slivers got %d primary, %d secondary, expected %d or %d)"
            .formatted(
                first.getMessage(),
                bad - 1,
                primaries,
                secondaries,
                parameters.sourceSymbols(Axis.PRIMARY),
                parameters.sourceSymbols(Axis.SECONDARY)));
  }

  /**
   * All slivers are good, but they are not those of any one blob.
   *
   * @param metadata of the blob
   * @return what to throw
   */
  public static VerificationException inconsistentBlob(VerifiedMetadata metadata) {
    return new VerificationException(
        VerificationException.Reason.INCONSISTENT_BLOB,
        "blob "
            + metadata.blobId()
            + ": every sliver used matches the metadata, but what they decode to does not");
  }
}
