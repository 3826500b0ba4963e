package io.redstuff.cli.show;

import io.redstuff.EncodingParameters;
import io.redstuff.quilt.Quilt;
import java.util.List;
import java.util.Locale;

/**
 * What {@code redstuff info --quilt} tells; its components are the JSON it prints. All lengths are
 * in bytes; those of encodings have the metadata of every shard.
 *
 * @param shards number of shards, n
 * @param maxFiles how many files a quilt has at most
 * @param files how many there are
 * @param length of all files together
 * @param symbolSize of the quilt
 * @param quiltLength of the quilt as a blob
 * @param encodedAlone of all files, each as a blob of its own
 * @param encodedTogether of the quilt
 */
public record QuiltInfo(
    int shards,
    int maxFiles,
    int files,
    long length,
    int symbolSize,
    long quiltLength,
    long encodedAlone,
    long encodedTogether) {
  /** Returns what packing would save. */
  public static QuiltInfo of(EncodingParameters parameters, List<Long> lengths, Quilt quilt) {
    return new QuiltInfo(
        parameters.shards(),
        parameters.secondarySourceSymbols() - 1,
        lengths.size(),
        lengths.stream().mapToLong(Long::longValue).sum(),
        quilt.symbolSize(),
        quilt.length(),
        lengths.stream().mapToLong(parameters::encodedLength).sum(),
        parameters.encodedLength(quilt.length()));
  }

  /** Returns the report for people, in lines. */
  public String toText() {
    String times = String.format(Locale.ROOT, "%.1f", (double) encodedAlone / encodedTogether);
    return new Text(17)
        .line("shards", "n = " + shards + ", up to " + maxFiles + " files in a quilt")
        .line("files", files + ", " + Text.bytes(length))
        .line("quilt", Text.bytes(quiltLength) + " in symbols of " + Text.bytes(symbolSize))
        .line("encoded alone", Text.bytes(encodedAlone))
        .line("encoded together", Text.bytes(encodedTogether) + ", " + times + " times less")
        .toString();
  }
}
