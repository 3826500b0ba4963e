package io.redstuff.cli;

import io.redstuff.BlobId;
import io.redstuff.EncodedBlob;
import io.redstuff.RedStuff;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
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
          + " official encoder makes. Prints the blob id. The metadata is written last, so a"
          + " directory that has it is whole. When writing fails, what was written is taken away"
          + " again.",
      "",
      "Example:",
      "  redstuff encode -n 1000 -o out photo.jpg",
      ""
    })
final class EncodeCommand implements Callable<Integer> {

  private final Session session;

  @Mixin private ShardsOption shards;

  @Mixin private ThreadsOption threads;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "DIR",
      description = "Directory for the result; made if need be.")
  private Path output;

  @Option(
      names = "--force",
      description =
          "Write into a directory that is not empty. Metadata and slivers of an earlier encoding"
              + " are removed first; other files stay.")
  private boolean force;

  @Parameters(paramLabel = "FILE", description = "File to encode; '-' is standard input.")
  private String operand;

  EncodeCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws CommandException {
    RedStuff codec = threads.applyTo(shards.codec());
    SliverDirectory directory = SliverDirectory.at(output);
    refuseToReplaceInput(directory);
    EncodingWriter writer = new EncodingWriter(directory, session.files());
    try {
      // Before the input is read: a bad output is no reason to wait for the end of a pipe.
      writer.prepare(force);
      session.out().println(encode(codec, writer));
      return ExitCode.OK;
    } catch (CommandException | RuntimeException | Error e) {
      writer.undo(e);
      throw e;
    }
  }

  private BlobId encode(RedStuff codec, EncodingWriter writer) throws CommandException {
    try (Arena arena = Arena.ofShared();
        EncodedBlob encoded =
            encode(codec, new BlobSource(session, codec.parameters()).open(operand, arena));
        Progress progress =
            session.startProgress("writing", 2L * codec.parameters().shards(), "slivers")) {
      writer.write(encoded, progress);
      return encoded.blobId();
    }
  }

  private EncodedBlob encode(RedStuff codec, MemorySegment blob) {
    try (Progress _ = session.startProgress("encoding", -1, "")) {
      return codec.encode(blob);
    }
  }

  private void refuseToReplaceInput(SliverDirectory directory) throws CommandException {
    Path file = BlobSource.path(operand);
    try {
      if (force && Files.exists(file) && Files.isDirectory(output) && directory.owns(file)) {
        throw CommandException.usage(operand + ": lies among the files to be replaced");
      }
    } catch (IOException e) {
      throw CommandException.io(operand, e);
    }
  }
}
