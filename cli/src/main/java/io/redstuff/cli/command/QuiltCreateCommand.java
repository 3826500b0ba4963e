package io.redstuff.cli.command;

import io.redstuff.EncodingParameters;
import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.ExitCode;
import io.redstuff.cli.io.PackedFiles;
import io.redstuff.cli.io.Session;
import io.redstuff.cli.io.WorkProgress;
import io.redstuff.cli.option.EncodedOutputOption;
import io.redstuff.cli.option.MemoryOption;
import io.redstuff.cli.option.PackOptions;
import io.redstuff.cli.option.ShardsOption;
import io.redstuff.cli.option.ThreadsOption;
import io.redstuff.codec.RedStuff;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.quilt.Quilt;
import io.redstuff.store.DirectoryStore;
import io.redstuff.store.SliverStore;
import io.redstuff.stream.StreamEncoder;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code redstuff quilt create}: files into the slivers of one blob. */
@Command(
    name = "create",
    header = "Pack files into a quilt and encode it into slivers.",
    description = {
      "",
      "Writes what 'redstuff encode' writes, and prints the blob id. The same files and tags give"
          + " the same quilt in whatever order they come. Files are read more than once and must"
          + " not change meanwhile.",
      "",
      "Example:",
      "  redstuff quilt create -n 1000 -o out photos --tag a.jpg:place=Oslo",
      ""
    })
final class QuiltCreateCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private ShardsOption shards;

  @Mixin private ThreadsOption threads;

  @Mixin private MemoryOption memory;

  @Mixin private EncodedOutputOption output;

  @Mixin private PackOptions options;

  QuiltCreateCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws CommandException, IOException {
    RedStuff codec = threads.applyTo(shards.codec());
    EncodingParameters parameters = codec.parameters();
    DirectoryStore store = DirectoryStore.at(output.directory(), session.files());
    PackedFiles files = options.files();
    try (Quilt quilt = files.pack(parameters);
        SliverStore.Batch batch = output.begin(store);
        WorkProgress progress = new WorkProgress(session, "encoding")) {
      StreamEncoder encoder = memory.encoder(codec, quilt.length(), output.directory());
      VerifiedMetadata metadata =
          encoder.watchedBy(progress).encode(quilt, batch.sink(parameters, quilt.symbolSize()));
      batch.commit(metadata.toBcs());
      session.out().println(metadata.blobId());
    }
    return ExitCode.OK;
  }
}
