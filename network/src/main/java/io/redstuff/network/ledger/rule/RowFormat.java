package io.redstuff.network.ledger.rule;

import io.redstuff.error.MalformedDataException;
import java.util.function.Function;

/**
 * How a key or a value of a table is kept.
 *
 * @param write to bytes
 * @param read from them
 */
record RowFormat<T>(Function<T, byte[]> write, Reader<T> read) {

  /** Reads a value. */
  @FunctionalInterface
  interface Reader<T> {
    /** Returns the value that the bytes encode. */
    T read(byte[] bytes) throws MalformedDataException;
  }
}
