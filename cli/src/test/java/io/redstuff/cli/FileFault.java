package io.redstuff.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.random.RandomGenerator;

/** What can have become of a file. */
enum FileFault {
  TRUNCATED {
    @Override
    void strike(Path file, Path sibling, Path stranger, RandomGenerator random) throws IOException {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(random.nextLong(1, channel.size()));
      }
    }
  },
  EMPTY {
    @Override
    void strike(Path file, Path sibling, Path stranger, RandomGenerator random) throws IOException {
      Files.write(file, new byte[0]);
    }
  },
  EXTENDED {
    @Override
    void strike(Path file, Path sibling, Path stranger, RandomGenerator random) throws IOException {
      Files.write(file, new byte[random.nextInt(1, 5000)], StandardOpenOption.APPEND);
    }
  },
  SPARSE_AND_HUGE {
    @Override
    void strike(Path file, Path sibling, Path stranger, RandomGenerator random) throws IOException {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.allocate(1), 1L << 33);
      }
    }
  },
  BIT_TURNED {
    @Override
    void strike(Path file, Path sibling, Path stranger, RandomGenerator random) throws IOException {
      TestFiles.flipBit(file, random.nextInt((int) Files.size(file)));
    }
  },
  SWAPPED_WITH_SIBLING {
    @Override
    void strike(Path file, Path sibling, Path stranger, RandomGenerator random) throws IOException {
      Path aside = Files.move(file, file.resolveSibling("aside"));
      Files.move(sibling, file);
      Files.move(aside, sibling);
    }
  },
  OF_ANOTHER_BLOB {
    @Override
    void strike(Path file, Path sibling, Path stranger, RandomGenerator random) throws IOException {
      Files.copy(stranger, file, StandardCopyOption.REPLACE_EXISTING);
    }
  },
  LINK_TO_ITSELF {
    @Override
    void strike(Path file, Path sibling, Path stranger, RandomGenerator random) throws IOException {
      Files.delete(file);
      Files.createSymbolicLink(file, file.getFileName());
    }
  },
  LINK_TO_NOTHING {
    @Override
    void strike(Path file, Path sibling, Path stranger, RandomGenerator random) throws IOException {
      Files.delete(file);
      Files.createSymbolicLink(file, Path.of("nothing"));
    }
  },
  LINK_TO_AN_ENDLESS_DEVICE {
    @Override
    void strike(Path file, Path sibling, Path stranger, RandomGenerator random) throws IOException {
      Files.delete(file);
      Files.createSymbolicLink(file, Path.of("/dev/zero"));
    }
  },
  DIRECTORY {
    @Override
    void strike(Path file, Path sibling, Path stranger, RandomGenerator random) throws IOException {
      Files.delete(file);
      Files.createDirectory(file);
    }
  };

  /**
   * Does it.
   *
   * @param file what it is done to
   * @param sibling another file of the same encoding
   * @param stranger the file of the same name of another blob of the same length
   */
  abstract void strike(Path file, Path sibling, Path stranger, RandomGenerator random)
      throws IOException;
}
