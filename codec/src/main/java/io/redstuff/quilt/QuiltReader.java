package io.redstuff.quilt;

import io.redstuff.BlobId;
import io.redstuff.Sliver;
import io.redstuff.codec.RedStuff;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.RedStuffException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.store.MemoryStore;
import io.redstuff.store.StoredEncoding;
import io.redstuff.store.StoredSlivers;
import io.redstuff.stream.BlobSource;
import io.redstuff.stream.StreamEncoder;
import io.redstuff.stream.WorkMonitor;
import io.redstuff.stream.Workspace;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Reads files of a quilt that are proven: what it gives out was compared with what the blob id of
 * the quilt commits to.
 *
 * <p>A file is read from the secondary slivers that it lies in, and nothing else if it is asked for
 * by its {@linkplain QuiltPatchId patch id}; by name or tag from those of the index as well. A
 * sliver that is missing or bad is restored, as a {@link io.redstuff.stream.SliverReader} does; if
 * that cannot be done, the whole blob is decoded. That is always checked as {@link
 * io.redstuff.ConsistencyCheck#STRICT}: of a blob that was encoded inconsistently, other checks
 * could let through other bytes than its secondary slivers have.
 *
 * <p>Reading is strict. Beyond what the network's own reader refuses, indices that fall or overlap
 * are refused, so are files that do not take all the columns that index or patch id say, or that
 * are not called and tagged as the index says, and a quilt that does not fill its matrix.
 *
 * <p>For one thread at a time. Keeps memory, and perhaps a temporary file, until it is closed.
 *
 * @since 0.1.0
 */
public final class QuiltReader implements AutoCloseable {
  private static final long PIECE_BYTES = 1L << 20;

  private final BlobId id;
  private final VerifiedColumns columns;
  private final QuiltDecoder<RedStuffException> decoder;
  private QuiltIndex index;

  private QuiltReader(BlobId id, VerifiedColumns columns, boolean anyIdentifier) {
    this.id = id;
    this.columns = columns;
    this.decoder = new QuiltDecoder<>(columns, anyIdentifier);
  }

  /**
   * {@return a reader of a stored quilt; close it}
   *
   * @param stored the quilt; a store of one's own may well fetch slivers from far away when they
   *     are asked for
   * @param slivers of that encoding
   * @param workspace for the case that the whole blob has to be decoded
   * @throws MalformedDataException if a blob of this length cannot be a quilt
   */
  public static QuiltReader of(StoredEncoding stored, StoredSlivers slivers, Workspace workspace)
      throws MalformedDataException {
    BlobId id = stored.metadata().blobId();
    return new QuiltReader(id, new StoredColumns(stored, slivers, workspace), false);
  }

  /**
   * {@return a reader of a quilt of which some slivers are in memory; close it}
   *
   * @param codec for the quilt's number of shards
   * @param metadata of the quilt
   * @param slivers good or not, not copied. {@link QuiltPatchId#slivers} tells which are enough
   * @throws IllegalArgumentException if the metadata is for another number of shards
   * @throws MalformedDataException if a blob of this length cannot be a quilt
   */
  public static QuiltReader ofSlivers(
      RedStuff codec, VerifiedMetadata metadata, Collection<Sliver> slivers)
      throws MalformedDataException {
    StoredEncoding stored = StoredEncoding.of(MemoryStore.of(metadata, slivers), codec, metadata);
    return of(stored, stored.slivers(), Workspace.ofMemory(Long.MAX_VALUE));
  }

  /**
   * Encodes a whole quilt and compares the blob id.
   *
   * @param codec for the quilt's number of shards
   * @param blob the bytes; must not change while the reader is in use
   * @param id the blob id of the quilt
   * @param workspace what the work may take
   * @param monitor hears of bytes of the blob, and may cancel
   * @return a reader of it; close it
   * @throws MalformedDataException if a blob of this length cannot be a quilt
   * @throws VerificationException if it has another blob id
   * @throws IOException if the blob or a temporary file fails
   * @throws IllegalArgumentException if the budget is too small
   */
  public static QuiltReader ofBlob(
      RedStuff codec, BlobSource blob, BlobId id, Workspace workspace, WorkMonitor monitor)
      throws IOException, MalformedDataException, VerificationException {
    int symbolSize = BlobColumns.symbolSize(codec.parameters(), blob.length());
    BlobId computed = StreamEncoder.of(codec, workspace).watchedBy(monitor).metadata(blob).blobId();
    if (!computed.equals(id)) {
      throw new VerificationException(
          Reason.BLOB_ID_MISMATCH, "blob id: got " + computed + ", expected " + id);
    }
    VerifiedColumns columns =
        VerifiedColumns.of(
            codec.parameters(),
            BlobColumns.of(codec.parameters(), blob),
            symbolSize,
            blob.length());
    return new QuiltReader(id, columns, false);
  }

  /**
   * {@return a reader of the same quilt that takes files of any identifier; closing one closes
   * both} See {@link QuiltBlob#withAnyIdentifier}.
   */
  public QuiltReader withAnyIdentifier() {
    return new QuiltReader(id, columns, true);
  }

  /** {@return the blob id of the quilt} */
  public BlobId id() {
    return id;
  }

  /**
   * Reads the index, the first time from its columns.
   *
   * @return the index
   * @throws IOException if slivers or blob cannot be read
   * @throws RedStuffException if slivers are missing or bad and there is no way around them, or
   *     there is no valid index; offsets are as {@link QuiltBlob#index} says
   */
  public QuiltIndex index() throws IOException, RedStuffException {
    if (index == null) {
      index = decoder.readIndex();
    }
    return index;
  }

  /**
   * Reads a file of the index.
   *
   * @param patch of the index of this quilt
   * @return the file
   * @throws IOException if slivers or blob cannot be read
   * @throws RedStuffException if slivers are missing or bad and there is no way around them, or
   *     there is no file in these columns, or not the one that the index tells of; offsets count
   *     from the start of its first column
   */
  public VerifiedQuiltFile read(QuiltPatch patch) throws IOException, RedStuffException {
    return read(openSame(patch));
  }

  /**
   * Reads a file of which the patch id is known, and not the index.
   *
   * @param patch which file
   * @return the file
   * @throws IOException if slivers or blob cannot be read
   * @throws RedStuffException if it is the id of another quilt's file, slivers are missing or bad
   *     and there is no way around them, or there is no file in these columns; offsets count from
   *     the start of its first column
   */
  public VerifiedQuiltFile read(QuiltPatchId patch) throws IOException, RedStuffException {
    return read(open(patch));
  }

  /**
   * Reads what a file is called and tagged of which the patch id is known, and not the index.
   *
   * @param patch which file
   * @return its name, its tags and its columns
   * @throws IOException if slivers or blob cannot be read
   * @throws RedStuffException as {@link #read(QuiltPatchId)}
   */
  public QuiltPatch patch(QuiltPatchId patch) throws IOException, RedStuffException {
    return open(patch).patch();
  }

  /**
   * Reads a file by its name, the first one if there are several.
   *
   * @param identifier the name of the file within the quilt
   * @return the file; empty if the index has none of this name
   * @throws IOException if slivers or blob cannot be read
   * @throws RedStuffException as {@link #index} and {@link #read(QuiltPatch)}
   */
  public Optional<VerifiedQuiltFile> find(String identifier) throws IOException, RedStuffException {
    Optional<QuiltPatch> patch = index().find(identifier);
    return patch.isPresent() ? Optional.of(read(patch.get())) : Optional.empty();
  }

  /**
   * Reads all files that have a tag, to memory.
   *
   * @param key of the tag, exactly
   * @param value of the tag, exactly
   * @return the files, perhaps none
   * @throws IOException if slivers or blob cannot be read
   * @throws RedStuffException as {@link #index} and {@link #read(QuiltPatch)}
   */
  public List<VerifiedQuiltFile> tagged(String key, String value)
      throws IOException, RedStuffException {
    return read(index().tagged(key, value));
  }

  /**
   * Reads all files, to memory, from the whole blob.
   *
   * @return the files
   * @throws IOException if slivers, blob or a temporary file fail
   * @throws RedStuffException as {@link #readWhole}, {@link #index} and {@link #read(QuiltPatch)}
   * @throws IllegalArgumentException if the workspace is too small
   */
  public List<VerifiedQuiltFile> readAll() throws IOException, RedStuffException {
    readWhole(WorkMonitor.NONE);
    return read(index().patches());
  }

  /**
   * Decodes the whole blob into the workspace, unless that has been done, and checks it strictly:
   * it is encoded again and has to have the blob id. Files are read from there from then on.
   *
   * @param monitor hears of bytes of the blob, and may cancel
   * @throws IOException if slivers or a temporary file fail
   * @throws RedStuffException if too few slivers are good, or they are not those of any one blob
   * @throws IllegalArgumentException if the workspace is too small
   */
  public void readWhole(WorkMonitor monitor) throws IOException, RedStuffException {
    columns.readWhole(monitor);
  }

  /**
   * Reads how long a file is, which the index does not say.
   *
   * @param patch of the index of this quilt
   * @return bytes of the contents
   * @throws IOException if slivers or blob cannot be read
   * @throws RedStuffException as {@link #read(QuiltPatch)}
   */
  public long length(QuiltPatch patch) throws IOException, RedStuffException {
    return openSame(patch).length();
  }

  /**
   * Copies the contents of a file of any length. They are verified column by column: what was
   * written before a failure are bytes of the file.
   *
   * @param patch of the index of this quilt
   * @param out gets the bytes; stays open
   * @return how many there were
   * @throws IOException if slivers, blob or {@code out} fail
   * @throws RedStuffException as {@link #read(QuiltPatch)}
   */
  public long copy(QuiltPatch patch, OutputStream out) throws IOException, RedStuffException {
    return copy(openSame(patch), out);
  }

  /**
   * Copies the contents of a file of any length, of which the patch id is known, and not the index.
   *
   * @param patch which file
   * @param out gets the bytes; stays open
   * @return how many there were
   * @throws IOException if slivers, blob or {@code out} fail
   * @throws RedStuffException as {@link #read(QuiltPatchId)}
   */
  public long copy(QuiltPatchId patch, OutputStream out) throws IOException, RedStuffException {
    return copy(open(patch), out);
  }

  private long copy(QuiltDecoder.Opened file, OutputStream out)
      throws IOException, RedStuffException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(Math.min(PIECE_BYTES, file.length()));
      for (long done = 0; done < file.length(); ) {
        MemorySegment piece = memory.asSlice(0, Math.min(PIECE_BYTES, file.length() - done));
        decoder.read(file, done, piece);
        out.write(piece.toArray(ValueLayout.JAVA_BYTE));
        done += piece.byteSize();
      }
    }
    return file.length();
  }

  /** {@return how many bytes of slivers were read so far, or of the blob if that was at hand} */
  public long bytesRead() {
    return columns.bytesRead();
  }

  private List<VerifiedQuiltFile> read(List<QuiltPatch> patches)
      throws IOException, RedStuffException {
    List<VerifiedQuiltFile> files = new ArrayList<>();
    for (QuiltPatch patch : patches) {
      files.add(read(patch));
    }
    return files;
  }

  private VerifiedQuiltFile read(QuiltDecoder.Opened file) throws IOException, RedStuffException {
    MemorySegment contents = Arena.ofAuto().allocate(file.length());
    decoder.read(file, 0, contents);
    return new VerifiedQuiltFile(file.patch().id(id), file.patch(), contents);
  }

  private QuiltDecoder.Opened open(QuiltPatchId patch) throws IOException, RedStuffException {
    if (!patch.quilt().equals(id)) {
      throw new VerificationException(
          Reason.BLOB_ID_MISMATCH,
          "patch id: got one of quilt " + patch.quilt() + ", expected " + id);
    }
    return decoder.open(patch.startIndex(), patch.endIndex());
  }

  private QuiltDecoder.Opened openSame(QuiltPatch patch) throws IOException, RedStuffException {
    QuiltDecoder.Opened file = decoder.open(patch.startIndex(), patch.endIndex());
    checkSame(patch, file.patch());
    return file;
  }

  /** Makes sure that a file is the one that the index tells of. */
  static void checkSame(QuiltPatch expected, QuiltPatch got) throws MalformedDataException {
    if (!got.equals(expected)) {
      throw new MalformedDataException(
          Quilt.PATCH_HEADER,
          "patch: got \"%s\" %s, expected \"%s\" %s as the index says"
              .formatted(got.identifier(), got.tags(), expected.identifier(), expected.tags()));
    }
  }

  /** Frees the memory, and ends a temporary file. */
  @Override
  public void close() throws IOException {
    columns.close();
  }
}
