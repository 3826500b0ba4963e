package io.redstuff.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.GatheringByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Where the bytes of a new file go; a test puts a disk that fills up in its place. */
@FunctionalInterface
interface OutputFiles {

  /** The file system itself. */
  OutputFiles FILE_SYSTEM =
      file -> FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  /** Creates {@code file}, which must not exist, and opens it for writing. */
  GatheringByteChannel create(Path file) throws IOException;
}
