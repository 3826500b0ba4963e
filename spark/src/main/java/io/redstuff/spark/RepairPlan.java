package io.redstuff.spark;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.SliverId;
import io.redstuff.proof.KnownSliverHash;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * How the lost slivers of one blob are restored, decided by what has to travel: of each that is
 * lost as many symbols as it has, or once as many whole slivers as give the blob, {@code k1 * k2}
 * symbols either way. A lost shard takes {@code k1 + k2} symbols, so with 1000 shards it is whole
 * slivers from 223 lost shards on.
 *
 * <p>Made on the driver, sent to all executors: some hundred bytes, and 32 for each lost sliver.
 */
final class RepairPlan implements Serializable {
  @Serial private static final long serialVersionUID = 1;

  /** What travels. */
  enum Way {
    /** Symbols, from slivers of both axes. */
    SYMBOLS,
    /** Whole slivers of one axis. */
    SLIVERS
  }

  private final int shards;
  private final byte[] blob;
  private final long length;
  private final Way way;

  /** Of which axis whole slivers are taken. */
  private final Axis whole;

  /** By axis, the indices of what is lost. */
  private final int[][] lost;

  /** By axis, the hashes of what is lost, 32 bytes each. */
  private final byte[][] hashes;

  /** By axis, the slivers that are read. */
  private final BitSet[] sources;

  private RepairPlan(
      int shards, byte[] blob, long length, int[][] lost, byte[][] hashes, BitSet[] clean) {
    this.shards = shards;
    this.blob = blob;
    this.length = length;
    this.lost = lost;
    this.hashes = hashes;
    EncodingParameters parameters = parameters();
    this.way = way(parameters, lost[0].length, lost[1].length, clean);
    int k1 = parameters.primarySourceSymbols();
    this.whole = clean[0].cardinality() >= k1 ? Axis.PRIMARY : Axis.SECONDARY;
    this.sources = new BitSet[2];
    for (Axis axis : Axis.values()) {
      boolean used =
          way == Way.SLIVERS ? axis == whole : lost[axis.opposite().variant()].length > 0;
      sources[axis.variant()] =
          used ? first(clean[axis.variant()], parameters.sourceSymbols(axis)) : new BitSet();
    }
  }

  /**
   * Plans what was found of a blob.
   *
   * @throws IllegalArgumentException if too few slivers are left of which all copies are good
   */
  static RepairPlan of(int shards, Row finding) {
    List<List<Integer>> lost = List.of(new ArrayList<>(), new ArrayList<>());
    for (Row sliver : finding.<Row>getList(finding.fieldIndex(ScrubJob.LOST))) {
      lost.get(sliver.<Integer>getAs(Tables.AXIS)).add(sliver.<Integer>getAs(Tables.INDEX));
    }
    int[][] indices = new int[2][];
    for (int axis = 0; axis < 2; axis++) {
      indices[axis] = lost.get(axis).stream().mapToInt(Integer::intValue).toArray();
    }
    byte[] all = finding.getAs(ScrubJob.HASHES);
    int primaries = 32 * indices[0].length;
    byte[][] hashes = {
      Arrays.copyOf(all, primaries), Arrays.copyOfRange(all, primaries, all.length)
    };
    BitSet[] clean = {
      BitSet.valueOf(finding.<byte[]>getAs(ScrubJob.CLEAN_PRIMARY)),
      BitSet.valueOf(finding.<byte[]>getAs(ScrubJob.CLEAN_SECONDARY))
    };
    EncodingParameters parameters = EncodingParameters.forShards(shards);
    if (!parameters.isDecodable(clean[0].cardinality(), clean[1].cardinality())) {
      throw new IllegalArgumentException(
          "slivers without a bad copy: got %s primary and %s secondary, expected %s or %s"
              .formatted(
                  clean[0].cardinality(),
                  clean[1].cardinality(),
                  parameters.primarySourceSymbols(),
                  parameters.secondarySourceSymbols()));
    }
    return new RepairPlan(
        shards,
        finding.getAs(Tables.BLOB),
        finding.<Long>getAs(Tables.LENGTH),
        indices,
        hashes,
        clean);
  }

  private static Way way(
      EncodingParameters parameters, int primaries, int secondaries, BitSet[] clean) {
    boolean possible =
        (primaries == 0 || clean[1].cardinality() >= parameters.secondarySourceSymbols())
            && (secondaries == 0 || clean[0].cardinality() >= parameters.primarySourceSymbols());
    return possible && symbolsTravel(parameters, primaries, secondaries)
        ? Way.SYMBOLS
        : Way.SLIVERS;
  }

  /** Returns whether fewer bytes travel as symbols than as whole slivers. */
  static boolean symbolsTravel(EncodingParameters parameters, int primaries, int secondaries) {
    long k1 = parameters.primarySourceSymbols();
    long k2 = parameters.secondarySourceSymbols();
    return primaries * k2 + secondaries * k1 < k1 * k2;
  }

  private static BitSet first(BitSet all, int count) {
    BitSet first = new BitSet();
    all.stream().limit(count).forEach(first::set);
    return first;
  }

  EncodingParameters parameters() {
    return EncodingParameters.forShards(shards);
  }

  BlobId blob() {
    return BlobId.of(blob);
  }

  long length() {
    return length;
  }

  int symbolSize() {
    return parameters().symbolSize(length);
  }

  Way way() {
    return way;
  }

  /** Returns whether a sliver is read. */
  boolean isSource(SliverId id) {
    return sources[id.axis().variant()].get(id.index());
  }

  /** Returns how many whole slivers are read. */
  int sources() {
    return sources[0].cardinality() + sources[1].cardinality();
  }

  /** Returns the indices of what is lost of an axis. */
  int[] lost(Axis axis) {
    return lost[axis.variant()].clone();
  }

  /** Returns the hash of something that is lost, by its place among what is lost of its axis. */
  KnownSliverHash hash(Axis axis, int place) {
    int at = 32 * place;
    return new KnownSliverHash(
        parameters(),
        blob(),
        new SliverId(axis, lost[axis.variant()][place]),
        symbolSize(),
        Arrays.copyOfRange(hashes[axis.variant()], at, at + 32));
  }

  /** Returns how much room it takes where it is sent, about. */
  long bytes() {
    return 400 + shards / 4 + 36L * (lost[0].length + lost[1].length);
  }

  @Override
  public String toString() {
    return "%s lost of %s by %s".formatted(lost[0].length + lost[1].length, blob(), way);
  }
}
