package io.redstuff.cli;

import io.redstuff.Axis;
import io.redstuff.RedStuff;
import io.redstuff.RedStuffException;
import io.redstuff.proof.VerifiedMetadata;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.EnumMap;
import java.util.Map;
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

  private final Session session;

  @Mixin private StoredBlobOptions stored;

  @Mixin private ThreadsOption threads;

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
    SliverCollector collector =
        new SliverCollector(session, directory, new SliverInspector(codec, metadata), metadata);
    Map<Axis, String> shortage = new EnumMap<>(Axis.class);
    for (Axis from : axis.axes(collector)) {
      try (Arena arena = Arena.ofShared()) {
        SliverCollector.Collected collected = collector.collect(from, arena);
        if (collected.isEnough()) {
          target.write(decode(codec, metadata, collected, arena));
          return ExitCode.OK;
        }
        shortage.put(from, collected.describe());
      }
    }
    throw CommandException.badData(
        stored.input() + ": too few good slivers: " + String.join("; ", shortage.values()));
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
}
