package io.redstuff.daemon.service;

import io.redstuff.BlobId;
import io.redstuff.ConsistencyCheck;
import io.redstuff.client.BlobUnavailableException;
import io.redstuff.client.BlobUnavailableException.Reason;
import io.redstuff.client.RemoteBlob;
import io.redstuff.client.TransferMonitor;
import io.redstuff.client.WalrusClient;
import io.redstuff.client.chain.NetworkCommittee;
import io.redstuff.client.chain.RegistryException;
import io.redstuff.daemon.api.ByteRange;
import io.redstuff.daemon.api.ErrorReason;
import io.redstuff.daemon.api.ErrorStatus;
import io.redstuff.daemon.api.RefusedException;
import io.redstuff.error.RedStuffException;
import io.redstuff.quilt.QuiltPatch;
import io.redstuff.quilt.QuiltPatchId;
import io.redstuff.quilt.QuiltReader;
import io.redstuff.stream.BlobTarget;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Reads blobs, parts of them, and files of quilts. What is short comes in memory, what is longer in
 * a temporary file: in both cases all of it is there and checked before any of it is given out.
 * Thread-safe.
 */
public final class Aggregator {
  /** How often it begins anew when the nodes have handed over meanwhile. */
  private static final int EPOCHS_SEEN = 3;

  private static final int PIECE = 1 << 20;

  private final WalrusClient client;
  private final Spool spool;
  private final long mostInMemory;

  /** Something that is done with an open blob. */
  @FunctionalInterface
  private interface Use<T> {
    T with(RemoteBlob blob)
        throws RefusedException, RedStuffException, IOException, InterruptedException;
  }

  /**
   * Makes an aggregator.
   *
   * @param client reads; stays open
   * @param spool for what is longer than fits into memory
   * @param mostInMemory up to how many bytes that is
   */
  public Aggregator(WalrusClient client, Spool spool, long mostInMemory) {
    this.client = client;
    this.spool = spool;
    this.mostInMemory = mostInMemory;
  }

  /** What is asked for. */
  public enum Wanted {
    /** The bytes. */
    BYTES,
    /** Only how many there are. */
    LENGTH
  }

  /**
   * Some bytes of a blob.
   *
   * @param blobLength how many bytes the blob has
   * @param content the bytes; close it
   */
  public record Part(long blobLength, Content content) {}

  /**
   * A file of a quilt.
   *
   * @param patch its name, its tags and its columns
   * @param content its bytes; close it
   */
  public record QuiltPart(QuiltPatch patch, Content content) {}

  /**
   * Reads a blob.
   *
   * @param blobId the blob
   * @param check how much to prove of the writer's honesty
   * @param wanted its bytes or their number
   * @param monitor watches, and can end it
   * @return the bytes; close it
   * @throws RefusedException if it cannot be read, or there is no room for it
   * @throws IOException if a temporary file fails
   * @throws InterruptedException if the thread is interrupted
   */
  public Content read(BlobId blobId, ConsistencyCheck check, Wanted wanted, TransferMonitor monitor)
      throws RefusedException, IOException, InterruptedException {
    return use(
        blobId,
        monitor,
        blob -> {
          checkLength(blob.length());
          return wanted == Wanted.LENGTH ? Content.absent(blob.length()) : read(blob, check);
        });
  }

  private Content read(RemoteBlob blob, ConsistencyCheck check)
      throws RefusedException, IOException, InterruptedException {
    if (blob.length() <= mostInMemory) {
      byte[] bytes = new byte[Math.toIntExact(blob.length())];
      blob.read(BlobTarget.of(MemorySegment.ofArray(bytes)), check);
      return Content.of(bytes);
    }
    return inFile(blob.length(), file -> blob.read(file.target(blob.length()), check));
  }

  /**
   * Reads some bytes of a blob.
   *
   * @param blobId the blob
   * @param range which bytes
   * @param wanted the bytes or their number
   * @param monitor watches, and can end it
   * @return the bytes; nothing if not all of them lie within the blob
   * @throws RefusedException if it cannot be read, or there is no room for it
   * @throws IOException if a temporary file fails
   * @throws InterruptedException if the thread is interrupted
   */
  public Optional<Part> read(BlobId blobId, ByteRange range, Wanted wanted, TransferMonitor monitor)
      throws RefusedException, IOException, InterruptedException {
    return use(
        blobId,
        monitor,
        blob -> {
          if (!range.isWithin(blob.length())) {
            return Optional.empty();
          }
          checkLength(range.length());
          Content content =
              wanted == Wanted.LENGTH ? Content.absent(range.length()) : read(blob, range);
          return Optional.of(new Part(blob.length(), content));
        });
  }

  private Content read(RemoteBlob blob, ByteRange range)
      throws RefusedException, IOException, InterruptedException {
    if (range.length() <= mostInMemory) {
      return Content.of(blob.readRange(range.start(), Math.toIntExact(range.length())));
    }
    return inFile(
        range.length(),
        file -> {
          for (long done = 0; done < range.length(); ) {
            int piece = (int) Math.min(PIECE, range.length() - done);
            file.append(ByteBuffer.wrap(blob.readRange(range.start() + done, piece)));
            done += piece;
          }
        });
  }

  /**
   * Lists the files of a quilt.
   *
   * @param quilt the quilt
   * @param monitor watches, and can end it
   * @return its files
   * @throws RefusedException if it cannot be read, or is no quilt
   * @throws IOException if a temporary file fails
   * @throws InterruptedException if the thread is interrupted
   */
  public List<QuiltPatch> patches(BlobId quilt, TransferMonitor monitor)
      throws RefusedException, IOException, InterruptedException {
    return use(
        quilt,
        monitor,
        blob -> {
          try (QuiltReader reader = blob.quilt()) {
            return reader.index().patches();
          }
        });
  }

  /**
   * Reads a file of a quilt.
   *
   * @param patchId which one
   * @param wanted its bytes or their number
   * @param monitor watches, and can end it
   * @return the file
   * @throws RefusedException if it cannot be read, or there is no such file
   * @throws IOException if a temporary file fails
   * @throws InterruptedException if the thread is interrupted
   */
  public QuiltPart read(QuiltPatchId patchId, Wanted wanted, TransferMonitor monitor)
      throws RefusedException, IOException, InterruptedException {
    return use(
        patchId.quilt(),
        monitor,
        blob -> {
          try (QuiltReader reader = blob.quilt()) {
            return read(reader, reader.patch(patchId), wanted);
          }
        });
  }

  /**
   * Reads a file of a quilt by its name.
   *
   * @param quilt the quilt
   * @param identifier the name
   * @param wanted its bytes or their number
   * @param monitor watches, and can end it
   * @return the file
   * @throws RefusedException if it cannot be read, or there is no such file
   * @throws IOException if a temporary file fails
   * @throws InterruptedException if the thread is interrupted
   */
  public QuiltPart read(BlobId quilt, String identifier, Wanted wanted, TransferMonitor monitor)
      throws RefusedException, IOException, InterruptedException {
    return use(
        quilt,
        monitor,
        blob -> {
          try (QuiltReader reader = blob.quilt()) {
            Optional<QuiltPatch> patch = reader.index().find(identifier);
            if (patch.isEmpty()) {
              throw Refusals.noPatch("no file of that name");
            }
            return read(reader, patch.get(), wanted);
          }
        });
  }

  private QuiltPart read(QuiltReader reader, QuiltPatch patch, Wanted wanted)
      throws RefusedException, RedStuffException, IOException, InterruptedException {
    long length = reader.length(patch);
    checkLength(length);
    if (wanted == Wanted.LENGTH) {
      return new QuiltPart(patch, Content.absent(length));
    }
    if (length <= mostInMemory) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.toIntExact(length));
      reader.copy(patch, bytes);
      return new QuiltPart(patch, Content.of(bytes.toByteArray()));
    }
    return new QuiltPart(patch, inFile(length, file -> reader.copy(patch, file.appending())));
  }

  private void checkLength(long length) throws RefusedException {
    if (length > Math.max(spool.most(), mostInMemory)) {
      throw new RefusedException(
          ErrorStatus.SIZE_EXCEEDED,
          ErrorReason.BLOB_TOO_LARGE,
          "the blob size exceeds the maximum allowed size: " + spool.most());
    }
  }

  /** Something that fills a file. */
  @FunctionalInterface
  private interface Filling<X extends Exception> {
    void fill(SpoolFile file) throws X, RefusedException, IOException, InterruptedException;
  }

  private <X extends Exception> Content inFile(long length, Filling<X> filling)
      throws X, RefusedException, IOException, InterruptedException {
    SpoolFile file = spool.create(length);
    boolean isFilled = false;
    try {
      filling.fill(file);
      isFilled = true;
      return Content.of(file);
    } finally {
      if (!isFilled) {
        file.close();
      }
    }
  }

  /** Opens a blob, again if those who had it have handed it over meanwhile. */
  private <T> T use(BlobId blobId, TransferMonitor monitor, Use<T> use)
      throws RefusedException, IOException, InterruptedException {
    for (int epochs = 1; ; epochs++) {
      NetworkCommittee asked = client.committee();
      try (RemoteBlob blob = client.open(blobId, monitor)) {
        asked = client.committee();
        return with(blob, use);
      } catch (BlobUnavailableException e) {
        if (e.reason() != Reason.TOO_FEW_NODES
            || epochs == EPOCHS_SEEN
            || isLatest(blobId, asked)) {
          throw Refusals.of(e);
        }
      } catch (RegistryException e) {
        throw Refusals.of(e);
      } catch (RedStuffException e) {
        throw Refusals.ofQuilt(e);
      }
    }
  }

  /** Where a quilt says which slivers it lacks, says why they are not to be had. */
  private static <T> T with(RemoteBlob blob, Use<T> use)
      throws RefusedException, RedStuffException, IOException, InterruptedException {
    try {
      return use.with(blob);
    } catch (RedStuffException e) {
      if (blob.unavailable().isPresent()) {
        throw blob.unavailable().get();
      }
      throw e;
    }
  }

  /** Returns whether nodes are still those that were asked; asking for a blob finds that out. */
  private boolean isLatest(BlobId blobId, NetworkCommittee asked)
      throws IOException, InterruptedException {
    client.standing(blobId);
    return client.committee().equals(asked);
  }
}
