package io.redstuff.oracle;

import io.redstuff.EncodingParameters;
import io.redstuff.quilt.QuiltFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Files for a quilt, which follow from seed and number. At times they are too many, or two have one
 * name. There is nothing in them on which the official writers differ among themselves: no
 * identifier that the network's own encoder refuses, and never characters above U+FFFF beside those
 * from U+E000 on, which the TypeScript writer sorts before.
 *
 * @param shards the number of shards
 * @param files in any order
 */
record QuiltCase(int shards, List<QuiltFile> files) {
  private static final String[] LETTERS = {
    "a", "B", "_", "-", ".", " ", "0", "=", "/", "\u00e9", "e\u0301", "\u4e2d"
  };
  private static final String[] HIGH = {"\ue000", "\ufb01", "\ufffd"};
  private static final String[] HIGHEST = {"\ud83d\ude00", "\ud800\udc00"};

  /** Lengths about which the number of bytes that say a length changes. */
  private static final int[] EDGES = {127, 128, 16_383, 16_384};

  private static final int MOST_TAGS = 5;

  /** Characters of a tag's value; with four bytes for each, all tags fit into 65,535. */
  private static final int LONGEST_VALUE = 3_000;

  /** Makes a case. */
  static QuiltCase of(long seed, long index) {
    Chance chance = new Chance(seed, index);
    int shards = shards(chance);
    int columns = EncodingParameters.forShards(shards).secondarySourceSymbols();
    int most = Math.min(columns - 1, 70);
    int count = chance.onceIn(50) ? columns : chance.between(0, most);
    String[] extra = chance.onceIn(2) ? HIGH : HIGHEST;
    int longest = 1 << chance.below(shards < 20 ? 17 : 13);
    List<QuiltFile> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] contents = new byte[chance.onceIn(8) ? 0 : chance.below(longest + 1)];
      chance.fill(contents);
      String identifier = text(chance, extra, length(chance)) + i;
      files.add(QuiltFile.of(identifier, contents).withTags(tags(chance, extra)));
    }
    if (count > 1 && chance.onceIn(50)) {
      QuiltFile first = files.getFirst();
      files.set(count - 1, QuiltFile.of(first.identifier(), new byte[0]));
    }
    return new QuiltCase(shards, files);
  }

  /** Returns whether these files are no quilt: one too many, or two of one name. */
  boolean isRefused() {
    int columns = EncodingParameters.forShards(shards).secondarySourceSymbols();
    long names = files.stream().map(QuiltFile::identifier).distinct().count();
    return files.size() >= columns || names < files.size();
  }

  private static int shards(Chance chance) {
    return switch (chance.below(20)) {
      case 0 -> chance.between(101, 400);
      case 1, 2, 3 -> chance.between(33, 100);
      default -> chance.between(EncodingParameters.MIN_SHARDS, 32);
    };
  }

  private static int length(Chance chance) {
    return chance.onceIn(100)
        ? EDGES[chance.below(EDGES.length)] - chance.below(4)
        : chance.below(20);
  }

  private static Map<String, String> tags(Chance chance, String[] extra) {
    Map<String, String> tags = new HashMap<>();
    if (chance.onceIn(2)) {
      for (int i = chance.between(1, MOST_TAGS); i > 0; i--) {
        String key = text(chance, extra, chance.below(5));
        tags.put(key, text(chance, extra, Math.min(length(chance), LONGEST_VALUE)));
      }
    }
    return tags;
  }

  private static String text(Chance chance, String[] extra, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      boolean rare = chance.onceIn(6);
      text.append(rare ? extra[chance.below(extra.length)] : LETTERS[chance.below(LETTERS.length)]);
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return "n = %s, %s files".formatted(shards, files.size());
  }
}
