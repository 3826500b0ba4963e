package io.redstuff.spark.command;

import io.redstuff.audit.AuditHash;
import io.redstuff.audit.AuditStatement;
import io.redstuff.error.RedStuffException;
import io.redstuff.spark.Archive;
import io.redstuff.spark.AuditJob;
import io.redstuff.spark.Damage;
import io.redstuff.spark.EncodeJob;
import io.redstuff.spark.Inputs;
import io.redstuff.spark.Nodes;
import io.redstuff.spark.RepairJob;
import io.redstuff.spark.ScrubJob;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** All of it, one after the other. */
@Command(
    name = "demo",
    description =
        "Encodes a directory of files into a new archive, damages it, scrubs, repairs and audits"
            + " it.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private NodesOptions nodes;
  @Mixin private MemoryOption memory;

  @Parameters(index = "0", paramLabel = "FILES", description = "A directory of files.")
  private String files;

  @Parameters(
      index = "1",
      paramLabel = "ARCHIVE",
      description = "Where to put the archive; there must not be one.")
  private String uri;

  @Option(
      names = "--challenges",
      paramLabel = "COUNT",
      defaultValue = "100",
      description = "How many challenges for each node (default: ${DEFAULT-VALUE}).")
  private int challenges;

  DemoCommand() {}

  @Override
  public Integer call() throws IOException, RedStuffException {
    SparkSession spark = Session.of("demo");
    PrintWriter out = spec.commandLine().getOut();
    if (SmallFiles.exists(spark, uri)) {
      throw new IOException(uri + ": is there already, expected a new archive");
    }
    Archive archive = Archive.openOrCreate(spark, uri, nodes.read(spark));
    EncodeJob encode = new EncodeJob(archive, memory.bytes(), 10_000);
    Dataset<String> uris = Inputs.list(spark, List.of(files));
    EncodeJob.Report first = encode.run(uris);
    print("1. encode", first, out);
    if (first.encoded() == 0) {
      throw new IOException(files + ": got no file that can be encoded");
    }
    EncodeJob.Report again = encode.run(uris);
    print("2. encode again: nothing is left to do", again, out);
    int count = archive.nodes().count();
    long gone = Damage.lose(archive, count - 1);
    long bad = Damage.rot(archive, 0, 2);
    new Summary("3. damage")
        .line("slivers lost of " + Nodes.placeOf(count - 1), gone)
        .line("slivers rotten of " + Nodes.placeOf(0), bad)
        .print(out);
    int before = audit("4. audit of what is damaged", archive, out);
    ScrubJob.Report found = scrub("5. scrub", archive, spark, out);
    RepairJob.Report repaired = new RepairJob(archive, memory.bytes()).run(read(spark));
    new Summary("6. repair")
        .line("blobs by symbols", repaired.bySymbols())
        .line("blobs by whole slivers", repaired.bySlivers())
        .line("slivers lost", repaired.lost())
        .line("slivers restored", repaired.restored())
        .print(out);
    ScrubJob.Report left = scrub("7. scrub of what was repaired", archive, spark, out);
    int after = audit("8. audit", archive, out);
    boolean good =
        first.failed() == 0
            && again.skipped() == first.encoded()
            && again.encoded() == 0
            && before == Main.BAD_DATA
            && found.missing() == gone
            && found.bad() == bad
            && repaired.lost() == gone + bad
            && repaired.restored() == repaired.lost()
            && left.whole() == left.blobs()
            && after == Main.OK;
    out.println(good ? "All is whole again." : "NOT all is as it should be.");
    return good ? Main.OK : Main.BAD_DATA;
  }

  private static void print(String title, EncodeJob.Report report, PrintWriter out) {
    new Summary(title)
        .line("files", report.files())
        .line("skipped, there already", report.skipped())
        .line("encoded", report.encoded())
        .line("bytes of these", report.bytes())
        .line("failed", report.failed())
        .print(out);
  }

  private String findings() {
    return uri + "/findings";
  }

  private ScrubJob.Report scrub(
      String title, Archive archive, SparkSession spark, PrintWriter out) {
    new ScrubJob(archive).findings().write().mode(SaveMode.Overwrite).parquet(findings());
    return Findings.print(title, read(spark), 3, out);
  }

  private Dataset<Row> read(SparkSession spark) {
    return spark.read().schema(ScrubJob.FINDINGS).parquet(findings());
  }

  private int audit(String title, Archive archive, PrintWriter out) {
    byte[] nonce = new byte[32];
    new SecureRandom().nextBytes(nonce);
    List<AuditStatement> statements =
        AuditCommand.statements(archive, challenges, 0, AuditHash.of(nonce));
    out.println(title);
    List<Row> verdicts =
        AuditJob.check(new AuditJob(archive).prove(statements)).orderBy("number").collectAsList();
    return AuditCommand.print(verdicts, statements.size(), out);
  }
}
