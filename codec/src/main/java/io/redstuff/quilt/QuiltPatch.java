package io.redstuff.quilt;

import io.redstuff.BlobId;
import java.util.Map;

/**
 * What the index of a quilt says about a file.
 *
 * @param identifier the name of the file within the quilt
 * @param tags what is said about it, in the order in which they are written
 * @param startIndex the first column of the file
 * @param endIndex the first column that is not the file's any more
 * @since 0.1.0
 */
public record QuiltPatch(
    String identifier, Map<String, String> tags, int startIndex, int endIndex) {
  /** Takes a copy of the tags. */
  public QuiltPatch {
    tags = Tags.ordered(tags);
  }

  /** {@return how many columns the file takes} */
  public int columns() {
    return endIndex - startIndex;
  }

  /**
   * {@return the name of the file in all the world}
   *
   * @param quilt the blob id of the quilt
   */
  public QuiltPatchId id(BlobId quilt) {
    return new QuiltPatchId(quilt, startIndex, endIndex);
  }
}
