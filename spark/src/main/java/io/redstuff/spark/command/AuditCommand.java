package io.redstuff.spark.command;

import io.redstuff.BlobId;
import io.redstuff.ObjectId;
import io.redstuff.ShardIndex;
import io.redstuff.audit.AuditAxes;
import io.redstuff.audit.AuditHash;
import io.redstuff.audit.AuditMode;
import io.redstuff.audit.AuditRandomness;
import io.redstuff.audit.AuditStatement;
import io.redstuff.error.RedStuffException;
import io.redstuff.spark.Archive;
import io.redstuff.spark.AuditJob;
import io.redstuff.spark.Nodes;
import io.redstuff.spark.Tables;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Audits of many nodes. */
@Command(
    name = "audit",
    description = "Asks nodes for symbols of their slivers, answers from an archive, verifies.",
    mixinStandardHelpOptions = true)
final class AuditCommand implements Runnable {
  private static final String STATEMENT = ".statement";
  private static final int MOST_STATEMENT_BYTES = 1 << 30;

  @Spec private CommandSpec spec;

  AuditCommand() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "audit: got no command, expected one");
  }

  @Command(
      name = "challenge",
      description = "Writes a statement for each node, over all blobs of an archive.",
      mixinStandardHelpOptions = true)
  int challenge(
      @Parameters(paramLabel = "ARCHIVE", description = "The directory of the archive.") String uri,
      @Option(
              names = {"-o", "--output"},
              required = true,
              paramLabel = "DIR",
              description = "Where to write NODE.statement files.")
          String output,
      @Option(
              names = "--challenges",
              paramLabel = "COUNT",
              defaultValue = "1000",
              description = "How many challenges for each node (default: ${DEFAULT-VALUE}).")
          int challenges,
      @Option(
              names = "--epoch",
              paramLabel = "EPOCH",
              defaultValue = "0",
              description = "The epoch in which the nodes have their shards.")
          long epoch)
      throws IOException {
    SparkSession spark = Session.of("audit challenge");
    Archive archive = Archive.open(spark, uri);
    byte[] nonce = new byte[32];
    new SecureRandom().nextBytes(nonce);
    List<AuditStatement> statements = statements(archive, challenges, epoch, AuditHash.of(nonce));
    for (int node = 0; node < statements.size(); node++) {
      SmallFiles.write(
          spark, output, Nodes.placeOf(node) + STATEMENT, statements.get(node).toBcs());
    }
    new Summary("audit challenge: " + archive)
        .line("nodes", statements.size())
        .line("challenges", (long) challenges * statements.size())
        .print(spec.commandLine().getOut());
    return Main.OK;
  }

  /** Returns a statement for each node that has shards, over all blobs of an archive. */
  static List<AuditStatement> statements(
      Archive archive, int challenges, long epoch, AuditHash nonce) {
    List<BlobId> blobs =
        archive.rows(Archive.METADATA).select(Tables.BLOB).distinct().collectAsList().stream()
            .map(row -> BlobId.of(row.getAs(Tables.BLOB)))
            .sorted()
            .toList();
    Nodes nodes = archive.nodes();
    Map<Integer, List<ShardIndex>> shards = new HashMap<>();
    IntStream.range(0, nodes.shards())
        .forEach(
            shard ->
                shards
                    .computeIfAbsent(nodes.owner(shard), _ -> new ArrayList<>())
                    .add(ShardIndex.of(shard)));
    List<AuditStatement> statements = new ArrayList<>();
    for (int node = 0; node < nodes.count(); node++) {
      if (shards.containsKey(node)) {
        byte[] id = ByteBuffer.allocate(ObjectId.BYTES).putInt(ObjectId.BYTES - 4, node).array();
        statements.add(
            new AuditStatement(
                archive.parameters(),
                epoch,
                ObjectId.of(id),
                shards.get(node),
                blobs,
                challenges,
                AuditAxes.BOTH,
                AuditMode.PARALLEL,
                AuditRandomness.ofNonce(nonce)));
      }
    }
    return statements;
  }

  @Command(
      name = "answer",
      description = "Answers all statements of a directory from an archive.",
      mixinStandardHelpOptions = true)
  int answer(
      @Parameters(
              index = "0",
              paramLabel = "ARCHIVE",
              description = "The directory of the archive.")
          String uri,
      @Parameters(
              index = "1",
              paramLabel = "STATEMENTS",
              description = "A directory of files that end in .statement.")
          String directory,
      @Option(
              names = {"-o", "--output"},
              required = true,
              paramLabel = "DIR",
              description = "Where to write the transcripts, a Parquet table.")
          String output)
      throws IOException, RedStuffException {
    SparkSession spark = Session.of("audit answer");
    Archive archive = Archive.open(spark, uri);
    Dataset<Row> transcripts = new AuditJob(archive).prove(read(spark, directory));
    transcripts.write().mode(SaveMode.Overwrite).parquet(output);
    long challenges = 0;
    long answers = 0;
    for (Row row :
        spark
            .read()
            .schema(AuditJob.TRANSCRIPTS)
            .parquet(output)
            .select(AuditJob.CHALLENGES, AuditJob.ANSWERS)
            .collectAsList()) {
      challenges += row.getInt(0);
      answers += row.getInt(1);
    }
    new Summary("audit answer: " + archive)
        .line("challenges", challenges)
        .line("answers", answers)
        .print(spec.commandLine().getOut());
    return answers == challenges ? Main.OK : Main.BAD_DATA;
  }

  private static List<AuditStatement> read(SparkSession spark, String directory)
      throws IOException, RedStuffException {
    List<AuditStatement> statements = new ArrayList<>();
    for (String file : SmallFiles.list(spark, directory, STATEMENT)) {
      statements.add(AuditStatement.parse(SmallFiles.read(spark, file, MOST_STATEMENT_BYTES)));
    }
    if (statements.isEmpty()) {
      throw new IOException(directory + ": got no files that end in " + STATEMENT);
    }
    return statements;
  }

  @Command(
      name = "verify",
      description = "Verifies transcripts by the statements that the auditor has kept.",
      mixinStandardHelpOptions = true)
  int verify(
      @Parameters(
              index = "0",
              paramLabel = "STATEMENTS",
              description = "A directory of files that end in .statement.")
          String directory,
      @Parameters(
              index = "1",
              paramLabel = "TRANSCRIPTS",
              description = "What \"audit answer\" has written for them.")
          String transcripts)
      throws IOException, RedStuffException {
    SparkSession spark = Session.of("audit verify");
    List<Row> rows = new ArrayList<>();
    for (AuditStatement statement : read(spark, directory)) {
      rows.add(RowFactory.create(rows.size(), statement.toBcs()));
    }
    Dataset<Row> own =
        spark.createDataFrame(
            rows,
            new StructType()
                .add("number", DataTypes.IntegerType)
                .add(AuditJob.STATEMENT, DataTypes.BinaryType));
    Dataset<Row> answered =
        spark.read().schema(AuditJob.TRANSCRIPTS).parquet(transcripts).drop(AuditJob.STATEMENT);
    String[] columns = AuditJob.TRANSCRIPTS.fieldNames();
    List<Row> verdicts =
        AuditJob.check(
                own.join(answered, "number")
                    .select(columns[0], Arrays.copyOfRange(columns, 1, columns.length)))
            .orderBy("number")
            .collectAsList();
    return print(verdicts, rows.size(), spec.commandLine().getOut());
  }

  /** Prints verdicts; gives the exit code. */
  static int print(List<Row> verdicts, int statements, PrintWriter out) {
    long challenges = 0;
    long answers = 0;
    long refused = 0;
    for (Row verdict : verdicts) {
      String error = verdict.getAs(Tables.ERROR);
      if (error != null) {
        refused++;
        out.println("  statement %s: refused, %s".formatted(verdict.<Integer>getAs(0), error));
        continue;
      }
      int asked = verdict.getAs(AuditJob.CHALLENGES);
      int answered = verdict.getAs(AuditJob.ANSWERS);
      challenges += asked;
      answers += answered;
      if (answered < asked) {
        out.println(
            String.format(
                Locale.ROOT,
                "  statement %d: %d of %d answered, up to %.2f %% missing at 2^-%d",
                verdict.<Integer>getAs(0),
                answered,
                asked,
                100 * verdict.<Double>getAs(AuditJob.MISSING),
                AuditJob.CONFIDENCE_BITS));
      }
    }
    new Summary("audit verify")
        .line("statements", statements)
        .line("without a transcript", statements - verdicts.size())
        .line("refused", refused)
        .line("challenges of the others", challenges)
        .line("answers, each proven", answers)
        .print(out);
    boolean good = refused == 0 && verdicts.size() == statements && answers == challenges;
    return good ? Main.OK : Main.BAD_DATA;
  }
}
