package io.redstuff.seal;

import io.redstuff.certify.bls.SecretKey;
import java.security.SecureRandom;

/**
 * All that is drawn for one encryption, and used for no other.
 *
 * @param baseKey what is shared, 32 bytes
 * @param coefficients of the polynomials but for their constant terms: those of x, of x^2 and so on
 * @param scalar called r
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Randomness(byte[] baseKey, byte[][] coefficients, SecretKey scalar)
    implements AutoCloseable {
  /** Draws it. */
  static Randomness draw(SecureRandom random, int threshold) {
    byte[] baseKey = new byte[KeyDerivation.BYTES];
    random.nextBytes(baseKey);
    byte[][] coefficients = new byte[threshold - 1][KeyDerivation.BYTES];
    for (byte[] each : coefficients) {
      random.nextBytes(each);
    }
    return new Randomness(baseKey, coefficients, SecretKey.generate(random));
  }

  /** Wipes it. */
  @Override
  public void close() {
    Bytes.wipe(baseKey);
    Bytes.wipe(coefficients);
    scalar.close();
  }
}
