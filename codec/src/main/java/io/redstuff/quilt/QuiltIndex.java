package io.redstuff.quilt;

import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files of a quilt, in the order of their columns. A writer that keeps to the rules has sorted
 * them by the bytes of their identifiers.
 *
 * @param patches the files
 * @since 0.1.0
 */
public record QuiltIndex(List<QuiltPatch> patches) {
  /** A patch has two bytes of an index, the length of a string and that of a map at least. */
  private static final int LEAST_PATCH_BYTES = 4;

  /** Takes a copy. */
  public QuiltIndex {
    patches = List.copyOf(patches);
  }

  /**
   * Reads an index.
   *
   * @param bcs the index in BCS, without what stands in front of it; native or heap
   * @param firstIndex the column of the first file, which is the one after those of the index
   * @param columns how many columns there are in all
   * @return the index
   * @throws MalformedDataException if it is no BCS of an index, has something after it, or the
   *     columns of its files do not ascend or are not there; identifiers are not looked at
   */
  public static QuiltIndex parse(MemorySegment bcs, int firstIndex, int columns)
      throws MalformedDataException {
    return BcsReader.parse(bcs, "quilt index", in -> read(in, firstIndex, columns));
  }

  private static QuiltIndex read(BcsReader in, int firstIndex, int columns)
      throws MalformedDataException {
    long count = in.count("patches", LEAST_PATCH_BYTES);
    List<QuiltPatch> patches = new ArrayList<>();
    int startIndex = firstIndex;
    for (long i = 0; i < count; i++) {
      long at = in.position();
      int endIndex = in.u16("end index");
      if (endIndex <= startIndex || endIndex > columns) {
        throw new MalformedDataException(
            at,
            "end index of a patch: got %s, expected more than %s, up to %s"
                .formatted(endIndex, startIndex, columns));
      }
      String identifier = Text.read(in, "identifier");
      patches.add(new QuiltPatch(identifier, Tags.read(in), startIndex, endIndex));
      startIndex = endIndex;
    }
    return new QuiltIndex(patches);
  }

  /** {@return the index in BCS} */
  public byte[] toBcs() {
    return BcsWriter.toBytes(
        out -> {
          out.count(patches.size());
          for (QuiltPatch patch : patches) {
            writePatch(out, patch.endIndex(), patch.identifier(), patch.tags());
          }
        });
  }

  /** Returns the length of an index of files of which only the columns are not known yet. */
  static long bcsLength(List<QuiltFile> files) {
    BcsWriter out = BcsWriter.measuring();
    out.count(files.size());
    files.forEach(file -> writePatch(out, 0, file.identifier(), file.tags()));
    return out.position();
  }

  private static void writePatch(
      BcsWriter out, int endIndex, String identifier, Map<String, String> tags) {
    out.u16(endIndex);
    Text.write(out, identifier);
    Tags.write(out, tags);
  }

  /**
   * {@return the file of a name, the first one if there are several}
   *
   * @param identifier the name of the file within the quilt
   */
  public Optional<QuiltPatch> find(String identifier) {
    return patches.stream().filter(patch -> patch.identifier().equals(identifier)).findFirst();
  }

  /**
   * {@return all files that have a tag}
   *
   * @param key of the tag, exactly
   * @param value of the tag, exactly
   */
  public List<QuiltPatch> tagged(String key, String value) {
    return patches.stream().filter(patch -> value.equals(patch.tags().get(key))).toList();
  }
}
