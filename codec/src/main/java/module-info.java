/**
 * RedStuff, the two-dimensional erasure code of the Walrus storage network: encodes blobs to
 * slivers, commits to them, checks them and decodes.
 *
 * <p>{@link io.redstuff.codec} is where to start. Agrona is optional: only who uses {@link
 * io.redstuff.agrona} needs it on the path.
 */
@SuppressWarnings("module") // what is built on it is compiled later
module io.redstuff.codec {
  requires transitive io.redstuff.simd;
  requires static org.agrona;

  exports io.redstuff;
  exports io.redstuff.agrona;
  exports io.redstuff.audit;
  exports io.redstuff.chain;
  exports io.redstuff.codec;
  exports io.redstuff.error;
  exports io.redstuff.internal.bcs to
      io.redstuff.certify,
      io.redstuff.client,
      io.redstuff.network,
      io.redstuff.seal;
  exports io.redstuff.message;
  exports io.redstuff.proof;
  exports io.redstuff.quilt;
  exports io.redstuff.store;
  exports io.redstuff.stream;
}
