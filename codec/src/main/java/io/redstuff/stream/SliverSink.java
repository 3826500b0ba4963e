package io.redstuff.stream;

import io.redstuff.SliverId;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * Where the slivers of an encoded blob go.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface SliverSink {
  /**
   * Takes the next bytes of a sliver. Each sliver comes from its first byte to its last, in pieces
   * of any length; pieces of different slivers come in turn. Called by the thread that encodes.
   *
   * @param sliver which sliver
   * @param offset how many bytes of its symbols came before
   * @param symbols native memory, whole symbols; valid during the call
   * @throws IOException if they cannot be taken; ends the encoding
   */
  void write(SliverId sliver, long offset, MemorySegment symbols) throws IOException;
}
