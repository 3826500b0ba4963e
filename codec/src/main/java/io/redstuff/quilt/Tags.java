package io.redstuff.quilt;

import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tags as they are on the wire: a BCS map. Its entries ascend by the bytes of the key in BCS, of
 * which the length is a part: {@code b} comes before {@code aa}.
 */
final class Tags {
  private static final Comparator<String> ORDER =
      (a, b) -> Arrays.compareUnsigned(Text.bcs(a), Text.bcs(b));

  private Tags() {}

  /** Returns a copy in the order of the wire, which cannot be changed. */
  static Map<String, String> ordered(Map<String, String> tags) {
    TreeMap<String, String> ordered = new TreeMap<>(ORDER);
    ordered.putAll(tags);
    return Collections.unmodifiableMap(ordered);
  }

  /** Writes tags that are in order. */
  static void write(BcsWriter out, Map<String, String> tags) {
    out.count(tags.size());
    tags.forEach(
        (key, value) -> {
          Text.write(out, key);
          Text.write(out, value);
        });
  }

  /** Reads tags, which must be in order. */
  static Map<String, String> read(BcsReader in) throws MalformedDataException {
    long count = in.count("tags", 2);
    TreeMap<String, String> tags = new TreeMap<>(ORDER);
    for (long i = 0; i < count; i++) {
      long start = in.position();
      String key = Text.read(in, "tag");
      if (!tags.isEmpty() && ORDER.compare(tags.lastKey(), key) >= 0) {
        throw new MalformedDataException(
            start,
            "tags: got \"%s\" after \"%s\", expected keys that ascend"
                .formatted(key, tags.lastKey()));
      }
      tags.put(key, Text.read(in, "value of a tag"));
    }
    return Collections.unmodifiableMap(tags);
  }
}
