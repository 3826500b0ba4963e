package io.redstuff.stream;

/**
 * How much of what a {@link RangeReader} gives out is compared with the metadata.
 *
 * @since 0.1.0
 */
public enum RangeCheck {
  /**
   * What had to be recovered. Bytes that lie in a sliver at hand are as stored there: who keeps the
   * sliver can change them, since a part of a sliver cannot be checked without reading all of it.
   */
  RECOVERED,
  /**
   * Everything: each sliver that bytes are taken from is first read whole and checked, once. A bad
   * one counts as missing.
   */
  ALL
}
