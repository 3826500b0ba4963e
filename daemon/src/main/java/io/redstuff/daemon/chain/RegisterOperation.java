package io.redstuff.daemon.chain;

/**
 * How a blob came to be registered.
 *
 * @since 0.1.0
 */
public sealed interface RegisterOperation {
  /** {@return how many bytes it has when it is encoded} */
  long encodedLength();

  /**
   * Room was bought for it.
   *
   * @param encodedLength how many bytes it has when it is encoded
   * @param epochsAhead for how many epochs
   */
  record FromScratch(long encodedLength, int epochsAhead) implements RegisterOperation {}

  /**
   * Room that the account had was used.
   *
   * @param encodedLength how many bytes it has when it is encoded
   */
  record ReuseStorage(long encodedLength) implements RegisterOperation {}

  /**
   * The account had it registered, and not certified.
   *
   * @param encodedLength how many bytes it has when it is encoded
   */
  record ReuseRegistration(long encodedLength) implements RegisterOperation {}
}
