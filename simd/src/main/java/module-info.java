/**
 * The arithmetic below RedStuff: one-dimensional Reed-Solomon coding over GF(2^16) and BLAKE2b-256,
 * on native memory, in plain Java and with the Vector API.
 *
 * <p>The module {@code jdk.incubator.vector} is not required at run time. Where it is missing,
 * plain Java does the work; {@code --add-modules jdk.incubator.vector} brings it in.
 */
@SuppressWarnings("module") // what is built on it is compiled later
module io.redstuff.simd {
  requires static jdk.incubator.vector;

  exports io.redstuff.simd;
  exports io.redstuff.simd.hash to
      io.redstuff.codec,
      io.redstuff.network;
}
