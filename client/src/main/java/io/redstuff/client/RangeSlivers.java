package io.redstuff.client;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.SliverId;
import io.redstuff.proof.VerifiedMetadata;
import java.util.List;
import java.util.stream.IntStream;

/**
 * In which slivers a part of a blob lies. The blob is a matrix of k1 rows and k2 columns of
 * symbols, row after row: row i is primary sliver i, column c secondary sliver c.
 */
final class RangeSlivers {
  private final EncodingParameters parameters;
  private final int symbolSize;
  private final long rowBytes;
  private final long first;
  private final long last;

  /** Looks at one byte or more. */
  RangeSlivers(VerifiedMetadata metadata, long offset, long length) {
    this.parameters = metadata.parameters();
    this.symbolSize = metadata.symbolSize();
    this.rowBytes = parameters.sliverLength(Axis.PRIMARY, symbolSize);
    this.first = offset;
    this.last = offset + length - 1;
  }

  /** Returns the rows. */
  List<SliverId> primaries() {
    return IntStream.rangeClosed((int) (first / rowBytes), (int) (last / rowBytes))
        .mapToObj(SliverId::primary)
        .toList();
  }

  /** Returns the columns. */
  List<SliverId> secondaries() {
    int columns = parameters.sourceSymbols(Axis.SECONDARY);
    long from = first / symbolSize;
    long to = last / symbolSize;
    return IntStream.range(0, (int) Math.min(columns, to - from + 1))
        .mapToObj(i -> SliverId.secondary((int) ((from + i) % columns)))
        .toList();
  }

  /** Returns whether the columns are less to fetch than so many rows. */
  boolean isByColumnsLess(long rows) {
    return (long) secondaries().size() * parameters.symbolsPerSliver(Axis.SECONDARY)
        < rows * parameters.symbolsPerSliver(Axis.PRIMARY);
  }
}
