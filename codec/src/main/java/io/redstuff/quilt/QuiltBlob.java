package io.redstuff.quilt;

import io.redstuff.EncodingParameters;
import io.redstuff.error.MalformedDataException;
import io.redstuff.stream.BlobSource;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * A quilt whose bytes are at hand, such as a blob that was decoded and checked. Reads strictly, and
 * proves nothing: the bytes are taken as they are. {@link QuiltReader#ofBlob} compares them with a
 * blob id.
 *
 * <p>Immutable and thread-safe, as far as the bytes are.
 *
 * @since 0.1.0
 */
public final class QuiltBlob {
  private final QuiltDecoder<RuntimeException> decoder;

  private QuiltBlob(QuiltDecoder<RuntimeException> decoder) {
    this.decoder = decoder;
  }

  /**
   * {@return what reads a quilt}
   *
   * @param parameters the number of shards for which it was packed; nothing in the quilt says it
   * @param blob the bytes; must not change
   * @throws MalformedDataException if a blob of this length cannot be a quilt: it is not k1 * k2
   *     symbols of an even number of bytes up to 65,534
   */
  public static QuiltBlob of(EncodingParameters parameters, BlobSource blob)
      throws MalformedDataException {
    return new QuiltBlob(new QuiltDecoder<>(BlobColumns.of(parameters, blob), false));
  }

  /**
   * {@return the same quilt, of which files of any identifier are read} The network's own encoder
   * neither makes nor reads identifiers that are empty, have control characters or end in white
   * space; the TypeScript writer makes them.
   */
  public QuiltBlob withAnyIdentifier() {
    return new QuiltBlob(new QuiltDecoder<>(decoder.columns(), true));
  }

  /**
   * Reads the index.
   *
   * @return the index
   * @throws IOException if the blob cannot be read
   * @throws MalformedDataException if there is no valid index; offsets count from its version byte,
   *     or where it is BCS that is wrong, from the start of that
   */
  public QuiltIndex index() throws IOException, MalformedDataException {
    return decoder.readIndex();
  }

  /**
   * Reads a file: what it is called and what is said about it. The contents are read from the blob
   * when they are asked for.
   *
   * @param patch of the index of this quilt
   * @return the file
   * @throws IOException if the blob cannot be read
   * @throws MalformedDataException if there is no file in these columns, or not the one that the
   *     index tells of; offsets count from the start of its first column
   */
  public QuiltFile read(QuiltPatch patch) throws IOException, MalformedDataException {
    QuiltDecoder.Opened file = decoder.open(patch.startIndex(), patch.endIndex());
    QuiltReader.checkSame(patch, file.patch());
    return file(file);
  }

  /**
   * Reads a file of which the columns are known, and not the index.
   *
   * @param startIndex the first column of the file
   * @param endIndex the first column that is not the file's any more
   * @return the file
   * @throws IOException if the blob cannot be read
   * @throws MalformedDataException if there is no file in these columns; offsets count from the
   *     start of the first
   * @throws IndexOutOfBoundsException if {@code startIndex} is negative
   */
  public QuiltFile read(int startIndex, int endIndex) throws IOException, MalformedDataException {
    return file(decoder.open(Objects.checkIndex(startIndex, Integer.MAX_VALUE), endIndex));
  }

  private QuiltFile file(QuiltDecoder.Opened file) {
    QuiltPatch patch = file.patch();
    return new QuiltFile(patch.identifier(), patch.tags(), new Contents(decoder, file));
  }

  private record Contents(QuiltDecoder<RuntimeException> decoder, QuiltDecoder.Opened file)
      implements BlobSource {
    @Override
    public long length() {
      return file.length();
    }

    @Override
    public void read(long offset, MemorySegment target) throws IOException {
      if (offset < 0 || offset > length() - target.byteSize()) {
        throw new EOFException(
            "%s: got a read of %s bytes at %s, expected it within %s bytes"
                .formatted(file.patch().identifier(), target.byteSize(), offset, length()));
      }
      decoder.read(file, offset, target);
    }
  }
}
