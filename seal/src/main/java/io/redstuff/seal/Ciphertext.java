package io.redstuff.seal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.redstuff.error.MalformedDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Data encrypted by a key that is used once, in one of the ways of {@link DataCipher}. */
sealed interface Ciphertext {
  /** Reads one. */
  static Ciphertext read(BcsReader in) throws MalformedDataException {
    return switch (in.variant("ciphertext", DataCipher.values().length)) {
      case 0 -> new Aes(in.bytes("encrypted data").toArray(ValueLayout.JAVA_BYTE), readAad(in));
      case 1 ->
          new Hmac(
              in.bytes("encrypted data").toArray(ValueLayout.JAVA_BYTE),
              readAad(in),
              in.array("mac", KeyDerivation.BYTES));
      default -> new Plain();
    };
  }

  private static Optional<byte[]> readAad(BcsReader in) throws MalformedDataException {
    return in.bool("additional data present")
        ? Optional.of(in.bytes("additional data").toArray(ValueLayout.JAVA_BYTE))
        : Optional.empty();
  }

  private static void writeData(BcsWriter out, byte[] data, Optional<byte[]> aad) {
    out.bytes(MemorySegment.ofArray(data)).bool(aad.isPresent());
    aad.ifPresent(bytes -> out.bytes(MemorySegment.ofArray(bytes)));
  }

  /** Returns how it is encrypted. */
  DataCipher cipher();

  /** Returns the length of the encrypted data, tags left out. */
  long dataLength();

  /** Returns what is authenticated and not encrypted, if there is such a thing. */
  Optional<byte[]> aad();

  /** Returns the data; of none, a copy of the key. */
  byte[] decrypt(byte[] key) throws VerificationException;

  /** Writes this. */
  void write(BcsWriter out);

  /** AES-256-GCM; the tag follows the data. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Aes(byte[] encrypted, Optional<byte[]> aad) implements Ciphertext {
    private static final int TAG_BYTES = 16;

    /**
     * One for all, since no key is used twice; 16 bytes, which GCM hashes to what it works with.
     */
    private static final byte[] IV = HexFormat.of().parseHex("8a3799fdc62e79dba0805907d69c94dc");

    static Ciphertext encrypt(byte[] key, byte[] data, byte[] aad) {
      try {
        return new Aes(cipher(Cipher.ENCRYPT_MODE, key, IV, aad).doFinal(data), Optional.of(aad));
      } catch (GeneralSecurityException e) {
        throw new AssertionError("every JDK has AES", e);
      }
    }

    static Cipher cipher(int mode, byte[] key, byte[] iv, byte[] aad)
        throws GeneralSecurityException {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BYTES * Byte.SIZE, iv));
      cipher.updateAAD(aad);
      return cipher;
    }

    @Override
    public DataCipher cipher() {
      return DataCipher.AES_256_GCM;
    }

    @Override
    public long dataLength() {
      return Math.max(0, encrypted.length - TAG_BYTES);
    }

    @Override
    public byte[] decrypt(byte[] key) throws VerificationException {
      try {
        return cipher(Cipher.DECRYPT_MODE, key, IV, aad.orElse(new byte[0])).doFinal(encrypted);
      } catch (AEADBadTagException e) {
        throw Decryption.failed();
      } catch (GeneralSecurityException e) {
        throw new AssertionError("every JDK has AES", e);
      }
    }

    @Override
    public void write(BcsWriter out) {
      out.variant(0);
      writeData(out, encrypted, aad);
    }
  }

  /** HMAC-SHA3-256, to encrypt and to authenticate. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Hmac(byte[] encrypted, Optional<byte[]> aad, byte[] mac) implements Ciphertext {
    private static final byte[] STREAM_DOMAIN = "HMAC-CTR-ENC".getBytes(US_ASCII);
    private static final byte[] MAC_DOMAIN = "HMAC-CTR-MAC".getBytes(US_ASCII);

    static Ciphertext encrypt(byte[] key, byte[] data, byte[] aad) {
      byte[] encrypted = stream(key, data);
      return new Hmac(encrypted, Optional.of(aad), mac(key, encrypted, aad));
    }

    private static byte[] stream(byte[] key, byte[] data) {
      Mac mac = KeyDerivation.mac(key);
      byte[] out = data.clone();
      for (int block = 0; block < Math.ceilDiv(out.length, KeyDerivation.BYTES); block++) {
        mac.update(STREAM_DOMAIN);
        mac.update(littleEndian(block));
        byte[] pad = mac.doFinal();
        int from = block * KeyDerivation.BYTES;
        for (int i = 0; i < Math.min(pad.length, out.length - from); i++) {
          out[from + i] ^= pad[i];
        }
        Bytes.wipe(pad);
      }
      return out;
    }

    private static byte[] mac(byte[] key, byte[] encrypted, byte[] aad) {
      Mac mac = KeyDerivation.mac(key);
      mac.update(MAC_DOMAIN);
      mac.update(littleEndian(aad.length));
      mac.update(aad);
      return mac.doFinal(encrypted);
    }

    private static byte[] littleEndian(long number) {
      return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(number).array();
    }

    @Override
    public DataCipher cipher() {
      return DataCipher.HMAC_256_CTR;
    }

    @Override
    public long dataLength() {
      return encrypted.length;
    }

    @Override
    public byte[] decrypt(byte[] key) throws VerificationException {
      // Takes the same time wherever they differ.
      if (!MessageDigest.isEqual(mac, mac(key, encrypted, aad.orElse(new byte[0])))) {
        throw Decryption.failed();
      }
      return stream(key, encrypted);
    }

    @Override
    public void write(BcsWriter out) {
      out.variant(1);
      writeData(out, encrypted, aad);
      out.fixed(mac);
    }
  }

  /** Nothing. */
  record Plain() implements Ciphertext {
    @Override
    public DataCipher cipher() {
      return DataCipher.PLAIN;
    }

    @Override
    public long dataLength() {
      return 0;
    }

    @Override
    public Optional<byte[]> aad() {
      return Optional.empty();
    }

    @Override
    public byte[] decrypt(byte[] key) {
      return Arrays.copyOf(key, key.length);
    }

    @Override
    public void write(BcsWriter out) {
      out.variant(2);
    }
  }
}
