package io.redstuff.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.redstuff.store.NamedIoException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;

/** Files for tests, and looks at what is there. */
final class TestFiles {

  /** A blob whose id with 10 shards is published. */
  static final byte[] WALRUS = "walrus blob id v1 regression test".getBytes(UTF_8);

  /** The published id of {@link #WALRUS}. */
  static final String WALRUS_ID = "RcU82Mwf-CFkv1LaI_2qcpANwpGUuG3TMwnVzZxD2kY";

  private TestFiles() {}

  /** {@link #WALRUS} in a file. */
  static Path walrus(Path directory) throws IOException {
    return Files.write(directory.resolve("walrus.txt"), WALRUS);
  }

  /** A file of {@code length} bytes that {@code seed} determines. */
  static Path random(Path directory, int length, long seed) throws IOException {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return Files.write(directory.resolve("random-" + length + "-" + seed), bytes);
  }

  /** All files and directories under {@code root}, relative to it, in order. */
  static List<String> tree(Path root) {
    try (Stream<Path> paths = Files.walk(root)) {
      return paths
          .filter(path -> !path.equals(root))
          .map(path -> root.relativize(path).toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes everything under {@code root}, and {@code root}. */
  static void deleteTree(Path root) throws IOException {
    for (String name : tree(root).reversed()) {
      Files.delete(root.resolve(name));
    }
    Files.delete(root);
  }

  /** Where a sliver lies in the directory of an encoding. */
  static String sliver(Object axis, int pair) {
    return String.format(Locale.ROOT, "%s/%04d.bcs", axis, pair);
  }

  /** Why the system refuses {@code action}, in the language in which it says so here. */
  static String refusal(Executable action) {
    return NamedIoException.reasonOf(assertThrows(IOException.class, action));
  }

  /** Turns one bit of {@code file} over. */
  static void flipBit(Path file, int byteIndex) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[byteIndex] ^= 1;
    Files.write(file, bytes);
  }
}
