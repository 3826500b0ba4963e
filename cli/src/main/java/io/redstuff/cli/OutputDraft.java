package io.redstuff.cli;

import io.redstuff.stream.BlobTarget;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A blob that is put together in a file, piece by piece, and given out when it is whole: as that
 * file, if it can take the name, or by copying it to where bytes go as they come.
 */
final class OutputDraft implements AutoCloseable {

  private static final long COPY_BYTES = 1 << 20;

  private final OutputTarget target;
  private final NamedBlob blob;
  private final FileChannel channel;
  private final Optional<AtomicFile> file;
  private boolean published;

  private OutputDraft(
      OutputTarget target, NamedBlob blob, FileChannel channel, Optional<AtomicFile> file) {
    this.target = target;
    this.blob = blob;
    this.channel = channel;
    this.file = file;
  }

  /** A draft of {@code file}, beside it. */
  static OutputDraft beside(OutputTarget target, String name, Path file, long length, Traces traces)
      throws CommandException {
    AtomicFile content = new AtomicFile(file);
    try {
      FileChannel channel = traces.createForBoth(content.temporary());
      return new OutputDraft(target, blob(name, channel, length), channel, Optional.of(content));
    } catch (IOException e) {
      throw CommandException.io(name + ": cannot be written", e);
    }
  }

  /** A draft in a nameless file in {@code directory}. */
  static OutputDraft in(Path directory, OutputTarget target, long length) throws CommandException {
    FileChannel channel = SpillFile.create(directory);
    return new OutputDraft(
        target, blob("temporary file in " + directory, channel, length), channel, Optional.empty());
  }

  private static NamedBlob blob(String name, FileChannel channel, long length) {
    return new NamedBlob(name, BlobTarget.of(channel, length));
  }

  /** Where to put the bytes. */
  BlobTarget blob() {
    return blob;
  }

  /** Gives out the blob. */
  void publish() throws CommandException, IOException {
    if (file.isEmpty()) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment buffer = arena.allocate(Math.min(COPY_BYTES, blob.length()));
        target.write(
            sink -> {
              for (long at = 0; at < blob.length(); at += buffer.byteSize()) {
                MemorySegment piece =
                    buffer.asSlice(0, Math.min(buffer.byteSize(), blob.length() - at));
                blob.read(at, piece);
                sink.accept(piece);
              }
            });
      }
      return;
    }
    try {
      // Closed first: some file systems report a full disk only then.
      channel.close();
      file.get().takeName();
      published = true;
    } catch (IOException e) {
      throw new NamedIoException(blob.name() + ": cannot be written", e);
    }
  }

  /** Takes away what was not given out. */
  @Override
  public void close() throws IOException {
    try (channel) {
      if (file.isPresent() && !published) {
        Files.deleteIfExists(file.get().temporary());
      }
    }
  }
}
