package io.redstuff.network.ledger.transaction;

import io.redstuff.FixedBytes;
import io.redstuff.SuiAddress;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import io.redstuff.simd.hash.Blake2b;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;

/**
 * The public key of an account, 32 bytes of ed25519 (RFC 8032). The address of the account is a
 * hash of it, the same as on Sui.
 *
 * @since 0.1.0
 */
public final class AccountPublicKey extends FixedBytes {

  /** The length in bytes. */
  public static final int BYTES = 32;

  static final String ALGORITHM = "Ed25519";

  private static final String WHAT = "account key";

  /** Sui's number of ed25519 among the signature schemes. */
  private static final byte SCHEME = 0;

  private static final int ODD = 0x80;

  private AccountPublicKey(byte[] bytes) {
    super(WHAT, BYTES, bytes);
  }

  /**
   * Returns the key with given bytes. Whether they are a point of the curve is only found when a
   * signature is checked.
   *
   * @param bytes 32 bytes, copied: y, the least significant byte first, and in the highest bit
   *     whether x is odd
   * @return the key
   * @throws IllegalArgumentException if there are not 32 bytes
   */
  public static AccountPublicKey of(byte[] bytes) {
    return new AccountPublicKey(bytes);
  }

  static AccountPublicKey of(EdECPublicKey key) {
    byte[] bigEndian = key.getPoint().getY().toByteArray();
    byte[] bytes = reversed(bigEndian);
    if (key.getPoint().isXOdd()) {
      bytes[BYTES - 1] |= (byte) ODD;
    }
    return new AccountPublicKey(bytes);
  }

  /**
   * Turns the order of bytes around, into 32 of them: y has 255 bits, and so no byte for a sign.
   */
  private static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[BYTES];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }

  /** {@return the address of the account: the hash of a zero byte and the key} */
  public SuiAddress address() {
    byte[] message = new byte[1 + BYTES];
    message[0] = SCHEME;
    System.arraycopy(toBytes(), 0, message, 1, BYTES);
    return SuiAddress.of(Blake2b.hash(message));
  }

  /** Returns if a signature is that of this key for a message. */
  void verify(byte[] message, byte[] signature) throws VerificationException {
    if (!isGood(message, signature)) {
      throw new VerificationException(
          Reason.BAD_SIGNATURE,
          "signature: got one that is not of key %s for this message of %s bytes"
              .formatted(this, message.length));
    }
  }

  private boolean isGood(byte[] message, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance(ALGORITHM);
      verifier.initVerify(toJdk());
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      // A key or a signature that is no point: the JDK is there, so it can be nothing else.
      return false;
    }
  }

  private PublicKey toJdk() throws GeneralSecurityException {
    byte[] bigEndian = reversed(toBytes());
    boolean odd = (bigEndian[0] & ODD) != 0;
    bigEndian[0] &= (byte) ~ODD;
    EdECPoint point = new EdECPoint(odd, new BigInteger(1, bigEndian));
    return KeyFactory.getInstance(ALGORITHM)
        .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
  }
}
