package io.redstuff.quilt;

import io.redstuff.stream.BlobSource;
import io.redstuff.stream.StreamedBlob;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * A file of a quilt: what it is called, what is said about it, and its bytes, of which nothing is
 * proven. The rules for identifiers and tags are those of {@link Quilt#pack}.
 *
 * @param identifier the name of the file within the quilt; slashes, spaces and any Unicode are fine
 * @param tags what is said about it, in the order in which they are written
 * @param contents the bytes; of a stream once
 * @since 0.1.0
 */
public record QuiltFile(String identifier, Map<String, String> tags, BlobSource contents) {
  /**
   * Takes a copy of the tags.
   *
   * @param identifier the name of the file within the quilt
   * @param tags what is said about it
   * @param contents the bytes
   * @throws IllegalArgumentException if the key of a tag is no Unicode text (a lone surrogate)
   */
  public QuiltFile {
    Objects.requireNonNull(identifier, "identifier");
    tags = Tags.ordered(tags);
    Objects.requireNonNull(contents, "contents");
  }

  /**
   * {@return a file without tags whose bytes are in memory}
   *
   * @param identifier the name of the file within the quilt
   * @param contents the bytes, not copied
   */
  public static QuiltFile of(String identifier, byte[] contents) {
    return of(identifier, MemorySegment.ofArray(contents));
  }

  /**
   * {@return a file without tags whose bytes are in memory}
   *
   * @param identifier the name of the file within the quilt
   * @param contents the bytes, native or heap, not copied. {@link MemorySegment#ofBuffer} makes a
   *     segment of a buffer
   */
  public static QuiltFile of(String identifier, MemorySegment contents) {
    return new QuiltFile(identifier, Map.of(), BlobSource.of(contents));
  }

  /**
   * {@return a file without tags that is a file of the file system, of as many bytes as that has
   * now}
   *
   * @param identifier the name of the file within the quilt
   * @param contents the file; opened whenever something is read, and must not change
   * @throws IOException if its length cannot be found out
   */
  public static QuiltFile of(String identifier, Path contents) throws IOException {
    return new QuiltFile(identifier, Map.of(), new PathBlob(contents, Files.size(contents)));
  }

  /**
   * {@return a file without tags that comes as a stream, to be read when it is {@linkplain
   * Quilt#pack packed}}
   *
   * @param identifier the name of the file within the quilt
   * @param contents the bytes; stays open
   * @param length how many there are
   */
  public static QuiltFile of(String identifier, InputStream contents, long length) {
    return new QuiltFile(identifier, Map.of(), StreamedBlob.once(contents, length));
  }

  /**
   * {@return the same file with other tags}
   *
   * @param other instead of those it has
   * @throws IllegalArgumentException if the key of a tag is no Unicode text (a lone surrogate)
   */
  public QuiltFile withTags(Map<String, String> other) {
    return new QuiltFile(identifier, other, contents);
  }
}
