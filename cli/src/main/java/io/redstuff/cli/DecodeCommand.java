package io.redstuff.cli;

import io.redstuff.Axis;
import io.redstuff.codec.RedStuff;
import io.redstuff.error.InsufficientDataException;
import io.redstuff.error.RedStuffException;
import io.redstuff.error.VerificationException;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.stream.StreamDecoder;
import io.redstuff.stream.Workspace;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code redstuff decode}: slivers back into the file. */
@Command(
    name = "decode",
    header = "Get a file back from its slivers.",
    description = {
      "",
      "Reads as many of the slivers in DIR as it needs. Each is proven against the metadata before"
          + " it is used; bad ones are named and skipped. Any n-2f primary or any n-f secondary"
          + " slivers are enough, where f = (n-1)/3: 334 or 667 of 1000. The output takes its name"
          + " when it is whole; nothing goes to standard output before everything is checked.",
      "",
      "Example:",
      "  redstuff decode out -o photo.jpg",
      "  redstuff decode out -o - | tar x",
      ""
    })
final class DecodeCommand implements Callable<Integer> {

  /** What decoding takes beside the blob, the slivers and what is computed of them. */
  private static final long TABLES_MEMORY = 16L << 20;

  private final Session session;

  @Mixin private StoredBlobOptions stored;

  @Mixin private ThreadsOption threads;

  @Mixin private MemoryOption memory;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE",
      description = "File to write; '-' is standard output. A file of that name is replaced.")
  private String output;

  @Option(
      names = "--axis",
      paramLabel = "AXIS",
      defaultValue = "auto",
      description = "Slivers to decode from: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private AxisChoice axis;

  @Option(
      names = "--check",
      paramLabel = "CHECK",
      defaultValue = "default",
      description =
          "How far to check that the writer encoded consistently: ${COMPLETION-CANDIDATES}"
              + " (default: ${DEFAULT-VALUE}). 'default' hashes the rows of the blob that no given"
              + " sliver has shown; 'strict' encodes again and compares the blob id.")
  private CheckChoice check;

  DecodeCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws CommandException, RedStuffException {
    SliverDirectory directory = stored.directory();
    OutputTarget target = OutputTarget.of(session, output);
    VerifiedMetadata metadata = stored.readMetadata(directory);
    RedStuff codec = threads.applyTo(ShardsOption.codec(metadata.parameters()));
    Path spills = target.directory().orElse(SpillFile.systemDirectory());
    long least = StreamDecoder.of(codec, Workspace.ofMemory(Long.MAX_VALUE)).minimumMemory();
    Workspace workspace =
        memory.workspace(metadata.parameters(), metadata.blobLength(), least, spills);
    SliverCollector collector =
        new SliverCollector(session, directory, new SliverInspector(codec, metadata), metadata);
    Map<Axis, String> shortage = new EnumMap<>(Axis.class);
    for (Axis from : axis.axes(collector)) {
      Optional<String> lack =
          fits(metadata, workspace)
              ? decodeInMemory(from, codec, metadata, collector, target)
              : decodeByPieces(from, codec, metadata, directory, collector, workspace, target);
      if (lack.isEmpty()) {
        return ExitCode.OK;
      }
      shortage.put(from, lack.get());
    }
    throw CommandException.badData(
        stored.input() + ": too few good slivers: " + String.join("; ", shortage.values()));
  }

  /** Whether the blob, the work on it and the slivers, which are mapped, fit into memory. */
  private static boolean fits(VerifiedMetadata metadata, Workspace workspace) {
    return 3 * metadata.blobLength() + TABLES_MEMORY <= workspace.memoryBudget();
  }

  /** Gives out the blob, or says what was lacking for that. */
  private Optional<String> decodeInMemory(
      Axis from,
      RedStuff codec,
      VerifiedMetadata metadata,
      SliverCollector collector,
      OutputTarget target)
      throws CommandException, RedStuffException {
    try (Arena arena = Arena.ofShared()) {
      SliverCollector.Collected collected = collector.collect(from, arena);
      if (!collected.isEnough()) {
        return Optional.of(collected.describe());
      }
      target.write(decode(codec, metadata, collected, arena));
      return Optional.empty();
    }
  }

  private MemorySegment decode(
      RedStuff codec, VerifiedMetadata metadata, SliverCollector.Collected collected, Arena arena)
      throws RedStuffException {
    MemorySegment blob = arena.allocate(metadata.blobLength());
    try (Arena work = Arena.ofConfined();
        Progress _ = session.startProgress("decoding", -1, "")) {
      codec.newDecoder(work).decodeVerified(metadata, collected.slivers(), check.check(), blob);
    }
    return blob;
  }

  /** As {@link #decodeInMemory}, with a file in the place of memory. */
  private Optional<String> decodeByPieces(
      Axis from,
      RedStuff codec,
      VerifiedMetadata metadata,
      SliverDirectory directory,
      SliverCollector collector,
      Workspace workspace,
      OutputTarget target)
      throws CommandException, RedStuffException {
    collector.complainOfStrays(from);
    List<SliverState.Bad> bad = Collections.synchronizedList(new ArrayList<>());
    StoredSlivers slivers =
        new StoredSlivers(
            directory,
            metadata,
            new SliverInspector(codec, metadata),
            sliver -> sliver.axis() == from,
            bad::add);
    try (OutputDraft draft =
            target.draft(
                workspace.spillDirectory().orElse(SpillFile.systemDirectory()),
                metadata.blobLength());
        WorkProgress progress = new WorkProgress(session, "decoding", metadata.blobLength())) {
      StreamDecoder.of(codec, workspace)
          .reportingTo(
              sliver -> slivers.leaveOut(sliver, SliverState.Bad.wrongHash(sliver, metadata)))
          .watchedBy(progress)
          .decode(metadata, slivers, check.check(), draft.blob());
      draft.publish();
      return Optional.empty();
    } catch (InsufficientDataException _) {
      return Optional.of(slivers.describe(from));
    } catch (VerificationException e) {
      if (e.reason() == VerificationException.Reason.INCONSISTENT_BLOB) {
        throw e;
      }
      return Optional.of(slivers.describe(from));
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(e.getMessage(), e);
    } catch (IOException e) {
      throw NamedIoException.toCommandException(e, "temporary file");
    } finally {
      bad.stream()
          .sorted(Comparator.comparing(state -> state.file().id()))
          .forEachOrdered(state -> session.complain(state.skipped()));
    }
  }
}
