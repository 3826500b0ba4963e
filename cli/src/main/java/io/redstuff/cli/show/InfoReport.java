package io.redstuff.cli.show;

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
public record InfoReport(
    int shards,
    int maxFaulty,
    int primaryNeeded,
    int secondaryNeeded,
    long metadataLength,
    long maxBlobLength,
    BlobInfo blob,
    PlanInfo plan,
    EngineInfo engine) {

  /** Lengths that depend on that of a blob; {@code encodedLength} has the metadata per shard. */
  public record BlobInfo(
      long length,
      int symbolSize,
      long primarySliverLength,
      long secondarySliverLength,
      long sliversLength,
      long encodedLength) {
    /** Returns those of a blob, which must have a length that a blob can have. */
    public static BlobInfo of(EncodingParameters parameters, long length) {
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

  /** How a blob would be encoded; the strategy is in_memory, passes or spill. */
  public record PlanInfo(
      String strategy, long memory, int sourceReads, long spillBytes, String description) {
    /** Returns a plan. */
    public static PlanInfo of(EncodingPlan plan) {
      return new PlanInfo(
          plan.strategy().name().toLowerCase(Locale.ROOT),
          plan.memory(),
          plan.sourceReads(),
          plan.spillBytes(),
          plan.describe());
    }
  }

  /** The engine in use: why this one, and what would have to be done for a faster one. */
  public record EngineInfo(String name, int vectorBits, String description) {}

  /** Returns the report on parameters, a blob and a plan, which may be null. */
  public static InfoReport of(
      EncodingParameters parameters, BlobInfo blob, PlanInfo plan, Engine engine) {
    return new InfoReport(
        parameters.shards(),
        parameters.maxFaulty(),
        parameters.primarySourceSymbols(),
        parameters.secondarySourceSymbols(),
        parameters.metadataLength(),
        parameters.maxBlobLength(),
        blob,
        plan,
        new EngineInfo(engine.name(), engine.vectorBits(), Engines.describe()));
  }

  /** Returns the report for people, in lines. */
  public String toText() {
    Text text =
        new Text(17)
            .line("shards", "n = " + shards + ", of which f = " + maxFaulty + " may fail")
            .line(
                "to decode",
                primaryNeeded + " primary or " + secondaryNeeded + " secondary slivers")
            .line("metadata", Text.bytes(metadataLength))
            .line("longest blob", Text.bytes(maxBlobLength));
    if (blob != null) {
      text.line("blob", Text.bytes(blob.length()))
          .line("symbol", Text.bytes(blob.symbolSize()))
          .line("primary sliver", sliver(secondaryNeeded, blob.primarySliverLength()))
          .line("secondary sliver", sliver(primaryNeeded, blob.secondarySliverLength()))
          .line("all slivers", Text.bytes(blob.sliversLength()))
          .line("encoded", Text.bytes(blob.encodedLength()) + " with the metadata at every shard");
    }
    if (plan != null) {
      text.line("encoding", plan.description());
    }
    return text.line("runs on", engine.description()).toString();
  }

  private static String sliver(int symbols, long length) {
    return symbols + " symbols, " + Text.bytes(length);
  }
}
