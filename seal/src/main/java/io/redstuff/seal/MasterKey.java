package io.redstuff.seal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.redstuff.ObjectId;
import io.redstuff.certify.bls.G1Point;
import io.redstuff.certify.bls.G2Point;
import io.redstuff.certify.bls.PairingGroups;
import io.redstuff.certify.bls.SecretKey;
import io.redstuff.error.MalformedDataException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * The secret of a key server, which all user keys are made of. Wiped when closed; thread-safe, but
 * for being closed while it is used.
 *
 * @since 0.1.0
 */
public final class MasterKey implements AutoCloseable {
  /** The least length of a seed, in bytes. */
  public static final int MIN_SEED_BYTES = 32;

  private static final BigInteger ORDER =
      new BigInteger("73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001", 16);

  private static final int DERIVED_BYTES = 64;
  private static final byte[] POSSESSION_DOMAIN = "SUI-SEAL-IBE-BLS12381-POP-00".getBytes(US_ASCII);

  private final SecretKey secret;

  private MasterKey(SecretKey secret) {
    this.secret = secret;
  }

  /**
   * Makes a new master key.
   *
   * @param random where its bits come from; {@code new SecureRandom()} is a good choice
   * @return the key
   */
  public static MasterKey generate(SecureRandom random) {
    return new MasterKey(SecretKey.generate(random));
  }

  /**
   * Returns the master key that is a number.
   *
   * @param secret the number; closed with the master key
   * @return the key
   */
  public static MasterKey of(SecretKey secret) {
    return new MasterKey(secret);
  }

  /**
   * Derives one of the master keys that a server makes of one seed, by HKDF-SHA3-256.
   *
   * @param seed 32 bytes or more; the caller wipes it
   * @param index which key, counted from 0
   * @return the key
   * @throws MalformedDataException if the key is zero, which no seed is known to give
   * @throws IllegalArgumentException if the seed is shorter
   */
  public static MasterKey derive(byte[] seed, long index) throws MalformedDataException {
    if (seed.length < MIN_SEED_BYTES) {
      throw new IllegalArgumentException(
          "seed: got %s bytes, expected at least %s".formatted(seed.length, MIN_SEED_BYTES));
    }
    byte[] info = ByteBuffer.allocate(Long.BYTES).putLong(index).array();
    byte[] wide = KeyDerivation.expand(seed, info, DERIVED_BYTES);
    byte[] reduced = new BigInteger(1, wide).mod(ORDER).toByteArray();
    byte[] key = new byte[SecretKey.BYTES];
    // Below the order there are at most 255 bits, so no byte is there for the sign alone.
    System.arraycopy(reduced, 0, key, key.length - reduced.length, reduced.length);
    try {
      return new MasterKey(SecretKey.parse(key));
    } finally {
      Bytes.wipe(wide, reduced, key);
    }
  }

  G2Point publicKey(PairingGroups groups) {
    return groups.multiplyG2(secret);
  }

  G1Point userKey(PairingGroups groups, Identity identity) {
    return groups.multiply(identity.point(groups), secret);
  }

  G1Point proveKnown(PairingGroups groups, ObjectId server) {
    byte[] message = possessionMessage(new KeyServer(server, publicKey(groups)));
    return groups.multiply(groups.hashToG1(message), secret);
  }

  static byte[] possessionMessage(KeyServer server) {
    return Bytes.concat(
        POSSESSION_DOMAIN, server.publicKey().toBytes(), server.objectId().toBytes());
  }

  /** Overwrites the key; it cannot be used any more. */
  @Override
  public void close() {
    secret.close();
  }

  /** {@return a text that does not depend on the key} */
  @Override
  public String toString() {
    return "master key (not shown)";
  }
}
