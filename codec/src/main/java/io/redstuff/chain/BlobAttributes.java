package io.redstuff.chain;

import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import java.lang.foreign.MemorySegment;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * What the owner of a blob object has noted with it, the object's dynamic field {@code metadata}; a
 * quilt has {@code _walrusBlobType} = {@code quilt} there.
 *
 * <p>On the wire: vector of pairs of strings in UTF-8, in the order in which they were set; each
 * key once.
 *
 * @param values the values by key, in that order
 * @since 0.1.0
 */
public record BlobAttributes(SequencedMap<String, String> values) {
  private static final String WHAT = "blob attributes";

  /** Two strings of no length. */
  private static final int SHORTEST_ENTRY = 2;

  /**
   * Takes a copy.
   *
   * @throws NullPointerException if a key or a value is null
   */
  public BlobAttributes {
    SequencedMap<String, String> copy = new LinkedHashMap<>();
    values.forEach((key, value) -> copy.put(key.toString(), value.toString()));
    values = Collections.unmodifiableSequencedMap(copy);
  }

  /**
   * Reads the wire form.
   *
   * @param bcs the whole encoding; copied
   * @return the attributes
   * @throws MalformedDataException if it is not canonical BCS of them, a text is not UTF-8, or a
   *     key occurs twice
   */
  public static BlobAttributes parse(byte[] bcs) throws MalformedDataException {
    return BcsReader.parse(MemorySegment.ofArray(bcs), WHAT, BlobAttributes::read);
  }

  private static BlobAttributes read(BcsReader in) throws MalformedDataException {
    SequencedMap<String, String> values = new LinkedHashMap<>();
    long count = in.count("attributes", SHORTEST_ENTRY);
    for (long i = 0; i < count; i++) {
      long start = in.position();
      String key = in.text("attribute");
      if (values.put(key, in.text("value of attribute")) != null) {
        throw new MalformedDataException(start, WHAT + ": got a key twice");
      }
    }
    return new BlobAttributes(values);
  }

  /**
   * Returns the wire form.
   *
   * @return canonical BCS; a surrogate without its partner is written as a question mark
   */
  public byte[] toBcs() {
    return BcsWriter.toBytes(
        out -> {
          out.count(values.size());
          values.forEach((key, value) -> out.text(key).text(value));
        });
  }
}
