/**
 * Who vouches for a blob: BLS signatures over the messages of the codec, committees of storage
 * nodes, and the certificates that they make together.
 *
 * <p>{@link io.redstuff.certify} is where to start, {@link io.redstuff.certify.json} has the forms
 * in which it is sent about, {@link io.redstuff.certify.bls} keys, signatures and the groups they
 * are of. Bouncy Castle computes them; where {@code tech.pegasys:jblst} is found at run time, on
 * the class path or as a module, that does, and faster.
 */
@SuppressWarnings("module") // what is built on it is compiled later
module io.redstuff.certify {
  requires transitive io.redstuff.codec;
  requires org.bouncycastle.provider;
  requires tools.jackson.databind;

  exports io.redstuff.certify;
  exports io.redstuff.certify.bls;
  exports io.redstuff.certify.json;
  exports io.redstuff.internal.json to
      io.redstuff.client,
      io.redstuff.seal;
  exports io.redstuff.internal.secret to
      io.redstuff.seal;
}
