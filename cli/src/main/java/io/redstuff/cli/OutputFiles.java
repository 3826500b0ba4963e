package io.redstuff.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.GatheringByteChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Where the bytes of new files go; a test puts a disk that fills up in its place. */
@FunctionalInterface
interface OutputFiles {

  /** The file system itself. */
  OutputFiles FILE_SYSTEM = FileChannel::open;

  /** Opens {@code file} as {@link FileChannel#open(Path, OpenOption...)} does. */
  GatheringByteChannel open(Path file, OpenOption... options) throws IOException;

  /** Creates {@code file}, which must not exist, and opens it for writing. */
  default GatheringByteChannel create(Path file) throws IOException {
    return open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /** Opens {@code file}, which must exist, for writing at its end. */
  default GatheringByteChannel append(Path file) throws IOException {
    return open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
  }
}
