package io.redstuff.oracle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The digest of one block as the official encoder made it: a line of a record.
 *
 * @param seed the seed of the campaign
 * @param block the number of the block
 * @param digest what {@link BlockDigest} gives
 */
record BlockRecord(long seed, long block, String digest) {
  private static final String SEPARATOR = "\t";

  /** Reads a record; a file that is not there has no lines. */
  static List<BlockRecord> read(Path file) throws IOException {
    List<BlockRecord> records = new ArrayList<>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        if (!line.startsWith("#")) {
          records.add(parse(line));
        }
      }
    }
    return records;
  }

  private static BlockRecord parse(String line) {
    String[] fields = line.split(SEPARATOR, -1);
    if (fields.length != 3 || !fields[2].matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("record: got the line \"" + line + "\"");
    }
    return new BlockRecord(Long.parseLong(fields[0]), Long.parseLong(fields[1]), fields[2]);
  }

  /** Appends this line in one piece, so that campaigns that run side by side can share a file. */
  void append(Path file) throws IOException {
    Files.writeString(file, this + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Override
  public String toString() {
    return seed + SEPARATOR + block + SEPARATOR + digest;
  }
}
