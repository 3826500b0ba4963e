package io.redstuff.cli;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.Sliver;
import io.redstuff.codec.ExpandedSliver;
import io.redstuff.codec.RedStuff;
import io.redstuff.codec.SliverVerifier;
import io.redstuff.codec.VerifiedSliver;
import io.redstuff.error.RedStuffException;
import io.redstuff.error.VerificationException;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.stream.BlobSource;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads slivers and proves them against the metadata, on as many threads as the codec may use. */
final class SliverInspector {

  private final RedStuff codec;
  private final VerifiedMetadata metadata;
  private final long primaryBytes;
  private final long secondaryBytes;

  /**
   * Inspects slivers of the blob of {@code metadata}, which has the parameters of {@code codec}.
   */
  SliverInspector(RedStuff codec, VerifiedMetadata metadata) {
    this.codec = codec;
    this.metadata = metadata;
    this.primaryBytes = fileBytes(Axis.PRIMARY);
    this.secondaryBytes = fileBytes(Axis.SECONDARY);
  }

  /**
   * Says what is at each of {@code files}, in their order. Nothing that was read is kept: a good
   * sliver's content is gone.
   */
  List<SliverState> inspect(List<SliverFile> files, Progress progress) {
    return Workers.map(
        codec.parallelism(),
        files,
        progress,
        work -> {
          // A verifier keeps tables and work memory, so each worker has one for all its files.
          SliverVerifier verifier = codec.newVerifier(work);
          return file -> {
            // One arena per sliver: no more is mapped at a time than is being looked at.
            try (Arena arena = Arena.ofConfined()) {
              return inspect(file, arena, sliver -> verifier.verify(metadata, sliver));
            }
          };
        });
  }

  /** Whether {@code content} is the sliver that belongs at {@code place}. */
  boolean isGood(SliverFile place, Path content) {
    SliverFile file = new SliverFile(place.id(), place.pair(), content, place.name());
    try (Arena arena = Arena.ofConfined()) {
      return inspect(file, arena, sliver -> codec.verify(metadata, sliver))
          instanceof SliverState.Good;
    }
  }

  /**
   * Says what is at each of {@code files}, in their order, and keeps what was read.
   *
   * @param arena shared between threads; good slivers live as long as it does
   */
  List<SliverState> load(List<SliverFile> files, Arena arena, Progress progress) {
    return Workers.map(
        codec.parallelism(),
        files,
        progress,
        work -> {
          SliverVerifier verifier = codec.newVerifier(work);
          return file -> inspect(file, arena, sliver -> verifier.verify(metadata, sliver));
        });
  }

  /**
   * Says what is at each of {@code files}, in their order, and shows each good sliver, expanded, to
   * {@code user}. Nothing that was read is kept.
   *
   * @param user called by several threads at once; what it is shown is gone when it returns
   */
  List<SliverState> expand(
      List<SliverFile> files, Consumer<ExpandedSliver> user, Progress progress) {
    return Workers.map(
        codec.parallelism(),
        files,
        progress,
        _ ->
            file -> {
              try (Arena arena = Arena.ofConfined()) {
                return inspect(
                    file,
                    arena,
                    sliver -> {
                      ExpandedSliver expanded = codec.expand(metadata, sliver, arena);
                      user.accept(expanded);
                      return expanded.verified();
                    });
              }
            });
  }

  /** Proves a sliver one way or another. */
  @FunctionalInterface
  private interface Check {
    VerifiedSliver verify(Sliver sliver) throws VerificationException;
  }

  /**
   * What keeps {@code file} from being the sliver that belongs there, as far as its length, its
   * first and its last bytes tell; empty if nothing does.
   */
  Optional<SliverState> fault(SliverFile file) {
    try (Arena arena = Arena.ofConfined()) {
      Optional<SliverState> unreadable = unreadable(file);
      if (unreadable.isPresent() || hasRightEnds(file, arena)) {
        return unreadable;
      }
      // All of the file is looked at to say what is wrong with it.
      SliverState state =
          verify(
              file, MappedFile.open(file.path(), arena), sliver -> codec.verify(metadata, sliver));
      return state instanceof SliverState.Good ? Optional.empty() : Optional.of(state);
    } catch (IOException e) {
      return Optional.of(failure(file, e));
    }
  }

  private boolean hasRightEnds(SliverFile file, Arena arena) throws IOException {
    MemorySegment header =
        SliverBcs.header(
            metadata.parameters().sliverLength(file.id().axis(), metadata.symbolSize()));
    MemorySegment trailer = SliverBcs.trailer(file.id(), metadata.symbolSize());
    try (FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ)) {
      BlobSource content = BlobSource.of(channel);
      return hasAt(content, 0, header, arena)
          && hasAt(content, fileBytes(file.id().axis()) - trailer.byteSize(), trailer, arena);
    }
  }

  private static boolean hasAt(BlobSource content, long offset, MemorySegment expected, Arena arena)
      throws IOException {
    MemorySegment got = arena.allocate(expected.byteSize());
    content.read(offset, got);
    return got.mismatch(expected) < 0;
  }

  private SliverState inspect(SliverFile file, Arena arena, Check check) {
    try {
      Optional<SliverState> unreadable = unreadable(file);
      return unreadable.isPresent()
          ? unreadable.get()
          : verify(file, MappedFile.open(file.path(), arena), check);
    } catch (IOException e) {
      return failure(file, e);
    }
  }

  private Optional<SliverState> unreadable(SliverFile file) throws IOException {
    Path path = file.path();
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.of(new SliverState.Missing(file));
    }
    if (!Files.isRegularFile(path)) {
      return Optional.of(new SliverState.Bad(file, "not a regular file"));
    }
    long expected = file.id().axis() == Axis.PRIMARY ? primaryBytes : secondaryBytes;
    // Asked first: a file of another length needs no reading, however long it is.
    long size = Files.size(path);
    return size == expected
        ? Optional.empty()
        : Optional.of(
            new SliverState.Bad(file, "got a file of " + size + " bytes, expected " + expected));
  }

  private static SliverState failure(SliverFile file, IOException e) {
    return e instanceof NoSuchFileException
        ? new SliverState.Missing(file)
        : new SliverState.Bad(file, "cannot be read: " + ErrorText.reason(e));
  }

  private SliverState verify(SliverFile file, MemorySegment content, Check check) {
    try {
      Sliver sliver = Sliver.parse(file.id().axis(), content);
      if (!sliver.id().equals(file.id())) {
        return new SliverState.Bad(file, "holds sliver " + sliver.id() + ", expected " + file.id());
      }
      return new SliverState.Good(file, check.verify(sliver));
    } catch (RedStuffException e) {
      return new SliverState.Bad(file, e.getMessage());
    }
  }

  private long fileBytes(Axis axis) {
    EncodingParameters parameters = metadata.parameters();
    return SliverBcs.length(parameters.sliverLength(axis, metadata.symbolSize()));
  }
}
