package io.redstuff.spark.command;

import io.redstuff.error.RedStuffException;
import io.redstuff.spark.Archive;
import io.redstuff.spark.QuiltJob;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Packs files into quilts. */
@Command(
    name = "quilt",
    description =
        "Packs many small files into quilts and encodes these. Skips files that are in one.",
    mixinStandardHelpOptions = true)
final class QuiltCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private InputOptions inputs;
  @Mixin private OutputArchive output;
  @Mixin private MemoryOption memory;

  @Option(
      names = "--quilt-size",
      paramLabel = "BYTES",
      defaultValue = "64M",
      description = "How long the files of one quilt may be together (default: ${DEFAULT-VALUE}).")
  private ByteCount quiltBytes;

  QuiltCommand() {}

  @Override
  public Integer call() throws IOException, RedStuffException {
    SparkSession spark = Session.of("quilt");
    Archive archive = output.open(spark);
    QuiltJob.Report report =
        new QuiltJob(archive, inputs.base(spark), memory.bytes(), quiltBytes.bytes())
            .run(inputs.read(spark));
    new Summary("quilt: " + archive)
        .line("files", report.files())
        .line("skipped, in a quilt already", report.skipped())
        .line("packed", report.packed())
        .line("quilts", report.quilts())
        .line("fill of these", String.format(Locale.ROOT, "%.1f %%", 100 * report.fill()))
        .line("failed", report.failed())
        .print(spec.commandLine().getOut());
    return report.failed() == 0 ? Main.OK : Main.BAD_DATA;
  }
}
