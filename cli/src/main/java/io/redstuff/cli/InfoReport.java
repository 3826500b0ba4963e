package io.redstuff.cli;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.simd.Engine;
import io.redstuff.simd.Engines;
import io.redstuff.stream.EncodingPlan;
import java.util.Locale;

/**
 * What {@code redstuff info} tells; its components are the JSON it prints. All lengths are in
 * bytes.
 *
 * @param shards number of shards, n
 * @param maxFaulty how many of them may fail, f
 * @param primaryNeeded primary slivers that are enough to decode, k1, which is also the number of
 *     symbols in a secondary sliver
 * @param secondaryNeeded secondary slivers that are enough to decode, k2, which is also the number
 *     of symbols in a primary sliver
 * @param metadataLength length of the metadata that every shard keeps
 * @param maxBlobLength the longest blob
 * @param blob what depends on the length of a blob; null if none was named
 * @param plan how such a blob would be encoded here; null if none was named
 * @param engine the engine that this JVM runs
 */
record InfoReport(
    int shards,
    int maxFaulty,
    int primaryNeeded,
    int secondaryNeeded,
    long metadataLength,
    long maxBlobLength,
    BlobInfo blob,
    PlanInfo plan,
    EngineInfo engine) {

  /**
   * What depends on the length of a blob.
   *
   * @param length its length
   * @param symbolSize length of a symbol
   * @param primarySliverLength length of a primary sliver
   * @param secondarySliverLength length of a secondary sliver
   * @param sliversLength length of all slivers
   * @param encodedLength length of all slivers, and of the metadata once per shard
   */
  record BlobInfo(
      long length,
      int symbolSize,
      long primarySliverLength,
      long secondarySliverLength,
      long sliversLength,
      long encodedLength) {

    static BlobInfo of(EncodingParameters parameters, long length) {
      int symbolSize = parameters.symbolSize(length);
      return new BlobInfo(
          length,
          symbolSize,
          parameters.sliverLength(Axis.PRIMARY, symbolSize),
          parameters.sliverLength(Axis.SECONDARY, symbolSize),
          parameters.sliversLength(length),
          parameters.encodedLength(length));
    }
  }

  /**
   * How a blob would be encoded.
   *
   * @param strategy {@code in_memory}, {@code passes} or {@code spill}
   * @param memory native memory that it takes
   * @param sourceReads how often the file is read
   * @param spillBytes length of the temporary file
   * @param description all of it in words
   */
  record PlanInfo(
      String strategy, long memory, int sourceReads, long spillBytes, String description) {

    static PlanInfo of(EncodingPlan plan) {
      return new PlanInfo(
          plan.strategy().name().toLowerCase(Locale.ROOT),
          plan.memory(),
          plan.sourceReads(),
          plan.spillBytes(),
          plan.describe());
    }
  }

  /**
   * The engine in use.
   *
   * @param name its name
   * @param vectorBits width of its vectors, 0 if it uses none
   * @param description why this one, and what would have to be done for a faster one
   */
  record EngineInfo(String name, int vectorBits, String description) {

    static EngineInfo of(Engine engine) {
      return new EngineInfo(engine.name(), engine.vectorBits(), Engines.describe());
    }
  }

  /** The report on {@code parameters}, {@code blob} and {@code plan}, which may be null. */
  static InfoReport of(EncodingParameters parameters, BlobInfo blob, PlanInfo plan, Engine engine) {
    return new InfoReport(
        parameters.shards(),
        parameters.maxFaulty(),
        parameters.primarySourceSymbols(),
        parameters.secondarySourceSymbols(),
        parameters.metadataLength(),
        parameters.maxBlobLength(),
        blob,
        plan,
        EngineInfo.of(engine));
  }

  /** The report for people, in lines. */
  String toText() {
    StringBuilder text = new StringBuilder();
    line(text, "shards", "n = " + shards + ", of which f = " + maxFaulty + " may fail");
    line(
        text, "to decode", primaryNeeded + " primary or " + secondaryNeeded + " secondary slivers");
    line(text, "metadata", ByteSize.describe(metadataLength));
    line(text, "longest blob", ByteSize.describe(maxBlobLength));
    if (blob != null) {
      line(text, "blob", ByteSize.describe(blob.length()));
      line(text, "symbol", ByteSize.describe(blob.symbolSize()));
      line(
          text,
          "primary sliver",
          secondaryNeeded + " symbols, " + ByteSize.describe(blob.primarySliverLength()));
      line(
          text,
          "secondary sliver",
          primaryNeeded + " symbols, " + ByteSize.describe(blob.secondarySliverLength()));
      line(text, "all slivers", ByteSize.describe(blob.sliversLength()));
      line(
          text,
          "encoded",
          ByteSize.describe(blob.encodedLength()) + " with the metadata at every shard");
    }
    if (plan != null) {
      line(text, "encoding", plan.description());
    }
    line(text, "runs on", engine.description());
    return text.toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(String.format(Locale.ROOT, "%-16s  %s%n", name, value));
  }
}
