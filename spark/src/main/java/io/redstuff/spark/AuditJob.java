package io.redstuff.spark;

import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.SliverPairIndex;
import io.redstuff.audit.AuditAnswers;
import io.redstuff.audit.AuditChallenge;
import io.redstuff.audit.AuditMode;
import io.redstuff.audit.AuditSequence;
import io.redstuff.audit.AuditStatement;
import io.redstuff.audit.AuditTranscript;
import io.redstuff.audit.AuditVerdict;
import io.redstuff.audit.AuditVerifier;
import io.redstuff.codec.ExpandedSliver;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.RedStuffException;
import io.redstuff.proof.BlobMetadata;
import io.redstuff.proof.GeneralRecoverySymbol;
import io.redstuff.proof.MerkleTree;
import io.redstuff.proof.SliverOpening;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.proof.VerifiedOpening;
import io.redstuff.simd.Engines;
import io.redstuff.simd.LeafHasher;
import io.redstuff.spark.task.TaskWorkers;
import io.redstuff.stream.WorkMonitor;
import java.io.Serial;
import java.io.Serializable;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.CoGroupFunction;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Answers audits from an {@link Archive}, and checks transcripts, many at a time.
 *
 * <p>Metadata stay where they are: of each blob that is asked about the openings of the pairs in
 * question are cut there, and only these, some 400 bytes each, are sent to the slivers. Only audits
 * in parallel mode: in sequential mode a challenge follows from the answer before, so there is
 * nothing to do at the same time, and {@link io.redstuff.audit.AuditProver} does it.
 */
public final class AuditJob {
  /** What an audit is of: a statement in BCS. */
  public static final String STATEMENT = "statement";

  /** What was answered: a transcript in BCS, not signed. */
  public static final String TRANSCRIPT = "transcript";

  /** How many challenges there were. */
  public static final String CHALLENGES = "challenges";

  /** How many were answered. */
  public static final String ANSWERS = "answers";

  /** The largest fraction of slivers that can be missing, at {@link #CONFIDENCE_BITS}. */
  public static final String MISSING = "largestMissing";

  /** That more is missing than said has a probability below 2^-{@value}. */
  public static final int CONFIDENCE_BITS = 40;

  /** Transcripts by the number of their statement. */
  public static final StructType TRANSCRIPTS =
      Tables.table(
          Tables.field("number", DataTypes.IntegerType),
          Tables.field("node", DataTypes.StringType),
          Tables.field(STATEMENT, DataTypes.BinaryType),
          Tables.field(TRANSCRIPT, DataTypes.BinaryType),
          Tables.field(CHALLENGES, DataTypes.IntegerType),
          Tables.field(ANSWERS, DataTypes.IntegerType));

  /** What transcripts show. */
  public static final StructType VERDICTS =
      Tables.table(
          Tables.field("number", DataTypes.IntegerType),
          Tables.field("node", DataTypes.StringType),
          Tables.field(CHALLENGES, DataTypes.IntegerType),
          Tables.field(ANSWERS, DataTypes.IntegerType),
          Tables.field(MISSING, DataTypes.DoubleType),
          Tables.field(Tables.ERROR, DataTypes.StringType));

  private static final StructType OPENINGS =
      Tables.table(
          Tables.field(Tables.BLOB, DataTypes.BinaryType),
          Tables.field("opening", DataTypes.BinaryType));

  private static final StructType PROVEN =
      Tables.table(
          Tables.field(STATEMENT, DataTypes.IntegerType),
          Tables.field("number", DataTypes.IntegerType),
          Tables.field("opening", DataTypes.BinaryType),
          Tables.field("symbol", DataTypes.BinaryType));

  private static final String PROVEN_SYMBOLS = "symbols proven";

  /** Challenges are sent to all executors, with an opening each. */
  private static final int CHALLENGES_TOGETHER = 100_000;

  private final Archive archive;

  /**
   * A job.
   *
   * @param archive what to answer from
   */
  public AuditJob(Archive archive) {
    this.archive = archive;
  }

  /**
   * One question. Serializable, as an {@link AuditChallenge} is not.
   *
   * @param statement which of the statements asks
   * @param number which of its challenges this is
   * @param position which symbol of the sliver is asked for
   */
  private record Asked(int statement, int number, int position) implements Serializable {
    @Serial private static final long serialVersionUID = 1;
  }

  /**
   * What one sliver is asked.
   *
   * @param opening BCS of the opening of its pair
   * @param asked the questions
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares these
  private record Request(byte[] opening, List<Asked> asked) implements Serializable {
    @Serial private static final long serialVersionUID = 1;
  }

  /**
   * Answers audits.
   *
   * @param statements what the challenges follow from, all in parallel mode and of the archive's
   *     number of shards
   * @return a row for each statement, in the columns of {@link #TRANSCRIPTS}; what could not be
   *     answered has no answer in its transcript
   * @throws IllegalArgumentException if a statement is of another mode or number of shards
   */
  public Dataset<Row> prove(List<AuditStatement> statements) {
    EncodingParameters parameters = archive.parameters();
    for (AuditStatement statement : statements) {
      if (statement.mode() != AuditMode.PARALLEL || !statement.parameters().equals(parameters)) {
        throw new IllegalArgumentException(
            "statement: got one in %s mode of %s shards, expected PARALLEL of %s"
                .formatted(statement.mode(), statement.parameters().shards(), parameters.shards()));
      }
    }
    SparkSession session = archive.session();
    Dataset<Row> all = session.createDataFrame(List.of(), TRANSCRIPTS);
    for (int from = 0; from < statements.size(); ) {
      int to = from + 1;
      long challenges = statements.get(from).challenges();
      while (to < statements.size()
          && challenges + statements.get(to).challenges() <= CHALLENGES_TOGETHER) {
        challenges += statements.get(to++).challenges();
      }
      all = all.union(prove(statements, from, to));
      from = to;
    }
    return all;
  }

  private Dataset<Row> prove(List<AuditStatement> statements, int from, int to) {
    SparkSession session = archive.session();
    EncodingParameters parameters = archive.parameters();
    Map<String, Map<SliverId, List<Asked>>> asked = new HashMap<>();
    List<Row> rows = new ArrayList<>();
    for (int i = from; i < to; i++) {
      AuditStatement statement = statements.get(i);
      rows.add(RowFactory.create(i, statement.nodeId().toString(), statement.toBcs()));
      for (AuditSequence sequence = new AuditSequence(statement); sequence.hasNext(); ) {
        AuditChallenge challenge = sequence.next();
        asked
            .computeIfAbsent(challenge.blob().toString(), _ -> new HashMap<>())
            .computeIfAbsent(challenge.sliver(parameters), _ -> new ArrayList<>())
            .add(new Asked(i, challenge.number(), challenge.position()));
      }
    }
    JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
    Broadcast<Map<String, Map<String, Request>>> requests =
        context.broadcast(requests(asked, openings(asked, context)));
    Dataset<Row> proven = proven(requests);
    Dataset<Row> asTable =
        session.createDataFrame(
            rows,
            Tables.table(
                Tables.field("number", DataTypes.IntegerType),
                Tables.field("node", DataTypes.StringType),
                Tables.field(STATEMENT, DataTypes.BinaryType)));
    return transcripts(asTable, proven);
  }

  /** Cuts the openings where the metadata lie. */
  private Map<String, Map<Integer, byte[]>> openings(
      Map<String, Map<SliverId, List<Asked>>> asked, JavaSparkContext context) {
    EncodingParameters parameters = archive.parameters();
    int shards = parameters.shards();
    HashMap<String, HashSet<Integer>> pairs = new HashMap<>();
    asked.forEach(
        (blob, slivers) ->
            slivers
                .keySet()
                .forEach(
                    sliver ->
                        pairs
                            .computeIfAbsent(blob, _ -> new HashSet<>())
                            .add(sliver.pair(parameters).value())));
    Broadcast<HashMap<String, HashSet<Integer>>> wanted = context.broadcast(pairs);
    FlatMapFunction<Row, Row> open = row -> open(shards, row, wanted.value());
    Map<String, Map<Integer, byte[]>> openings = new HashMap<>();
    for (Row row :
        archive
            .rows(Archive.METADATA)
            .select(Tables.BLOB, Tables.BCS)
            .flatMap(open, Encoders.row(OPENINGS))
            .collectAsList()) {
      byte[] opening = row.getAs("opening");
      openings
          .computeIfAbsent(BlobId.of(row.getAs(Tables.BLOB)).toString(), _ -> new HashMap<>())
          .putIfAbsent(parse(opening).pair().value(), opening);
    }
    wanted.destroy();
    return openings;
  }

  private static SliverOpening parse(byte[] opening) {
    try {
      return SliverOpening.parse(opening);
    } catch (MalformedDataException e) {
      throw new IllegalStateException("an opening of our own cannot be read", e);
    }
  }

  private static Iterator<Row> open(
      int shards, Row row, Map<String, ? extends Set<Integer>> wanted) {
    BlobId blob = BlobId.of(row.getAs(Tables.BLOB));
    Set<Integer> pairs = wanted.get(blob.toString());
    List<Row> openings = new ArrayList<>();
    if (pairs != null) {
      try (Arena arena = Arena.ofConfined()) {
        VerifiedMetadata metadata =
            BlobMetadata.parse(row.<byte[]>getAs(Tables.BCS))
                .verify(EncodingParameters.forShards(shards), blob);
        MerkleTree tree = metadata.tree(new LeafHasher(Engines.selected(), arena));
        for (int pair : pairs) {
          byte[] opening = SliverOpening.of(metadata, tree, SliverPairIndex.of(pair)).toBcs();
          openings.add(RowFactory.create(blob.toBytes(), opening));
        }
      } catch (RedStuffException e) {
        // there is nothing to answer with: the transcript lacks these answers, a scrub says why
        return openings.iterator();
      }
    }
    return openings.iterator();
  }

  private Map<String, Map<String, Request>> requests(
      Map<String, Map<SliverId, List<Asked>>> asked, Map<String, Map<Integer, byte[]>> openings) {
    EncodingParameters parameters = archive.parameters();
    Map<String, Map<String, Request>> requests = new HashMap<>();
    asked.forEach(
        (blob, slivers) ->
            slivers.forEach(
                (sliver, questions) -> {
                  byte[] opening =
                      openings.getOrDefault(blob, Map.of()).get(sliver.pair(parameters).value());
                  if (opening != null) {
                    requests
                        .computeIfAbsent(blob, _ -> new HashMap<>())
                        .put(sliver.toString(), new Request(opening, questions));
                  }
                }));
    return requests;
  }

  private Dataset<Row> proven(Broadcast<Map<String, Map<String, Request>>> requests) {
    Counters counters = new Counters(archive.session().sparkContext(), PROVEN_SYMBOLS);
    int shards = archive.nodes().shards();
    FlatMapFunction<Row, Row> prove = row -> prove(shards, row, requests.value(), counters);
    return archive
        .slivers()
        .select(Tables.BLOB, Tables.AXIS, Tables.INDEX, Tables.BCS)
        .flatMap(prove, Encoders.row(PROVEN));
  }

  private static Iterator<Row> prove(
      int shards, Row row, Map<String, Map<String, Request>> requests, Counters counters) {
    BlobId blob = BlobId.of(row.getAs(Tables.BLOB));
    SliverId id = SymbolRepair.sliverId(row);
    Request request = requests.getOrDefault(blob.toString(), Map.of()).get(id.toString());
    List<Row> proven = new ArrayList<>();
    if (request != null) {
      try (Arena arena = Arena.ofConfined()) {
        VerifiedOpening opening =
            parse(request.opening()).verify(EncodingParameters.forShards(shards), blob);
        Sliver sliver =
            Sliver.parseView(id.axis(), MemorySegment.ofArray(row.<byte[]>getAs(Tables.BCS)));
        ExpandedSliver expanded = TaskWorkers.of(shards).codec().expand(opening, sliver, arena);
        for (Asked asked : request.asked()) {
          GeneralRecoverySymbol symbol =
              expanded.recoverySymbol(asked.position()).withTarget(asked.position());
          proven.add(
              RowFactory.create(
                  asked.statement(), asked.number(), request.opening(), symbol.toBcs()));
        }
        counters.add(PROVEN_SYMBOLS, proven.size());
      } catch (RedStuffException e) {
        // a bad copy: another may be good, else the answer is missing and a scrub says why
        return proven.iterator();
      }
    }
    return proven.iterator();
  }

  private static Dataset<Row> transcripts(Dataset<Row> statements, Dataset<Row> proven) {
    MapFunction<Row, Integer> statement = row -> Tables.number(PROVEN, row, STATEMENT);
    MapFunction<Row, Integer> number = row -> row.getAs("number");
    return statements
        .groupByKey(number, Encoders.INT())
        .cogroup(
            proven.groupByKey(statement, Encoders.INT()),
            (CoGroupFunction<Integer, Row, Row, Row>)
                (_, one, answers) -> List.of(transcript(one.next(), answers)).iterator(),
            Encoders.row(TRANSCRIPTS));
  }

  private static Row transcript(Row one, Iterator<Row> proven) throws MalformedDataException {
    AuditStatement statement = AuditStatement.parse(one.<byte[]>getAs(STATEMENT));
    Map<Integer, Row> byNumber = new TreeMap<>();
    // of slivers that are there twice, both good, there are two answers, which are equal
    proven.forEachRemaining(row -> byNumber.putIfAbsent(row.getAs("number"), row));
    AuditAnswers answers = new AuditAnswers(statement);
    for (Map.Entry<Integer, Row> answer : byNumber.entrySet()) {
      Row row = answer.getValue();
      answers.add(
          answer.getKey(),
          SliverOpening.parse(row.<byte[]>getAs("opening")),
          GeneralRecoverySymbol.parse(row.<byte[]>getAs("symbol")));
    }
    return RowFactory.create(
        one.getAs("number"),
        one.getAs("node"),
        one.getAs(STATEMENT),
        answers.transcript().toBcs(),
        statement.challenges(),
        byNumber.size());
  }

  /**
   * Checks transcripts.
   *
   * @param transcripts with the statements that the auditor made, in the columns of {@link
   *     #TRANSCRIPTS}
   * @return a row for each in the columns of {@link #VERDICTS}: what it shows, or why it shows
   *     nothing
   */
  public static Dataset<Row> check(Dataset<Row> transcripts) {
    MapFunction<Row, Row> check = AuditJob::check;
    return transcripts.map(check, Encoders.row(VERDICTS));
  }

  private static Row check(Row row) {
    int number = Tables.number(TRANSCRIPTS, row, "number");
    String node = Tables.text(TRANSCRIPTS, row, "node");
    try {
      AuditStatement statement = AuditStatement.parse(Tables.bytes(TRANSCRIPTS, row, STATEMENT));
      AuditTranscript transcript =
          AuditTranscript.parse(Tables.bytes(TRANSCRIPTS, row, TRANSCRIPT));
      AuditVerdict verdict = new AuditVerifier().verify(statement, transcript, WorkMonitor.NONE);
      return RowFactory.create(
          number,
          node,
          verdict.challenges(),
          verdict.answers(),
          verdict.largestMissing(CONFIDENCE_BITS),
          null);
    } catch (RedStuffException e) {
      return RowFactory.create(number, node, null, null, null, e.getMessage());
    }
  }
}
