package io.redstuff.cli;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.Sliver;
import io.redstuff.fuzz.Draws;
import io.redstuff.fuzz.Encoding;
import io.redstuff.store.DirectoryStore;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A directory with an encoded blob in it, and ways to spoil it. */
final class EncodedDirectory {
  private static final String[] STRANGE_NAMES = {
    "primary/0.bcs",
    "primary/00000.bcs",
    "primary/9999.bcs",
    "primary/65536.bcs",
    "primary/-001.bcs",
    "primary/0001.BCS",
    "primary/0001.bcs.bak",
    "primary/.0001.bcs.0123456789abcdef.part",
    "primary/.bcs",
    "primary/a\nb\u001b[31m.bcs",
    "primary/\u0660\u0661\u0662\u0663.bcs",
    "secondary/metadata.bcs",
    "secondary/0001",
    "primary/0000.bcs/0000.bcs",
    "stray.bcs",
    "primary/primary/0000.bcs",
  };

  private final Path root;
  private final Map<String, byte[]> truth;
  private final Map<String, byte[]> foreign;

  private EncodedDirectory(Path root, Map<String, byte[]> truth, Map<String, byte[]> foreign) {
    this.root = root;
    this.truth = truth;
    this.foreign = foreign;
  }

  /**
   * Writes an encoded blob.
   *
   * @param root does not exist
   * @param foreign another blob of as many shards, whose files get in by mistake
   */
  static EncodedDirectory write(Path root, Encoding blob, Encoding foreign) throws IOException {
    EncodedDirectory directory = new EncodedDirectory(root, files(blob), files(foreign));
    for (Map.Entry<String, byte[]> file : directory.truth.entrySet()) {
      directory.write(root.resolve(file.getKey()), file.getValue());
    }
    return directory;
  }

  private static Map<String, byte[]> files(Encoding encoding) {
    Map<String, byte[]> files = new TreeMap<>();
    EncodingParameters parameters = encoding.metadata().parameters();
    for (Axis axis : Axis.values()) {
      for (Sliver sliver : encoding.slivers(axis)) {
        Path file = DirectoryStore.at(Path.of("")).file(sliver.id(), parameters);
        files.put(file.toString(), sliver.toBcs());
      }
    }
    files.put(DirectoryStore.METADATA, encoding.metadata().toBcs());
    return files;
  }

  /** Changes one thing. */
  void spoil(Draws draws) throws IOException {
    Path path;
    try {
      path = root.resolve(drawName(draws));
    } catch (InvalidPathException _) {
      return; // no file can have this name here
    }
    Optional<byte[]> content = content(path);
    switch (draws.below(11)) {
      case 0 -> delete(path);
      case 1 -> content.filter(c -> c.length > 0).ifPresent(c -> write(path, flipped(draws, c)));
      case 2 -> content.ifPresent(c -> write(path, Arrays.copyOf(c, draws.below(c.length + 1))));
      case 3 ->
          content.ifPresent(c -> write(path, Arrays.copyOf(c, c.length + draws.of(1, 5, 70_000))));
      case 4 -> write(path, new byte[0]);
      case 5 -> write(path, truth.get(drawFile(draws)));
      case 6 -> write(path, foreign.get(drawFile(draws)));
      case 7 -> write(path, draws.bytes(draws.below(40)));
      case 8 -> {
        delete(path);
        makeDirectory(path);
      }
      case 9 -> link(path, path);
      default -> link(path, root.resolve(draws.of(drawFile(draws), "nowhere", "primary")));
    }
  }

  private String drawName(Draws draws) {
    return switch (draws.below(8)) {
      case 0 -> draws.of(STRANGE_NAMES);
      case 1 -> draws.of(Axis.PRIMARY + "", Axis.SECONDARY + "", DirectoryStore.METADATA);
      case 2 -> Axis.SECONDARY + "/" + draws.below(10) + draws.below(10) + "07.bcs";
      default -> drawFile(draws);
    };
  }

  private String drawFile(Draws draws) {
    List<String> names = new ArrayList<>(truth.keySet());
    return names.get(draws.below(names.size()));
  }

  private static byte[] flipped(Draws draws, byte[] content) {
    byte[] flipped = content.clone();
    flipped[draws.below(content.length)] ^= (byte) (1 + draws.below(255));
    return flipped;
  }

  /** Returns what each file holds, by its name; links are left out. */
  Map<String, byte[]> contents() throws IOException {
    Map<String, byte[]> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.toList()) {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          contents.put(root.relativize(file).toString(), Files.readAllBytes(file));
        }
      }
    }
    return contents;
  }

  /** Returns the files as the encoder wrote them. */
  Map<String, byte[]> truth() {
    return truth;
  }

  /**
   * Returns whether decoding has what it needs: metadata, both places, enough good files of an
   * axis.
   */
  boolean isDecodable(EncodingParameters parameters) {
    boolean enough = false;
    for (Axis axis : Axis.values()) {
      Path place = root.resolve(axis.toString());
      if (Files.exists(place, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(place)) {
        return false;
      }
      long good =
          truth.keySet().stream().filter(n -> n.startsWith(axis + "/") && isTrue(n)).count();
      enough |= good >= parameters.sourceSymbols(axis);
    }
    return enough && isTrue(DirectoryStore.METADATA);
  }

  /** Returns whether a file is as the encoder wrote it. */
  boolean isTrue(String name) {
    return content(root.resolve(name)).filter(c -> Arrays.equals(c, truth.get(name))).isPresent();
  }

  /** Returns whether all files are as the encoder wrote them. */
  boolean isWhole() {
    return truth.keySet().stream().allMatch(this::isTrue);
  }

  private static Optional<byte[]> content(Path path) {
    try {
      return Files.isRegularFile(path) ? Optional.of(Files.readAllBytes(path)) : Optional.empty();
    } catch (IOException e) {
      throw new AssertionError(path + " cannot be read by the test itself", e);
    }
  }

  private void write(Path path, byte[] content) {
    try {
      delete(path);
      makeDirectory(path.getParent());
      if (Files.isDirectory(path.getParent())) {
        Files.write(path, content);
      }
    } catch (IOException e) {
      throw new AssertionError(path + " cannot be written by the test itself", e);
    }
  }

  private void link(Path path, Path target) throws IOException {
    delete(path);
    makeDirectory(path.getParent());
    if (Files.isDirectory(path.getParent())) {
      Files.createSymbolicLink(path, target);
    }
  }

  /** Makes it where there is nothing in the way. */
  private void makeDirectory(Path path) throws IOException {
    for (Path p = root.getParent(); !p.equals(path); ) {
      p = p.resolve(p.relativize(path).getName(0));
      if (!Files.exists(p, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectory(p);
      } else if (!Files.isDirectory(p)) {
        return;
      }
    }
  }

  /** Deletes a file, a link, or a directory with all that is in it, if there is one. */
  static void delete(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException e)
              throws IOException {
            if (e != null) {
              throw e;
            }
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
