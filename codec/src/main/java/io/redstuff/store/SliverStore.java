package io.redstuff.store;

import io.redstuff.EncodingParameters;
import io.redstuff.stream.SliverSink;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Where metadata and slivers of one blob lie: a {@linkplain DirectoryStore directory}, {@linkplain
 * MemoryStore memory}, the rows of a database, a storage node at the other end of a network.
 *
 * <p>A store keeps and gives bytes and answers for nothing in them; {@link StoredEncoding} checks
 * what it gives. How it frames the bytes, and whether it keeps the slivers of a pair together, is
 * its own affair.
 *
 * <p>Safe for use by several threads that read. At most one batch is written at a time, by one
 * thread.
 *
 * @since 0.1.0
 */
public interface SliverStore {
  /** What becomes of what is there when a {@link Batch} is committed. */
  enum Mode {
    /** There must be nothing. */
    CREATE,
    /** An earlier encoding, of whatever blob and number of shards, gives way as a whole. */
    REPLACE,
    /** It stays; slivers of the same places are replaced. */
    ADD
  }

  /**
   * {@return the metadata with its blob id, in BCS, or its first bytes}
   *
   * @param limit how many bytes to read at most
   * @throws IOException if there is no metadata or it cannot be read; the message names it
   */
  byte[] readMetadata(int limit) throws IOException;

  /**
   * Tells what is at a place, as far as can be told without reading it as a whole.
   *
   * @param place the place
   * @return {@link SliverState.Condition#MISSING}, {@link SliverState.Condition#BAD} or {@link
   *     SliverState.Condition#UNCHECKED}
   * @throws java.util.concurrent.CancellationException if an interrupt ended the look
   */
  SliverState look(SliverPlace place);

  /**
   * Reads bytes of the symbols of a sliver that is there.
   *
   * @param place where it is
   * @param offset of the first byte, counted from the start of its symbols
   * @param target native memory; all of it is filled
   * @throws IOException if they cannot be read; the message names what cannot
   */
  void read(SliverPlace place, long offset, MemorySegment target) throws IOException;

  /**
   * {@return what lies among the slivers and has the name of none, in order, as messages call it}
   *
   * @param parameters the shape of the encoding
   * @throws IOException if the places cannot be looked at
   */
  List<String> strays(EncodingParameters parameters) throws IOException;

  /**
   * Begins to write slivers.
   *
   * @param mode what is to become of what is there
   * @param durability what a commit waits for
   * @return a batch; to be closed
   * @throws IOException if nothing can be written, or something is there that must not; all is as
   *     before then
   */
  Batch begin(Mode mode, Durability durability) throws IOException;

  /**
   * Slivers on their way into a store. None of them is there before the {@linkplain #commit
   * commit}, and then all of them are. A store that cannot do that for a batch, since it consists
   * of many nodes say, does it for each sliver.
   */
  interface Batch extends AutoCloseable {
    /**
     * Writes the next bytes of a sliver. Each comes from its first byte to its last, those of
     * different slivers in turn.
     *
     * @param place where the sliver belongs
     * @param offset how many bytes of its symbols came before
     * @param symbols native or heap memory; valid during the call
     * @throws IOException if that fails; the message names what cannot be written
     */
    void write(SliverPlace place, long offset, MemorySegment symbols) throws IOException;

    /**
     * Reads back from a sliver that was written as a whole.
     *
     * @param place where it belongs
     * @param offset of the first byte, counted from the start of its symbols
     * @param target native memory; all of it is filled
     * @throws IOException if that fails
     */
    void read(SliverPlace place, long offset, MemorySegment target) throws IOException;

    /**
     * Forgets a sliver of which something was written, if there is one.
     *
     * @param place where it would belong
     * @throws IOException if that fails
     */
    void discard(SliverPlace place) throws IOException;

    /**
     * Puts everything in its place, the metadata last: who finds metadata finds its slivers.
     *
     * @param metadata with its blob id, in BCS; empty to write none
     * @throws IOException if that fails; the message names what cannot be written
     */
    void commit(byte[] metadata) throws IOException;

    /**
     * Takes away what was written, unless it was committed.
     *
     * @throws IOException if that fails
     */
    @Override
    void close() throws IOException;

    /**
     * {@return where an encoder puts slivers so that they come into this batch}
     *
     * @param parameters the shape of the encoding
     * @param symbolSize bytes of a symbol
     */
    default SliverSink sink(EncodingParameters parameters, int symbolSize) {
      return (sliver, offset, symbols) ->
          write(new SliverPlace(sliver, parameters, symbolSize), offset, symbols);
    }
  }
}
