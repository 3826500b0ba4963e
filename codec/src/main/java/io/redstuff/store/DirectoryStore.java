package io.redstuff.store;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.stream.BlobSource;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An encoded blob as files: {@code metadata.bcs}, and one file for each sliver pair in {@code
 * primary/} and in {@code secondary/}, named by the index of the pair in at least four digits. Each
 * is BCS sliver data.
 *
 * <p>No file is open between calls: there may be more of them than a process may have open.
 *
 * @since 0.1.0
 */
public final class DirectoryStore implements SliverStore {
  /** The metadata with its blob id. */
  public static final String METADATA = "metadata.bcs";

  private static final String SUFFIX = ".bcs";
  private static final int MIN_DIGITS = 4;

  private static final ValueLayout.OfShort U16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final Pattern SLIVER_NAME = Pattern.compile("[0-9]{4,5}\\.bcs");

  private final Path root;
  private final CreatedFiles files;

  private DirectoryStore(Path root, CreatedFiles files) {
    this.root = root;
    this.files = files;
  }

  /**
   * {@return the encoding in a directory, which need not exist before something is written}
   *
   * @param root the directory
   */
  public static DirectoryStore at(Path root) {
    return at(root, new CreatedFiles());
  }

  /**
   * {@return the encoding in a directory, whose writing somebody may stop}
   *
   * @param root the directory
   * @param files that whatever is written is a part of
   */
  public static DirectoryStore at(Path root, CreatedFiles files) {
    return new DirectoryStore(root, files);
  }

  /** {@return the file of the metadata, which need not exist} */
  public Path metadataFile() {
    return root.resolve(METADATA);
  }

  /**
   * {@return the file of a sliver, which need not exist}
   *
   * @param sliver which sliver
   * @param parameters the shape of the encoding
   * @throws IndexOutOfBoundsException if the encoding has no such sliver
   */
  public Path file(SliverId sliver, EncodingParameters parameters) {
    return root.resolve(name(sliver, parameters));
  }

  /**
   * {@return whether a file is one of those that make up an encoding here, of any number of shards:
   * whether {@link SliverStore.Mode#REPLACE} would take it away}
   *
   * @param file a file that exists
   * @throws IOException if that cannot be found out
   */
  public boolean owns(Path file) throws IOException {
    if (!Files.isDirectory(root) || !file.toRealPath().startsWith(root.toRealPath())) {
      return false;
    }
    Path inside = root.toRealPath().relativize(file.toRealPath());
    return inside.equals(Path.of(METADATA))
        || (inside.getNameCount() == 2
            && isSliverName(inside.getFileName())
            && Arrays.stream(Axis.values()).anyMatch(axis -> inside.startsWith(axis.toString())));
  }

  @Override
  public byte[] readMetadata(int limit) throws IOException {
    if (!Files.isDirectory(root)) {
      String reason = Files.exists(root) ? "not a directory" : "no such directory";
      throw new NamedIoException(root.toString(), new IOException(reason));
    }
    if (Files.notExists(metadataFile())) {
      String reason = "no " + METADATA + " there: not a directory that an encode finished";
      throw new NamedIoException(root.toString(), new IOException(reason));
    }
    try (InputStream in = Files.newInputStream(metadataFile())) {
      return in.readNBytes(limit); // a device may have no end
    } catch (IOException e) {
      throw new NamedIoException(metadataFile().toString(), e);
    }
  }

  @Override
  public SliverState look(SliverPlace place) {
    Path file = file(place);
    SliverState found = SliverState.unchecked(place, name(place.sliver(), place.parameters()));
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) {
        return found.asBad("not a regular file");
      }
      long expected = Sliver.bcsLength(place.length());
      return attributes.size() == expected
          ? look(place, file, found)
          : found.asBad("got a file of " + attributes.size() + " bytes, expected " + expected);
    } catch (NoSuchFileException _) {
      return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
          ? found.asBad("not a regular file")
          : found.as(SliverState.Condition.MISSING);
    } catch (IOException e) {
      return found.asBad(StoredSlivers.unreadable(e));
    }
  }

  /** Looks at what stands around the symbols of a file of the right length. */
  private static SliverState look(SliverPlace place, Path file, SliverState found)
      throws IOException {
    byte[] header = Sliver.bcsHeader(place.length());
    MemorySegment start = MemorySegment.ofArray(new byte[header.length]);
    MemorySegment end = MemorySegment.ofArray(new byte[2 * Short.BYTES]);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      BlobSource content = BlobSource.of(channel);
      content.read(0, start);
      content.read(content.length() - end.byteSize(), end);
    }
    if (start.mismatch(MemorySegment.ofArray(header)) >= 0) {
      return found.asBad("at byte 0: not the length of " + place.length() + " bytes of symbols");
    }
    int symbolSize = Short.toUnsignedInt(end.get(U16, 0));
    if (symbolSize != place.symbolSize()) {
      return found.asBad(
          "got symbols of %s bytes, expected %s".formatted(symbolSize, place.symbolSize()));
    }
    SliverId label = new SliverId(place.axis(), Short.toUnsignedInt(end.get(U16, Short.BYTES)));
    return label.equals(place.sliver())
        ? found
        : found.asBad("holds sliver %s, expected %s".formatted(label, place.sliver()));
  }

  @Override
  public void read(SliverPlace place, long offset, MemorySegment target) throws IOException {
    read(file(place), place, offset, target);
  }

  static void read(Path file, SliverPlace place, long offset, MemorySegment target)
      throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      BlobSource.of(channel).read(Sliver.bcsHeader(place.length()).length + offset, target);
    } catch (IOException e) {
      throw new NamedIoException(file.toString(), e);
    }
  }

  @Override
  public List<String> strays(EncodingParameters parameters) throws IOException {
    List<String> strays = new ArrayList<>();
    for (Axis axis : Axis.values()) {
      Path directory = axisDirectory(axis);
      if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
        for (Path entry : files.operations().list(directory)) {
          Path name = entry.getFileName();
          if (name.toString().endsWith(SUFFIX) && !isSliverName(name, parameters)) {
            strays.add(axis + "/" + name);
          }
        }
      }
    }
    Collections.sort(strays);
    return strays;
  }

  /**
   * Begins to write files, each under a temporary name first.
   *
   * @throws NamedIoException if the directory cannot be made; if it is not empty and must be, with
   *     a {@link DirectoryNotEmptyException} as its cause; or if by way of a link the slivers of
   *     both axes have one place, where they would overwrite each other
   */
  @Override
  public Batch begin(Mode mode, Durability durability) throws IOException {
    CreatedFiles part = files.part();
    try {
      if (mode == Mode.CREATE
          && Files.isDirectory(root)
          && !files.operations().list(root).isEmpty()) {
        throw new DirectoryNotEmptyException(root.toString());
      }
      part.createDirectories(root);
      Path primary = axisDirectory(Axis.PRIMARY);
      Path secondary = axisDirectory(Axis.SECONDARY);
      if (Files.isDirectory(primary)
          && Files.isDirectory(secondary)
          && Files.isSameFile(primary, secondary)) {
        throw new IOException("primary and secondary are the same directory");
      }
      if (mode != Mode.ADD) {
        part.createDirectories(primary);
        part.createDirectories(secondary);
      }
      return new DirectoryBatch(this, part, mode, durability);
    } catch (IOException e) {
      part.undo();
      throw NamedIoException.of(e, root.toString());
    }
  }

  Path root() {
    return root;
  }

  Path axisDirectory(Axis axis) {
    return root.resolve(axis.toString());
  }

  Path file(SliverPlace place) {
    return file(place.sliver(), place.parameters());
  }

  /** Returns the name of a file: as many digits as the largest index needs, but four. */
  private static String name(SliverId sliver, EncodingParameters parameters) {
    String format = "%s/%0" + digits(parameters) + "d" + SUFFIX;
    return String.format(Locale.ROOT, format, sliver.axis(), sliver.pair(parameters).value());
  }

  private static int digits(EncodingParameters parameters) {
    return Math.max(MIN_DIGITS, Integer.toString(parameters.shards() - 1).length());
  }

  /** Returns whether a name is a sliver's in an encoding with some number of shards. */
  static boolean isSliverName(Path name) {
    return SLIVER_NAME.matcher(name.toString()).matches();
  }

  private static boolean isSliverName(Path name, EncodingParameters parameters) {
    int digits = digits(parameters);
    return isSliverName(name)
        && name.toString().length() == digits + SUFFIX.length()
        && Integer.parseInt(name.toString().substring(0, digits)) < parameters.shards();
  }
}
