/** A project that takes the library, and has Agrona. */
module consumer.agrona {
  requires io.redstuff.codec;
  requires org.agrona;
}
