package io.redstuff.client.api;

import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.Unsigned;
import io.redstuff.internal.json.JsonFields;
import tools.jackson.databind.node.ObjectNode;

/**
 * How many deletable blob objects there are of a blob.
 *
 * @param total all of them, from 0 to 2^32 - 1
 * @param certified those that are certified
 * @since 0.1.0
 */
public record DeletableCounts(long total, long certified) {
  /** There are none. */
  public static final DeletableCounts NONE = new DeletableCounts(0, 0);

  private static final String TOTAL = "count_deletable_total";
  private static final String CERTIFIED = "count_deletable_certified";
  private static final long MAX_U32 = 0xffff_ffffL;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one does not fit 32 bits
   */
  public DeletableCounts {
    Unsigned.check32("total", total);
    Unsigned.check32("certified", certified);
  }

  static DeletableCounts read(JsonFields fields) throws MalformedDataException {
    return new DeletableCounts(fields.number(TOTAL, MAX_U32), fields.number(CERTIFIED, MAX_U32));
  }

  void write(ObjectNode object) {
    object.put(TOTAL, total).put(CERTIFIED, certified);
  }
}
