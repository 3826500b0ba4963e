package io.redstuff.cli.seal;

import io.redstuff.EncodingParameters;
import io.redstuff.cli.io.BlobInput;
import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.NamedBlob;
import io.redstuff.cli.io.Session;
import io.redstuff.seal.container.SealedHeader;
import io.redstuff.store.NamedIoException;
import io.redstuff.stream.BlobTarget;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;

/** A file to seal or open, of any length that a blob can have. */
final class SealedInput implements AutoCloseable {
  /** What is not a sealed blob is an object, and opened in memory. */
  private static final long MAX_OBJECT_BYTES = 512L << 20;

  private static final int MAGIC_BYTES = 7;

  /** As many shards as there can be have the longest blobs. */
  private static final EncodingParameters PARAMETERS =
      EncodingParameters.forShards(EncodingParameters.MAX_SHARDS);

  private final String operand;
  private final FileChannel file;
  private final NamedBlob blob;

  SealedInput(Session session, String operand) throws CommandException, IOException {
    this.operand = operand;
    this.file =
        new BlobInput(session, PARAMETERS, BlobInput.temporaryDirectory()).openFile(operand);
    this.blob = new NamedBlob(operand, BlobTarget.of(file, file.size()));
  }

  NamedBlob blob() {
    return blob;
  }

  boolean isSealedBlob() throws IOException {
    return SealedHeader.isSealed(read(Math.min(blob.length(), MAGIC_BYTES)));
  }

  /** Returns all bytes, of what has to be in memory. */
  byte[] whole() throws CommandException, IOException {
    if (blob.length() > MAX_OBJECT_BYTES) {
      throw CommandException.usage(
          "%s: got %s bytes, expected at most %s in Seal's own format"
              .formatted(operand, blob.length(), MAX_OBJECT_BYTES));
    }
    return read(blob.length());
  }

  private byte[] read(long length) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(length);
      blob.read(0, bytes);
      return bytes.toArray(ValueLayout.JAVA_BYTE);
    }
  }

  @Override
  public void close() throws NamedIoException {
    try {
      file.close();
    } catch (IOException e) {
      throw new NamedIoException(operand, e);
    }
  }
}
