package io.redstuff.cli.command;

import io.redstuff.cli.io.BlobInput;
import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.ExitCode;
import io.redstuff.cli.io.Session;
import io.redstuff.cli.io.WorkProgress;
import io.redstuff.cli.option.MemoryOption;
import io.redstuff.cli.option.PackOptions;
import io.redstuff.cli.option.ShardsOption;
import io.redstuff.cli.option.ThreadsOption;
import io.redstuff.codec.RedStuff;
import io.redstuff.quilt.Quilt;
import io.redstuff.stream.StreamEncoder;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code redstuff quilt id}: the blob id that files would have as a quilt. */
@Command(
    name = "id",
    header = "Print the blob id of files as a quilt, and write nothing.",
    description = {"", "Example:", "  redstuff quilt id -n 1000 photos", ""})
final class QuiltIdCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private ShardsOption shards;

  @Mixin private ThreadsOption threads;

  @Mixin private MemoryOption memory;

  @Mixin private PackOptions options;

  QuiltIdCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws CommandException, IOException {
    RedStuff codec = threads.applyTo(shards.codec());
    try (Quilt quilt = options.files().pack(codec.parameters());
        WorkProgress progress = new WorkProgress(session, "hashing")) {
      StreamEncoder encoder = memory.encoder(codec, quilt.length(), BlobInput.temporaryDirectory());
      session.out().println(encoder.watchedBy(progress).metadata(quilt).blobId());
    }
    return ExitCode.OK;
  }
}
