package io.redstuff.spark.task;

import io.redstuff.EncodingParameters;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.stream.BlobTarget;
import io.redstuff.stream.SliverSink;
import io.redstuff.stream.SliverSource;
import io.redstuff.stream.Workspace;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Slivers of one blob that a task puts down and takes up again, one in heap memory at a time: in a
 * temporary file, or in native memory if all of them fit what the task may take.
 *
 * <p>For the thread that made it, which has to close it.
 */
public final class SliverSpill implements SliverSink, SliverSource, AutoCloseable {
  private final EncodingParameters parameters;
  private final int symbolSize;
  private final long slot;
  private final Map<SliverId, Integer> slots = new HashMap<>();
  private final int capacity;
  private final Arena arena = Arena.ofConfined();
  private final FileChannel file;
  private final BlobTarget memory;

  /**
   * Makes room.
   *
   * @param parameters the encoding parameters
   * @param symbolSize bytes of a symbol
   * @param capacity how many slivers come
   * @param most bytes of native memory; more goes to a file
   * @throws IOException if the file cannot be made
   */
  public SliverSpill(EncodingParameters parameters, int symbolSize, int capacity, long most)
      throws IOException {
    this.parameters = parameters;
    this.symbolSize = symbolSize;
    this.capacity = capacity;
    this.slot = (long) parameters.secondarySourceSymbols() * symbolSize;
    long bytes = Math.multiplyExact(slot, capacity);
    if (bytes <= most) {
      this.file = null;
      this.memory = BlobTarget.of(arena.allocate(Math.max(bytes, 1), 64));
    } else {
      this.file = Workspace.temporaryFile(directory());
      this.memory = BlobTarget.of(file, bytes);
    }
  }

  /**
   * {@return where tasks put temporary files: the directory that the executor's JVM has for them}
   */
  public static Path directory() {
    return Path.of(System.getProperty("java.io.tmpdir"));
  }

  /**
   * Takes a whole sliver.
   *
   * @param sliver of the blob
   * @throws IOException if it cannot be written
   */
  public void put(Sliver sliver) throws IOException {
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment symbols = scratch.allocate(sliver.segment().byteSize(), 64);
      symbols.copyFrom(sliver.segment());
      write(sliver.id(), 0, symbols);
    }
  }

  @Override
  public void write(SliverId sliver, long offset, MemorySegment symbols) throws IOException {
    Integer at = slots.get(sliver);
    if (at == null) {
      at = slots.size();
      if (at == capacity) {
        throw new IllegalArgumentException(
            "slivers: got more with %s, expected %s".formatted(sliver, capacity));
      }
      slots.put(sliver, at);
    }
    memory.write(at * slot + offset, symbols);
  }

  @Override
  public boolean has(SliverId sliver) {
    return slots.containsKey(sliver);
  }

  @Override
  public void read(SliverId sliver, long offset, MemorySegment target) throws IOException {
    memory.read(slots.get(sliver) * slot + offset, target);
  }

  /** {@return the slivers that came, in no order} */
  public Set<SliverId> slivers() {
    return slots.keySet();
  }

  /**
   * {@return a copy of a sliver that is there}
   *
   * @param sliver which sliver
   * @throws IOException if it cannot be read
   */
  public Sliver get(SliverId sliver) throws IOException {
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment symbols =
          scratch.allocate(parameters.sliverLength(sliver.axis(), symbolSize), 64);
      read(sliver, 0, symbols);
      return Sliver.copyOf(sliver, symbolSize, symbols.toArray(ValueLayout.JAVA_BYTE));
    }
  }

  /** Ends the file and frees the memory. */
  @Override
  public void close() throws IOException {
    arena.close();
    if (file != null) {
      file.close();
    }
  }
}
