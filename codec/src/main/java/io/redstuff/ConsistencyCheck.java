package io.redstuff;

/**
 * How much a read proves about the blob it returns.
 *
 * <p>Slivers that match their hashes prove only what was committed to; whoever wrote the blob may
 * have committed to slivers that are not the encoding of any blob. Readers with different slivers
 * would then decode different bytes. The checks differ in how much of that they exclude.
 *
 * @since 0.1.0
 */
public enum ConsistencyCheck {
  /** Decode only. For blobs whose consistency is known from elsewhere, such as one's own. */
  SKIP,
  /**
   * Compare the decoded bytes with the committed hashes of the systematic primary slivers, except
   * those that were among the supplied slivers and hence were compared already. All readers that
   * pass get the same bytes.
   */
  DEFAULT,
  /** Encode the decoded bytes again and compare the blob id. A blob that passes is consistent. */
  STRICT
}
