package io.redstuff.cli.show;

import io.redstuff.BlobId;
import io.redstuff.quilt.QuiltPatch;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What {@code redstuff quilt ls} tells; its components are the JSON it prints.
 *
 * @param blobId of the quilt
 * @param files in the order of their columns
 */
public record QuiltListing(String blobId, List<FileInfo> files) {
  /**
   * A file of a quilt.
   *
   * @param size bytes of the contents
   * @param startIndex the first column
   * @param endIndex the first column after it
   */
  public record FileInfo(
      String identifier,
      long size,
      int startIndex,
      int endIndex,
      String patchId,
      Map<String, String> tags) {
    /** Returns what is told of a file. */
    public static FileInfo of(QuiltPatch patch, long size, BlobId quilt) {
      return new FileInfo(
          patch.identifier(),
          size,
          patch.startIndex(),
          patch.endIndex(),
          patch.id(quilt).toString(),
          patch.tags());
    }

    private String toLine() {
      String said =
          tags.entrySet().stream()
              .map(tag -> "  " + tag.getKey() + "=" + tag.getValue())
              .collect(Collectors.joining());
      return String.format(
          Locale.ROOT,
          "%10d  %4d-%-4d  %s  %s%n",
          size,
          startIndex,
          endIndex - 1,
          patchId,
          Text.oneLine(identifier + said));
    }
  }

  /** Returns the listing for people: size, first and last column, patch id, identifier, tags. */
  public String toText() {
    return files.stream().map(FileInfo::toLine).collect(Collectors.joining());
  }
}
