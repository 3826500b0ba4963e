package io.redstuff.network.node.storage;

import io.redstuff.EncodingParameters;
import io.redstuff.Sliver;
import java.lang.foreign.MemorySegment;

/**
 * A sliver as it lies in the store. Nothing of its bytes is known.
 *
 * @param key where it lies
 * @param symbolSize bytes of a symbol
 * @param symbols the symbols one after another; not copied
 * @since 0.1.0
 */
@SuppressWarnings("ArrayRecordComponent") // compared with nothing
public record KeptSliver(SliverKey key, int symbolSize, byte[] symbols) {
  /**
   * Returns it as a sliver of its blob.
   *
   * @param parameters the shape of the encoding
   * @return a view of the symbols
   */
  public Sliver view(EncodingParameters parameters) {
    return Sliver.view(key.sliver(parameters), symbolSize, MemorySegment.ofArray(symbols));
  }
}
