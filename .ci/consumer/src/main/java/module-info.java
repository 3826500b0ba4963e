/** A project that takes the library. */
module consumer {
  requires io.redstuff.codec;
}
