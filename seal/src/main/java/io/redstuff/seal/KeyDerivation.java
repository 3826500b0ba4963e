package io.redstuff.seal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.redstuff.ObjectId;
import io.redstuff.certify.bls.G1Point;
import io.redstuff.certify.bls.G2Point;
import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Keys made of others by SHA3-256. */
final class KeyDerivation {
  /** The length of all keys, in bytes. */
  static final int BYTES = 32;

  /** What the key is for that encrypts the randomness of the encryption. */
  static final int FOR_RANDOMNESS = 0;

  /** What the key is for that encrypts the data. */
  static final int FOR_DATA = 1;

  private static final byte[] SHARE_DOMAIN = "SUI-SEAL-IBE-BLS12381-H2-00".getBytes(US_ASCII);
  private static final byte[] PURPOSE_DOMAIN = "SUI-SEAL-IBE-BLS12381-H3-00".getBytes(US_ASCII);
  private static final String MAC = "HmacSHA3-256";

  private KeyDerivation() {}

  /**
   * Returns the key that encrypts a share.
   *
   * @param pairing of the user key and the nonce
   * @param identity its public key
   * @param index of the share
   */
  static byte[] ofShare(
      byte[] pairing, G2Point nonce, G1Point identity, ObjectId server, int index) {
    MessageDigest digest = sha3();
    digest.update(SHARE_DOMAIN);
    digest.update(pairing);
    digest.update(nonce.toBytes());
    digest.update(identity.toBytes());
    digest.update(server.toBytes());
    digest.update((byte) index);
    return digest.digest();
  }

  /** Returns the key for one of the purposes above that an object's base key gives. */
  static byte[] ofPurpose(int purpose, byte[] baseKey, EncryptedShares shares) {
    MessageDigest digest = sha3();
    digest.update(PURPOSE_DOMAIN);
    digest.update(baseKey);
    digest.update((byte) purpose);
    digest.update((byte) shares.threshold());
    shares.list().forEach(share -> digest.update(share.encrypted()));
    shares.list().forEach(share -> digest.update(share.server().toBytes()));
    return digest.digest();
  }

  /** Returns as many bytes as asked for by HKDF (RFC 5869) without salt: a multiple of 32. */
  static byte[] expand(byte[] secret, byte[] info, int length) {
    Mac extract = mac(new byte[BYTES]);
    byte[] key = extract.doFinal(secret);
    Mac mac = mac(key);
    Arrays.fill(key, (byte) 0);
    ByteBuffer out = ByteBuffer.allocate(length);
    byte[] block = new byte[0];
    for (int i = 1; out.hasRemaining(); i++) {
      mac.update(block);
      mac.update(info);
      mac.update((byte) i);
      block = mac.doFinal();
      out.put(block);
    }
    Arrays.fill(block, (byte) 0);
    return out.array();
  }

  static Mac mac(byte[] key) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(key, MAC));
      return mac;
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new AssertionError("every JDK has it, for all keys", e);
    }
  }

  private static MessageDigest sha3() {
    try {
      return MessageDigest.getInstance("SHA3-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has it", e);
    }
  }
}
