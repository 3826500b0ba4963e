package io.redstuff.cli.io;

import io.redstuff.store.AtomicFile;
import io.redstuff.store.Durability;
import io.redstuff.store.NamedIoException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Files that strangers have named, below a directory and never anywhere else. All names are looked
 * at before the first file is written. The directory must be empty, so that there is no link to
 * follow; unless all files are {@linkplain #keep kept}, closing takes them away.
 */
public final class ExtractedFiles implements AutoCloseable {
  private final Session session;
  private final Path directory;
  private final Deque<Path> made = new ArrayDeque<>();

  /** Writes the contents of a file. */
  @FunctionalInterface
  public interface Contents<X extends Exception> {
    /** Writes all of it. */
    void write(OutputStream out) throws IOException, X;
  }

  /**
   * Checks the directory, which is made if need be, and the names.
   *
   * @throws CommandException if the directory is not empty, or a name could not be that of a file
   *     below it on every system, or two of them could not both be
   */
  public ExtractedFiles(Session session, Path directory, List<String> identifiers)
      throws CommandException, IOException {
    this.session = session;
    this.directory = directory;
    Map<String, String> taken = new HashMap<>();
    for (String identifier : identifiers) {
      checkName(identifier);
      String other = taken.put(folded(identifier), identifier);
      if (other != null) {
        throw clash(identifier, other);
      }
    }
    for (String identifier : identifiers) {
      for (int end = identifier.indexOf('/'); end > 0; end = identifier.indexOf('/', end + 1)) {
        String other = taken.get(folded(identifier.substring(0, end)));
        if (other != null) {
          throw clash(identifier, other);
        }
      }
    }
    checkEmpty();
  }

  private static CommandException clash(String identifier, String other) {
    return CommandException.usage(
        "got '" + other + "' and '" + identifier + "', expected files that can be side by side");
  }

  /** Returns what is the same for names that are the same on some system. */
  private static String folded(String name) {
    String upper = Normalizer.normalize(name, Normalizer.Form.NFC).toUpperCase(Locale.ROOT);
    return Normalizer.normalize(upper.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
  }

  private void checkName(String identifier) throws CommandException {
    for (String part : identifier.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..") || part.indexOf('\\') >= 0) {
        throw CommandException.usage(
            "got '" + identifier + "', expected the relative path of a file without . and ..");
      }
    }
    try {
      Path path = directory.resolve(identifier);
      if (!path.normalize().startsWith(directory.normalize()) || Path.of(identifier).isAbsolute()) {
        throw CommandException.usage("got '" + identifier + "', expected a relative path");
      }
    } catch (InvalidPathException e) {
      throw CommandException.usage("'" + identifier + "': no file name here", e);
    }
  }

  private void checkEmpty() throws CommandException, IOException {
    if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> there = Files.list(directory)) {
      if (there.findAny().isPresent()) {
        throw CommandException.usage(directory + ": directory is not empty");
      }
    } catch (IOException e) {
      throw NamedIoException.of(e, directory.toString());
    }
  }

  /** Writes a file that is among the names. */
  public <X extends Exception> void write(String identifier, Contents<X> contents)
      throws IOException, X {
    Path file = directory.resolve(identifier);
    try {
      makeDirectories(file.getParent());
      try (AtomicFile draft = AtomicFile.of(session.files(), file)) {
        try (OutputStream out = Channels.newOutputStream(draft.open())) {
          contents.write(out);
        }
        draft.publish(Durability.BUFFERED);
        made.push(file);
      }
    } catch (IOException e) {
      throw NamedIoException.of(e, file.toString());
    }
  }

  private void makeDirectories(Path wanted) throws IOException {
    if (wanted != null && !Files.isDirectory(wanted)) {
      makeDirectories(wanted.getParent());
      Files.createDirectory(wanted);
      made.push(wanted);
    }
  }

  /** Keeps what was written. */
  public void keep() throws IOException {
    makeDirectories(directory);
    made.clear();
  }

  @Override
  public void close() throws IOException {
    while (!made.isEmpty()) {
      Files.deleteIfExists(made.pop());
    }
  }
}
