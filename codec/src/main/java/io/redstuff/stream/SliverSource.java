package io.redstuff.stream;

import io.redstuff.SliverId;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * Slivers to decode from, of which any part can be read. Nothing is proven by having them.
 *
 * @since 0.1.0
 */
public interface SliverSource {
  /**
   * {@return whether there is a sliver whose symbols can be read, all of as many as the metadata
   * asks for}
   *
   * @param sliver which sliver
   */
  boolean has(SliverId sliver);

  /**
   * Reads bytes of a sliver that {@linkplain #has is there}.
   *
   * @param sliver which sliver
   * @param offset of the first byte, counted from the start of its symbols
   * @param target native memory; all of it is filled
   * @throws IOException if they cannot be read
   */
  void read(SliverId sliver, long offset, MemorySegment target) throws IOException;
}
