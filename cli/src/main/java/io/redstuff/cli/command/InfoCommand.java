package io.redstuff.cli.command;

import io.redstuff.EncodingParameters;
import io.redstuff.cli.io.BlobInput;
import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.ExitCode;
import io.redstuff.cli.io.PackedFiles;
import io.redstuff.cli.io.Session;
import io.redstuff.cli.option.BlobLengthOptions;
import io.redstuff.cli.option.ByteSize;
import io.redstuff.cli.option.MemoryOption;
import io.redstuff.cli.option.ShardsOption;
import io.redstuff.cli.show.InfoReport;
import io.redstuff.cli.show.Json;
import io.redstuff.cli.show.QuiltInfo;
import io.redstuff.codec.RedStuff;
import io.redstuff.quilt.Quilt;
import io.redstuff.store.NamedIoException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code redstuff info}: sizes, and the engine in use. */
@Command(
    name = "info",
    header = "Show parameters, sizes and the engine in use.",
    description = {
      "",
      "Shows how many slivers decode a blob, how large symbols, slivers and the whole encoding of a"
          + " blob of the given length are, how it would be encoded in the given memory, and which"
          + " engine this JVM runs and why. The file is not read.",
      "",
      "Example:",
      "  redstuff info -n 1000 --size 10MiB",
      "  redstuff info --size 10GiB --memory 512M",
      "  redstuff info --json photo.jpg",
      "  redstuff info --quilt photos",
      ""
    })
public final class InfoCommand implements Callable<Integer> {

  private final Session session;

  @Mixin private ShardsOption shards;

  @Mixin private MemoryOption memory;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description =
          "File whose length is the blob's; with --quilt, files and directories to be packed.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--quilt",
      description = "Show how long the encodings of files are alone, and packed into a quilt.")
  private boolean quilt;

  @Option(
      names = "--size",
      paramLabel = "SIZE",
      description =
          "Length of the blob: 1_000_000, 64M or 64MiB (powers of 1024), 64MB (powers of 1000).")
  private ByteSize size;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  /** Runs in {@code session}. */
  public InfoCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws CommandException, IOException {
    RedStuff codec = shards.codec();
    if (quilt) {
      QuiltInfo report = quiltInfo(codec.parameters());
      session.out().print(json ? Json.of(report) : report.toText());
      return ExitCode.OK;
    }
    InfoReport.BlobInfo blob = blobInfo(codec.parameters());
    InfoReport.PlanInfo plan = blob == null ? null : plan(codec, blob.length());
    InfoReport report = InfoReport.of(codec.parameters(), blob, plan, codec.engine());
    session.out().print(json ? Json.of(report) : report.toText());
    return ExitCode.OK;
  }

  private QuiltInfo quiltInfo(EncodingParameters parameters) throws CommandException, IOException {
    if (size != null) {
      throw CommandException.usage("--quilt and --size exclude each other");
    }
    PackedFiles packed = new PackedFiles(files);
    try (Quilt whole = packed.pack(parameters)) {
      return QuiltInfo.of(parameters, packed.lengths(), whole);
    }
  }

  private InfoReport.BlobInfo blobInfo(EncodingParameters parameters)
      throws CommandException, NamedIoException {
    if (files.size() > 1) {
      throw CommandException.usage("one argument too many: '" + files.get(1) + "'");
    }
    Path file = files.isEmpty() ? null : files.getFirst();
    if (file != null && size != null) {
      throw CommandException.usage("FILE and --size exclude each other");
    }
    if (file == null && size == null) {
      return null;
    }
    try {
      return InfoReport.BlobInfo.of(
          parameters, file == null ? size.bytes() : BlobLengthOptions.ofFile(file));
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(e.getMessage(), e);
    }
  }

  private InfoReport.PlanInfo plan(RedStuff codec, long length) throws CommandException {
    Path directory = BlobInput.temporaryDirectory();
    return InfoReport.PlanInfo.of(memory.encoder(codec, length, directory).plan(length));
  }
}
