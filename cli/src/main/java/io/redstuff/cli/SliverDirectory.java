package io.redstuff.cli;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.SliverPairIndex;
import io.redstuff.proof.VerifiedMetadata;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How an encoded blob lies on disk: {@code metadata.bcs}, and one file per sliver pair index in
 * {@code primary/} and in {@code secondary/}, named by the index in at least four digits.
 *
 * <p>The metadata is written last, so that a directory that has it was whole once.
 */
final class SliverDirectory {

  /** The metadata with its blob id, in BCS. */
  static final String METADATA = "metadata.bcs";

  private static final String SUFFIX = ".bcs";
  private static final int MIN_DIGITS = 4;
  private static final Pattern SLIVER_NAME = Pattern.compile("[0-9]{4,5}\\.bcs");

  private final Path root;

  private SliverDirectory(Path root) {
    this.root = root;
  }

  /** The encoded blob at {@code root}, which need not exist. */
  static SliverDirectory at(Path root) {
    return new SliverDirectory(root);
  }

  /**
   * The encoded blob at {@code root}.
   *
   * @throws CommandException if {@code root} is no directory
   */
  static SliverDirectory existing(Path root) throws CommandException {
    if (!Files.isDirectory(root)) {
      throw CommandException.usage(
          root + ": " + (Files.exists(root) ? "not a directory" : "no such directory"));
    }
    return new SliverDirectory(root);
  }

  /** The directory itself. */
  Path root() {
    return root;
  }

  /** Where the metadata is. */
  Path metadataFile() {
    return root.resolve(METADATA);
  }

  /** Where the slivers of {@code axis} are. */
  Path axisDirectory(Axis axis) {
    return root.resolve(axis.toString());
  }

  /**
   * Makes sure, before anything is written, that the slivers of the two axes do not lie in one
   * place by way of a link: their files have the same names and would overwrite each other.
   */
  void checkAxesApart() throws CommandException {
    Path primary = axisDirectory(Axis.PRIMARY);
    Path secondary = axisDirectory(Axis.SECONDARY);
    try {
      if (Files.isDirectory(primary)
          && Files.isDirectory(secondary)
          && Files.isSameFile(primary, secondary)) {
        throw CommandException.usage(
            root + ": " + Axis.PRIMARY + " and " + Axis.SECONDARY + " are the same directory");
      }
    } catch (IOException e) {
      throw CommandException.io(root.toString(), e);
    }
  }

  /** Where the sliver of {@code axis} of {@code pair} is. */
  SliverFile file(Axis axis, SliverPairIndex pair, EncodingParameters parameters) {
    return SliverFile.of(root, axis, pair, parameters);
  }

  /** The places of all slivers of {@code axis}, in order of their pairs. */
  List<SliverFile> files(Axis axis, EncodingParameters parameters) {
    List<SliverFile> files = new ArrayList<>(parameters.shards());
    for (int p = 0; p < parameters.shards(); p++) {
      files.add(file(axis, SliverPairIndex.of(p), parameters));
    }
    return files;
  }

  /** The name of the files of {@code pair}: as many digits as the largest index needs, but four. */
  static String fileName(SliverPairIndex pair, EncodingParameters parameters) {
    return String.format(Locale.ROOT, "%0" + digits(parameters) + "d", pair.value()) + SUFFIX;
  }

  /** Whether {@code name} is a sliver's in an encoding with some number of shards. */
  static boolean isSliverName(String name) {
    return SLIVER_NAME.matcher(name).matches();
  }

  /**
   * Whether {@code file} is one of those that make up an encoded blob here, of any number of
   * shards. Both must exist.
   */
  boolean owns(Path file) throws IOException {
    Path real = file.toRealPath();
    Path realRoot = root.toRealPath();
    if (!real.startsWith(realRoot)) {
      return false;
    }
    Path inside = realRoot.relativize(real);
    return inside.equals(Path.of(METADATA))
        || (inside.getNameCount() == 2
            && isSliverName(inside.getFileName().toString())
            && Arrays.stream(Axis.values()).anyMatch(axis -> inside.startsWith(axis.toString())));
  }

  /**
   * Reads the metadata and proves it against its own blob id, and that against {@code expected}.
   *
   * @throws CommandException with {@link ExitCode#USAGE} if there is no metadata, {@link
   *     ExitCode#BAD_DATA} if it is malformed or not that of the blob
   */
  VerifiedMetadata readMetadata(Optional<BlobId> expected) throws CommandException {
    if (Files.notExists(metadataFile())) {
      throw CommandException.usage(
          root + ": no " + METADATA + " there: not a directory that an encode finished");
    }
    return MetadataFile.read(metadataFile(), expected);
  }

  /** What lies in the directory of {@code axis}; nothing if there is no such directory. */
  Listing list(Axis axis, EncodingParameters parameters) throws CommandException {
    BitSet present = new BitSet(parameters.shards());
    List<String> strays = new ArrayList<>();
    Path directory = axisDirectory(axis);
    if (Files.notExists(directory)) {
      return new Listing(present, strays);
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        int pair = pairOf(name, parameters);
        if (pair >= 0) {
          present.set(pair);
        } else if (name.endsWith(SUFFIX)) {
          strays.add(axis + "/" + name);
        }
      }
    } catch (IOException e) {
      throw CommandException.io(directory.toString(), e);
    }
    Collections.sort(strays);
    return new Listing(present, strays);
  }

  /** The pair whose slivers have the name {@code fileName}, or -1 if no pair's have. */
  private static int pairOf(String fileName, EncodingParameters parameters) {
    if (!isSliverName(fileName) || fileName.length() != digits(parameters) + SUFFIX.length()) {
      return -1;
    }
    int pair = Integer.parseInt(fileName.substring(0, digits(parameters)));
    return pair < parameters.shards() ? pair : -1;
  }

  private static int digits(EncodingParameters parameters) {
    return Math.max(MIN_DIGITS, Integer.toString(parameters.shards() - 1).length());
  }

  /**
   * The files of one axis.
   *
   * @param present the pairs of which there is something by that name
   * @param strays other files that end as sliver files do, relative to the directory
   */
  record Listing(BitSet present, List<String> strays) {

    /** What is wrong with the name of a stray, given the encoding it lies in. */
    static String strayReason(EncodingParameters parameters) {
      return "not the name of a sliver (expected "
          + fileName(SliverPairIndex.of(0), parameters)
          + " to "
          + fileName(SliverPairIndex.of(parameters.shards() - 1), parameters)
          + ")";
    }
  }
}
