package io.redstuff.cli;

import io.redstuff.EncodingParameters;
import io.redstuff.SliverId;
import io.redstuff.stream.SliverSink;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes slivers to files as their symbols come. The files have temporary names until somebody says
 * otherwise.
 *
 * <p>There may be twice as many of them as there are shards, more than the system lets a process
 * have open; pieces are long, so each opens its file and closes it again.
 */
final class SliverWriter implements SliverSink {

  private final SliverDirectory directory;
  private final OutputFiles files;
  private final EncodingParameters parameters;
  private final int symbolSize;
  private final Map<SliverId, Begun> begun = new LinkedHashMap<>();

  /** Writes slivers with symbols of {@code symbolSize} bytes to {@code directory}. */
  SliverWriter(
      SliverDirectory directory, OutputFiles files, EncodingParameters parameters, int symbolSize) {
    this.directory = directory;
    this.files = files;
    this.parameters = parameters;
    this.symbolSize = symbolSize;
  }

  /**
   * A sliver of which something was written.
   *
   * @param place where it belongs
   * @param content what comes there
   */
  record Begun(SliverFile place, AtomicFile content) {

    /** Gives the file its name. */
    void takeName() throws CommandException {
      try {
        content.takeName();
      } catch (IOException e) {
        throw CommandException.io(place.path() + ": cannot be written", e);
      }
    }
  }

  @Override
  public void write(SliverId sliver, long offset, MemorySegment symbols) throws IOException {
    long length = parameters.sliverLength(sliver.axis(), symbolSize);
    List<MemorySegment> parts = new ArrayList<>(3);
    if (offset == 0) {
      SliverFile place = directory.file(sliver.axis(), sliver.pair(parameters), parameters);
      begun.put(sliver, new Begun(place, new AtomicFile(place.path())));
      parts.add(SliverBcs.header(length));
    }
    parts.add(symbols);
    if (offset + symbols.byteSize() == length) {
      parts.add(SliverBcs.trailer(sliver, symbolSize));
    }
    Begun file = begun.get(sliver);
    try {
      if (offset == 0) {
        file.content.begin(files, parts.toArray(MemorySegment[]::new));
      } else {
        file.content.append(files, parts.toArray(MemorySegment[]::new));
      }
    } catch (IOException e) {
      throw new NamedIoException(file.place.path() + ": cannot be written", e);
    }
  }

  /** The slivers of which something was written, in the order in which they were begun. */
  Collection<Begun> begun() {
    return begun.values();
  }

  /** The file with what was written of {@code sliver}. */
  AtomicFile content(SliverId sliver) {
    return begun.get(sliver).content();
  }
}
