package io.redstuff.seal.container;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import io.redstuff.seal.SealedKey;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * Encrypts segments with AES-256-GCM. The nonce is the number of the segment, 11 bytes, big-endian,
 * and a byte that is 1 for the last: so none can be moved, left out or put after the last. The key
 * is made of the sealed key and the header and is of this blob alone. For one thread at a time.
 */
final class SegmentCipher {
  /** What a segment is longer by when it is encrypted. */
  static final int TAG_BYTES = 16;

  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final byte[] INFO = "redstuff sealed blob 1".getBytes(US_ASCII);

  private final SecretKey key;
  private final Cipher cipher;

  private SegmentCipher(SecretKey key, Cipher cipher) {
    this.key = key;
    this.cipher = cipher;
  }

  /** Returns a cipher for a sealed key, 32 bytes, and a header. */
  static SegmentCipher of(byte[] sealedKey, byte[] header) {
    if (sealedKey.length != SealedKey.BYTES) {
      throw new IllegalArgumentException(
          "key: got %s bytes, expected %s".formatted(sealedKey.length, SealedKey.BYTES));
    }
    try {
      SecretKey key =
          KDF.getInstance("HKDF-SHA256")
              .deriveKey(
                  "AES",
                  HKDFParameterSpec.ofExtract()
                      .addIKM(sealedKey)
                      .addSalt(header)
                      .thenExpand(INFO, KEY_BYTES));
      return new SegmentCipher(key, Cipher.getInstance("AES/GCM/NoPadding"));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has HKDF and AES", e);
    }
  }

  /** Encrypts the first bytes of an array to another, which is longer by the tag. */
  void encrypt(long segment, boolean isLast, byte[] content, int length, byte[] encrypted) {
    try {
      init(Cipher.ENCRYPT_MODE, segment, isLast);
      cipher.doFinal(content, 0, length, encrypted);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has AES", e);
    }
  }

  /** Decrypts the first bytes of an array to another. */
  void decrypt(long segment, boolean isLast, byte[] encrypted, int length, byte[] content)
      throws VerificationException {
    try {
      init(Cipher.DECRYPT_MODE, segment, isLast);
      cipher.doFinal(encrypted, 0, length, content);
    } catch (AEADBadTagException e) {
      throw new VerificationException(
          Reason.BAD_CIPHERTEXT,
          "sealed blob: segment %s cannot be opened with this key: it was changed, or is of"
                  .formatted(segment)
              + " something else");
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has AES", e);
    }
  }

  private void init(int mode, long segment, boolean isLast) throws GeneralSecurityException {
    ByteBuffer nonce = ByteBuffer.allocate(NONCE_BYTES);
    nonce.putLong(NONCE_BYTES - 1 - Long.BYTES, segment);
    nonce.put(NONCE_BYTES - 1, (byte) (isLast ? 1 : 0));
    cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce.array()));
  }
}
