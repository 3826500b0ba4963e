package io.redstuff.quilt;

import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.AbstractMap;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Tags as they are on the wire: a BCS map. Its entries ascend by the bytes of the key in BCS, of
 * which the length is a part: {@code b} comes before {@code aa}. Cannot be changed.
 */
final class Tags extends AbstractMap<String, String> {
  /** In the order of the wire. */
  private final Map<String, String> entries;

  private Tags(Map<String, String> entries) {
    this.entries = Collections.unmodifiableMap(entries);
  }

  /** Returns a copy in the order of the wire. */
  static Map<String, String> ordered(Map<String, String> tags) {
    if (tags instanceof Tags) {
      return tags;
    }
    TreeMap<byte[], String> keys = new TreeMap<>(Arrays::compareUnsigned);
    tags.keySet().forEach(key -> keys.put(Text.bcs(key), key));
    Map<String, String> ordered = new LinkedHashMap<>();
    keys.values().forEach(key -> ordered.put(key, tags.get(key)));
    return new Tags(ordered);
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
    Map<String, String> tags = new LinkedHashMap<>();
    MemorySegment last = MemorySegment.ofArray(new byte[0]);
    for (long i = 0; i < count; i++) {
      long start = in.position();
      String key = Text.read(in, "tag");
      MemorySegment bcs = in.since(start);
      if (!ascend(last, bcs)) {
        throw new MalformedDataException(
            start, "tags: got \"" + key + "\", expected keys that ascend");
      }
      tags.put(key, Text.read(in, "value of a tag"));
      last = bcs;
    }
    return new Tags(tags);
  }

  /** Returns whether bytes are in order; of BCS strings none is the beginning of another. */
  private static boolean ascend(MemorySegment first, MemorySegment second) {
    long at = first.mismatch(second);
    return at == first.byteSize()
        || (at >= 0
            && Byte.compareUnsigned(
                    first.get(ValueLayout.JAVA_BYTE, at), second.get(ValueLayout.JAVA_BYTE, at))
                < 0);
  }

  @Override
  public Set<Entry<String, String>> entrySet() {
    return entries.entrySet();
  }

  @Override
  public boolean containsKey(Object key) {
    return entries.containsKey(key);
  }

  @Override
  public String get(Object key) {
    return entries.get(key);
  }
}
