package io.redstuff.cli.io;

import io.redstuff.EncodingParameters;
import io.redstuff.quilt.Quilt;
import io.redstuff.quilt.QuiltFile;
import io.redstuff.store.NamedIoException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Files and directories that become a quilt, with what is said about them. */
public final class PackedFiles {
  private final List<QuiltFile> files = new ArrayList<>();

  /**
   * Takes all files below directories, called by their paths from there, and single files, called
   * by their paths if these are relative and do not go up, otherwise by their names. Symbolic links
   * are followed.
   */
  public PackedFiles(List<Path> operands) throws CommandException, NamedIoException {
    for (Path operand : operands) {
      if (Files.isDirectory(operand)) {
        for (Path file : filesBelow(operand)) {
          add(identifier(operand.relativize(file)), file);
        }
      } else {
        Path path = operand.normalize();
        boolean inside = !path.isAbsolute() && !path.startsWith("..");
        add(identifier(inside ? path : path.getFileName()), operand);
      }
    }
    if (files.isEmpty()) {
      throw CommandException.usage("got no files, expected at least one");
    }
  }

  private static List<Path> filesBelow(Path directory) throws NamedIoException {
    try (Stream<Path> paths = Files.walk(directory, FileVisitOption.FOLLOW_LINKS)) {
      return paths.filter(path -> !Files.isDirectory(path)).sorted().toList();
    } catch (UncheckedIOException e) {
      throw NamedIoException.of(e.getCause(), directory.toString());
    } catch (IOException e) {
      throw NamedIoException.of(e, directory.toString());
    }
  }

  private static String identifier(Path path) {
    return StreamSupport.stream(path.spliterator(), false)
        .map(Path::toString)
        .collect(Collectors.joining("/"));
  }

  private void add(String identifier, Path file) throws CommandException, NamedIoException {
    try {
      QuiltFile packed = QuiltFile.of(identifier, file); // a missing one is called missing
      if (!Files.isRegularFile(file)) {
        throw CommandException.usage(file + ": not a regular file");
      }
      files.add(packed);
    } catch (IOException e) {
      throw NamedIoException.of(e, file.toString());
    }
  }

  /** Adds tags, by identifier. */
  public void tag(Map<String, Map<String, String>> tags) throws CommandException {
    for (Map.Entry<String, Map<String, String>> entry : tags.entrySet()) {
      tag(
          entry.getKey(),
          all -> {
            all.putAll(entry.getValue());
            return all;
          });
    }
  }

  /**
   * Adds a tag, given as {@code FILE:KEY=VALUE}. An identifier may have colons, so the longest one
   * counts that fits.
   */
  public void tag(String text) throws CommandException {
    String identifier =
        files.stream()
            .map(QuiltFile::identifier)
            .filter(name -> text.startsWith(name + ":") && text.indexOf('=', name.length()) > 0)
            .reduce((a, b) -> a.length() >= b.length() ? a : b)
            .orElseThrow(
                () ->
                    CommandException.usage(
                        "--tag " + text + ": expected FILE:KEY=VALUE, with a file that is packed"));
    String tag = text.substring(identifier.length() + 1);
    int equals = tag.indexOf('=');
    tag(
        identifier,
        all -> {
          all.put(tag.substring(0, equals), tag.substring(equals + 1));
          return all;
        });
  }

  private void tag(String identifier, UnaryOperator<Map<String, String>> change)
      throws CommandException {
    boolean found = false;
    for (int i = 0; i < files.size(); i++) {
      QuiltFile file = files.get(i);
      if (file.identifier().equals(identifier)) {
        try {
          files.set(i, file.withTags(change.apply(new TreeMap<>(file.tags()))));
        } catch (IllegalArgumentException e) {
          throw CommandException.usage(e.getMessage(), e);
        }
        found = true;
      }
    }
    if (!found) {
      throw CommandException.usage("tags: no file '" + identifier + "' is packed");
    }
  }

  /** Returns the lengths of the files. */
  public List<Long> lengths() {
    return files.stream().map(file -> file.contents().length()).toList();
  }

  /** Packs the files. */
  public Quilt pack(EncodingParameters parameters) throws CommandException, IOException {
    try {
      return Quilt.pack(parameters, files);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(e.getMessage(), e);
    }
  }
}
