package io.redstuff.codec;

import io.redstuff.EncodingParameters;
import io.redstuff.simd.Engine;
import java.lang.foreign.Arena;

/**
 * What {@link RedStuff} needs to check, recover and cut from single slivers, with memory that the
 * garbage collector frees. For one thread at a time.
 */
final class SliverWorkers {
  private final SliverRecoverer recoverer;
  private final SymbolCutter cutter;

  SliverWorkers(EncodingParameters parameters, Engine engine) {
    Arena arena = Arena.ofAuto();
    this.recoverer = new SliverRecoverer(parameters, engine, arena);
    this.cutter = new SymbolCutter(parameters, engine, arena);
  }

  SliverVerifier verifier() {
    return recoverer.verifier();
  }

  SliverRecoverer recoverer() {
    return recoverer;
  }

  SymbolCutter cutter() {
    return cutter;
  }
}
