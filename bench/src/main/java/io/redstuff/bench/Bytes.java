package io.redstuff.bench;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Counts the bytes that measured calls worked on; each benchmark says which bytes it means. Beside
 * the time per call, JMH then gives the time per byte under the name {@code bytes}: one over it is
 * the rate.
 */
@AuxCounters(AuxCounters.Type.OPERATIONS)
@State(Scope.Thread)
public class Bytes {
  /** How many, since the iteration began; public for JMH to read and reset. */
  public long bytes;

  void add(long more) {
    bytes += more;
  }
}
