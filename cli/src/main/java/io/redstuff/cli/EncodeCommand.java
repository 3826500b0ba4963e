package io.redstuff.cli;

import io.redstuff.EncodingParameters;
import io.redstuff.SliverPairIndex;
import io.redstuff.codec.RedStuff;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.stream.BlobSource;
import io.redstuff.stream.BlobTarget;
import io.redstuff.stream.EncodingPlan;
import io.redstuff.stream.StreamEncoder;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code redstuff encode}: a file into slivers. */
@Command(
    name = "encode",
    header = "Encode a file into slivers.",
    description = {
      "",
      "Writes DIR/metadata.bcs and, for each sliver pair, one file in DIR/primary and one in"
          + " DIR/secondary, named by the pair's index as in 0000.bcs: byte for byte what the"
          + " official encoder makes. Prints the blob id. The files take their names when the last"
          + " of them is whole, the metadata last. When writing fails or is interrupted, the"
          + " directory is as it was before.",
      "",
      "Example:",
      "  redstuff encode -n 1000 -o out photo.jpg",
      "  redstuff encode --memory 512M --pairs 0-9,17,990- -o out film.mkv",
      ""
    })
final class EncodeCommand implements Callable<Integer> {

  private final Session session;

  @Mixin private ShardsOption shards;

  @Mixin private ThreadsOption threads;

  @Mixin private MemoryOption memory;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "DIR",
      description = "Directory for the result; made if need be.")
  private Path output;

  @Option(
      names = "--pairs",
      paramLabel = "I-J",
      split = ",",
      converter = PairRange.Converter.class,
      description =
          "Write the slivers of these pairs only: 17, 0-9, 200- or a list with commas (default:"
              + " all).")
  private List<PairRange> pairs = new ArrayList<>();

  @Option(
      names = "--no-metadata",
      description =
          "Write slivers only, and print no blob id. With few --pairs that costs little more than"
              + " their share; the metadata needs every sliver's hash.")
  private boolean noMetadata;

  @Option(
      names = "--force",
      description =
          "Write into a directory that is not empty. Metadata and slivers of an earlier encoding"
              + " give way to the new ones when these are whole; other files stay.")
  private boolean force;

  @Parameters(paramLabel = "FILE", description = "File to encode; '-' is standard input.")
  private String operand;

  EncodeCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws CommandException {
    RedStuff codec = threads.applyTo(shards.codec());
    Set<SliverPairIndex> wanted = wantedPairs(codec.parameters());
    SliverDirectory directory = SliverDirectory.at(output);
    refuseToReplaceInput(directory);
    Path spills = memory.spillDirectory(output);
    try {
      // Before the input is read: a bad output is no reason to wait for the end of a pipe.
      EncodingWriter.prepare(directory, session.files(), force);
      BlobInput source = new BlobInput(session, codec.parameters(), spills);
      try (FileChannel file = source.openFile(operand)) {
        encode(codec, directory, wanted, file)
            .ifPresent(metadata -> session.out().println(metadata.blobId()));
      } catch (IOException e) {
        throw NamedIoException.toCommandException(e, "temporary file in " + spills);
      }
      return ExitCode.OK;
    } catch (CommandException | RuntimeException | Error e) {
      session.files().undo(e);
      throw e;
    }
  }

  private Optional<VerifiedMetadata> encode(
      RedStuff codec, SliverDirectory directory, Set<SliverPairIndex> wanted, FileChannel file)
      throws CommandException, IOException {
    long length = file.size();
    EncodingParameters parameters = codec.parameters();
    StreamEncoder encoder = memory.encoder(codec, length, output);
    EncodingWriter writer =
        new EncodingWriter(directory, session.files(), parameters, parameters.symbolSize(length));
    try (Arena arena = Arena.ofShared();
        WorkProgress progress = new WorkProgress(session, "encoding", length)) {
      BlobSource blob = open(file, encoder.plan(length), arena);
      Optional<VerifiedMetadata> metadata = Optional.empty();
      if (noMetadata) {
        encoder.watchedBy(progress).encodePairs(blob, wanted, writer.slivers());
      } else {
        metadata = Optional.of(encoder.watchedBy(progress).encode(blob, wanted, writer.slivers()));
      }
      writer.finish(metadata);
      return metadata;
    }
  }

  private BlobSource open(FileChannel file, EncodingPlan plan, Arena arena) throws IOException {
    return plan.strategy() == EncodingPlan.Strategy.IN_MEMORY
        ? BlobSource.of(MappedFile.open(file, arena))
        : new NamedBlob(operand, BlobTarget.of(file, file.size()));
  }

  private Set<SliverPairIndex> wantedPairs(EncodingParameters parameters) throws CommandException {
    Set<SliverPairIndex> wanted = new TreeSet<>();
    List<PairRange> ranges = pairs.isEmpty() ? List.of(PairRange.ALL) : pairs;
    for (PairRange range : ranges) {
      range.pairs(parameters).forEach(wanted::add);
    }
    return wanted;
  }

  private void refuseToReplaceInput(SliverDirectory directory) throws CommandException {
    Path file = BlobInput.path(operand);
    try {
      if (force && Files.exists(file) && Files.isDirectory(output) && directory.owns(file)) {
        throw CommandException.usage(operand + ": lies among the files to be replaced");
      }
    } catch (IOException e) {
      throw CommandException.io(operand, e);
    }
  }
}
