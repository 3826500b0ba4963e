package io.redstuff.daemon.api;

import io.redstuff.ConsistencyCheck;
import java.util.Set;

/**
 * How a blob is read.
 *
 * @param check how much to prove of the writer's honesty
 */
public record ReadQuery(ConsistencyCheck check) {
  private static final String STRICT = "strict_consistency_check";
  private static final String SKIP = "skip_consistency_check";

  /**
   * Reads a query.
   *
   * @param query what stands after the {@code ?}, with its escapes; null for none
   * @return how to read
   * @throws RefusedException if it says something else, or both checks
   */
  public static ReadQuery parse(String query) throws RefusedException {
    QueryText text = QueryText.parse(query, Set.of(STRICT, SKIP));
    boolean isStrict = text.flag(STRICT);
    boolean isSkipped = text.flag(SKIP);
    if (isStrict && isSkipped) {
      throw new RefusedException(
          ErrorStatus.INVALID_ARGUMENT,
          ErrorReason.INVALID_CONSISTENCY_CHECK,
          "cannot set both strict and skip consistency check options");
    }
    return new ReadQuery(
        isStrict
            ? ConsistencyCheck.STRICT
            : isSkipped ? ConsistencyCheck.SKIP : ConsistencyCheck.DEFAULT);
  }
}
