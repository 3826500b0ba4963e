package io.redstuff.client;

import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.stream.Workspace;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Slivers that were fetched and checked: in memory as long as there is room, then in a temporary
 * file. Thread-safe.
 */
final class SliverCache implements AutoCloseable {
  private final Workspace workspace;
  private final Map<SliverId, Place> places = new ConcurrentHashMap<>();
  private long memoryLeft;
  private FileChannel file;
  private long fileLength;
  private boolean closed;

  /** Where a sliver is. */
  private sealed interface Place {
    record Memory(MemorySegment symbols) implements Place {}

    record Spilled(FileChannel file, long offset) implements Place {}
  }

  SliverCache(Workspace workspace) {
    this.workspace = workspace;
    this.memoryLeft = workspace.memoryBudget();
  }

  /** Keeps a sliver, unless it is there. One that comes too late goes nowhere. */
  synchronized void put(Sliver sliver) throws IOException {
    if (closed || has(sliver.id())) {
      return;
    }
    MemorySegment symbols = sliver.segment();
    if (symbols.byteSize() <= memoryLeft) {
      memoryLeft -= symbols.byteSize();
      places.put(sliver.id(), new Place.Memory(symbols));
      return;
    }
    if (file == null) {
      file =
          Workspace.temporaryFile(
              workspace
                  .spillDirectory()
                  .orElseThrow(
                      () ->
                          new IOException(
                              "slivers: got more than %s bytes, expected a spill directory"
                                  .formatted(workspace.memoryBudget()))));
    }
    long offset = fileLength;
    ByteBuffer buffer = symbols.asByteBuffer();
    while (buffer.hasRemaining()) {
      fileLength += file.write(buffer, fileLength);
    }
    places.put(sliver.id(), new Place.Spilled(file, offset));
  }

  boolean has(SliverId sliver) {
    return places.containsKey(sliver);
  }

  /** Fills memory with bytes of a sliver that is there. */
  void read(SliverId sliver, long offset, MemorySegment target) throws IOException {
    switch (places.get(sliver)) {
      case Place.Memory(MemorySegment symbols) ->
          MemorySegment.copy(symbols, offset, target, 0, target.byteSize());
      case Place.Spilled(FileChannel spill, long start) -> {
        ByteBuffer buffer = target.asByteBuffer();
        while (buffer.hasRemaining()) {
          if (spill.read(buffer, start + offset + buffer.position()) < 0) {
            throw new EOFException(sliver + ": got the end of the temporary file, expected more");
          }
        }
      }
    }
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    places.clear();
    if (file != null) {
      file.close();
    }
  }
}
