package io.redstuff.quilt;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;

/**
 * A file of a quilt as the blob id of the quilt commits to it: every byte of it was compared with
 * the metadata. Only a {@link QuiltReader} makes one. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class VerifiedQuiltFile {
  private final QuiltPatchId id;
  private final QuiltPatch patch;
  private final MemorySegment contents;

  VerifiedQuiltFile(QuiltPatchId id, QuiltPatch patch, MemorySegment contents) {
    this.id = id;
    this.patch = patch;
    this.contents = contents.asReadOnly();
  }

  /** {@return the name of the file in all the world} */
  public QuiltPatchId id() {
    return id;
  }

  /** {@return the name of the file within the quilt} */
  public String identifier() {
    return patch.identifier();
  }

  /** {@return what is said about the file, in the order in which it is written} */
  public Map<String, String> tags() {
    return patch.tags();
  }

  /** {@return the bytes, native and read-only} */
  public MemorySegment segment() {
    return contents;
  }

  /** {@return a copy of the bytes} */
  public byte[] toBytes() {
    return contents.toArray(ValueLayout.JAVA_BYTE);
  }

  /** {@return identifier and length, as in {@code "a.txt: 100 bytes"}} */
  @Override
  public String toString() {
    return identifier() + ": " + contents.byteSize() + " bytes";
  }
}
