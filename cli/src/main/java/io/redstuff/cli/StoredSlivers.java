package io.redstuff.cli;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.SliverId;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.stream.BlobSource;
import io.redstuff.stream.SliverSource;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The slivers of a blob in a directory, of which any part can be read. Files that cannot be those
 * slivers, by their lengths or by what they say they hold, count as missing.
 *
 * <p>No file is open between reads: there may be more of them than a process may have open.
 */
final class StoredSlivers implements SliverSource {

  private final SliverDirectory directory;
  private final EncodingParameters parameters;
  private final int symbolSize;
  private final SliverInspector inspector;
  private final Predicate<SliverId> candidates;
  private final Consumer<SliverState.Bad> complaints;
  private final Map<Axis, Long> headerBytes = new EnumMap<>(Axis.class);
  private final Map<SliverId, Boolean> present = new ConcurrentHashMap<>();
  private final Set<SliverId> read = ConcurrentHashMap.newKeySet();
  private final LongAdder bytesRead = new LongAdder();

  /**
   * Those of the {@code candidates} that lie in {@code directory}.
   *
   * @param candidates the slivers to look for
   * @param inspector of this blob
   * @param complaints told of each file that is not the sliver it should be, once
   */
  StoredSlivers(
      SliverDirectory directory,
      VerifiedMetadata metadata,
      SliverInspector inspector,
      Predicate<SliverId> candidates,
      Consumer<SliverState.Bad> complaints) {
    this.directory = directory;
    this.parameters = metadata.parameters();
    this.symbolSize = metadata.symbolSize();
    this.inspector = inspector;
    this.candidates = candidates;
    this.complaints = complaints;
    for (Axis axis : Axis.values()) {
      long symbols = parameters.sliverLength(axis, symbolSize);
      headerBytes.put(axis, SliverBcs.header(symbols).byteSize());
    }
  }

  @Override
  public boolean has(SliverId sliver) {
    return candidates.test(sliver) && present.computeIfAbsent(sliver, this::isPlausible);
  }

  @Override
  public void read(SliverId sliver, long offset, MemorySegment target) throws IOException {
    SliverFile file = file(sliver);
    try (FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ)) {
      BlobSource.of(channel).read(headerBytes.get(sliver.axis()) + offset, target);
    } catch (IOException e) {
      throw new NamedIoException(file.path().toString(), e);
    }
    read.add(sliver);
    bytesRead.add(target.byteSize());
  }

  /** Counts a sliver as missing from now on, and names it with the {@code reason}. */
  void leaveOut(SliverId sliver, String reason) {
    present.put(sliver, false);
    complaints.accept(new SliverState.Bad(file(sliver), reason));
  }

  /** {@code got 3 primary, needed 4}. */
  String describe(Axis axis) {
    long good =
        IntStream.range(0, parameters.shards())
            .mapToObj(index -> new SliverId(axis, index))
            .filter(this::has)
            .count();
    return "got " + good + " " + axis + ", needed " + parameters.sourceSymbols(axis);
  }

  /** The place of a sliver. */
  SliverFile file(SliverId sliver) {
    return directory.file(sliver.axis(), sliver.pair(parameters), parameters);
  }

  /** How many slivers something was read of. */
  int sliversRead() {
    return read.size();
  }

  /** How many bytes of their symbols were read. */
  long bytesRead() {
    return bytesRead.sum();
  }

  private boolean isPlausible(SliverId sliver) {
    Optional<SliverState> fault = inspector.fault(file(sliver));
    if (fault.orElse(null) instanceof SliverState.Bad bad) {
      complaints.accept(bad);
    }
    return fault.isEmpty();
  }
}
