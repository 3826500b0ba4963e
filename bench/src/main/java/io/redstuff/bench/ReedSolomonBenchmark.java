package io.redstuff.bench;

import io.redstuff.simd.Engine;
import io.redstuff.simd.ErasurePattern;
import io.redstuff.simd.ReedSolomonDecoder;
import io.redstuff.simd.ReedSolomonEncoder;
import io.redstuff.simd.SymbolRows;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/**
 * The one-dimensional code. Microseconds per call, which is one codeword unless {@code lanes} says
 * more; the counted bytes are those of the whole codewords, original and recovery symbols.
 *
 * <p>Symbols of one codeword lie back to back. With more lanes, the same symbols of all codewords
 * lie back to back.
 */
public class ReedSolomonBenchmark extends EngineBenchmark {
  private static final int SEED = 1;

  /** Original symbols, recovery symbols, bytes of a symbol. */
  @Param({
    "334:666:64",
    "334:666:1206",
    "667:333:64",
    "667:333:1206",
    "32:32:1024",
    "32:32:65536",
    "512:512:1024",
    "10:4:1024",
    "10:4:65536"
  })
  String shape;

  /** Codewords in one call. */
  @Param("1")
  int lanes;

  private int symbolBytes;
  private long callBytes;
  private ReedSolomonEncoder encoder;
  private ReedSolomonDecoder decoder;
  private ErasurePattern pattern;
  private MemorySegment codewords;
  private MemorySegment restoredSymbols;
  private SymbolRows rows;
  private SymbolRows restoredRows;

  @Override
  void prepare(Engine chosen, Arena memory) {
    CodeShape parsed = CodeShape.parse(shape);
    symbolBytes = parsed.symbolBytes();
    long rowBytes = (long) lanes * symbolBytes;
    int originals = parsed.code().originals();
    callBytes = parsed.code().length() * rowBytes;
    encoder = parsed.code().newEncoder(chosen, memory);
    decoder = parsed.code().newDecoder(chosen, memory);
    codewords = SeededBytes.allocate(memory, callBytes, SEED);
    restoredSymbols = memory.allocate(originals * rowBytes, 64);
    rows = new SymbolRows.Grid(codewords, 0, 0, rowBytes, symbolBytes);
    restoredRows = new SymbolRows.Grid(restoredSymbols, 0, 0, rowBytes, symbolBytes);
    BitSet present = new BitSet();
    present.set(parsed.mostLost(), parsed.code().length());
    pattern = parsed.code().erasures(present);
    encoder.encode(rows, rows, symbolBytes, lanes);
  }

  /** Symbol after symbol, of each the lanes: the originals, then what {@link #encode} wrote. */
  MemorySegment codewords() {
    return codewords;
  }

  /** In the same order the originals, of which {@link #decode} wrote those that were lost. */
  MemorySegment restoredSymbols() {
    return restoredSymbols;
  }

  /** All recovery symbols from the originals. */
  @Benchmark
  public void encode(Bytes bytes) {
    bytes.add(callBytes);
    encoder.encode(rows, rows, symbolBytes, lanes);
  }

  /**
   * As many lost originals as the code can restore, the first ones; which they are was prepared
   * once.
   */
  @Benchmark
  public void decode(Bytes bytes) {
    bytes.add(callBytes);
    decoder.decode(pattern, rows, restoredRows, symbolBytes, lanes);
  }
}
