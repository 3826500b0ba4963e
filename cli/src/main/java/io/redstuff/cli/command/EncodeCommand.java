package io.redstuff.cli.command;

import io.redstuff.EncodingParameters;
import io.redstuff.SliverPairIndex;
import io.redstuff.cli.io.BlobInput;
import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.ExitCode;
import io.redstuff.cli.io.NamedBlob;
import io.redstuff.cli.io.Session;
import io.redstuff.cli.io.WorkProgress;
import io.redstuff.cli.option.EncodedOutputOption;
import io.redstuff.cli.option.MemoryOption;
import io.redstuff.cli.option.PairRange;
import io.redstuff.cli.option.ShardsOption;
import io.redstuff.cli.option.ThreadsOption;
import io.redstuff.codec.RedStuff;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.store.DirectoryStore;
import io.redstuff.store.NamedIoException;
import io.redstuff.store.SliverStore;
import io.redstuff.stream.BlobSource;
import io.redstuff.stream.BlobTarget;
import io.redstuff.stream.EncodingPlan;
import io.redstuff.stream.SliverSink;
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
          + " of them is whole and on the device, the metadata last. When writing fails or is"
          + " interrupted, the directory is as it was before.",
      "",
      "Example:",
      "  redstuff encode -n 1000 -o out photo.jpg",
      "  redstuff encode --memory 512M --pairs 0-9,17,990- -o out film.mkv",
      ""
    })
public final class EncodeCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private ShardsOption shards;

  @Mixin private ThreadsOption threads;

  @Mixin private MemoryOption memory;

  @Mixin private EncodedOutputOption output;

  @Option(
      names = "--pairs",
      paramLabel = "I-J",
      split = ",",
      description =
          "Write the slivers of these pairs only: 17, 0-9, 200- or a list with commas (default:"
              + " all).")
  private List<PairRange> pairs = new ArrayList<>(List.of(PairRange.ALL));

  @Option(
      names = "--no-metadata",
      description =
          "Write slivers only, and print no blob id. With few --pairs that costs little more than"
              + " their share; the metadata needs every sliver's hash.")
  private boolean noMetadata;

  @Option(
      names = SealCommands.POLICY_OPTION,
      paramLabel = "POLICY",
      description =
          "Seal the file first, to whom this policy says ('redstuff seal policy' writes one). What"
              + " is encoded, and what its id is of, is the sealed file.")
  private Path policy;

  @Parameters(paramLabel = "FILE", description = "File to encode; '-' is standard input.")
  private String operand;

  /** Runs in {@code session}. */
  public EncodeCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws CommandException, IOException {
    RedStuff codec = threads.applyTo(shards.codec());
    Set<SliverPairIndex> wanted = wantedPairs(codec.parameters());
    DirectoryStore store = DirectoryStore.at(output.directory(), session.files());
    refuseToReplaceInput(store);
    Path spills = memory.spillDirectory(output.directory());
    // Before the input is read: a bad output is no reason to wait for the end of a pipe.
    try (SliverStore.Batch batch = output.begin(store);
        FileChannel file = new BlobInput(session, codec.parameters(), spills).openFile(operand)) {
      encode(codec, batch, wanted, file);
      return ExitCode.OK;
    }
  }

  private void encode(
      RedStuff codec, SliverStore.Batch batch, Set<SliverPairIndex> wanted, FileChannel file)
      throws CommandException, IOException {
    Optional<BlobSource> sealed = Optional.empty();
    if (policy != null) {
      sealed = Optional.of(SealCommands.find().seal(policy, named(file)));
    }
    long length = sealed.map(BlobSource::length).orElse(file.size());
    StreamEncoder encoder = memory.encoder(codec, length, output.directory());
    int symbolSize = codec.parameters().symbolSize(length);
    SliverSink sink = batch.sink(codec.parameters(), symbolSize);
    Optional<VerifiedMetadata> metadata = Optional.empty();
    try (Arena arena = Arena.ofShared();
        WorkProgress progress = new WorkProgress(session, "encoding")) {
      BlobSource blob = sealed.isPresent() ? sealed.get() : open(file, encoder.plan(length), arena);
      if (noMetadata) {
        encoder.watchedBy(progress).encodePairs(blob, wanted, sink);
      } else {
        metadata = Optional.of(encoder.watchedBy(progress).encode(blob, wanted, sink));
      }
      batch.commit(metadata.map(VerifiedMetadata::toBcs).orElse(new byte[0]));
    }
    metadata.ifPresent(whole -> session.out().println(whole.blobId()));
  }

  private BlobSource open(FileChannel file, EncodingPlan plan, Arena arena) throws IOException {
    return plan.strategy() == EncodingPlan.Strategy.IN_MEMORY
        ? BlobSource.of(BlobInput.map(file, arena))
        : named(file);
  }

  private NamedBlob named(FileChannel file) throws IOException {
    return new NamedBlob(operand, BlobTarget.of(file, file.size()));
  }

  private Set<SliverPairIndex> wantedPairs(EncodingParameters parameters) throws CommandException {
    Set<SliverPairIndex> wanted = new TreeSet<>();
    for (PairRange range : pairs) {
      range.pairs(parameters).forEach(wanted::add);
    }
    return wanted;
  }

  private void refuseToReplaceInput(DirectoryStore store) throws CommandException, IOException {
    Path file = BlobInput.path(operand);
    try {
      if (output.isForced() && Files.exists(file) && store.owns(file)) {
        throw CommandException.usage(operand + ": lies among the files to be replaced");
      }
    } catch (IOException e) {
      throw new NamedIoException(operand, e);
    }
  }
}
