package io.redstuff.seal.server;

import io.redstuff.SuiAddress;
import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.json.JsonFields;
import io.redstuff.internal.secret.PrivateFile;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import tools.jackson.databind.node.ObjectNode;

/**
 * A secret key of Ed25519 that signs for an account on the chain, or for a session of one. Wiped
 * when closed.
 *
 * <p>In a file it is {@code address}, which is no secret, and {@code account_key}, 32 bytes in
 * base64. The file has to be its owner's alone; no message says anything about the key.
 *
 * @since 0.1.0
 */
public final class SigningKey implements AutoCloseable {
  private static final String WHAT = "account key";
  private static final String ADDRESS = "address";
  private static final String ACCOUNT_KEY = "account_key";
  private static final int MAX_BYTES = 1 << 12;

  private final byte[] secret;
  private final byte[] publicKey = new byte[Ed25519.PUBLIC_KEY_SIZE];
  private boolean closed;

  private SigningKey(byte[] secret) {
    this.secret = secret;
    Ed25519.generatePublicKey(secret, 0, publicKey, 0);
  }

  /**
   * Makes a new key.
   *
   * @param random where its bits come from; {@code new SecureRandom()} is a good choice
   * @return the key
   */
  public static SigningKey generate(SecureRandom random) {
    byte[] secret = new byte[Ed25519.SECRET_KEY_SIZE];
    random.nextBytes(secret);
    return new SigningKey(secret);
  }

  /**
   * Reads the key in a file.
   *
   * @param file the file
   * @return the key
   * @throws java.nio.file.FileSystemException if others than its owner may do anything with the
   *     file
   * @throws IOException if it cannot be read
   * @throws MalformedDataException if it is not JSON of this form, or the address is of another key
   */
  public static SigningKey read(Path file) throws IOException, MalformedDataException {
    byte[] json = PrivateFile.read(file, MAX_BYTES);
    try {
      JsonFields fields = JsonFields.parseSecret(WHAT, json);
      SuiAddress address = fields.text(ADDRESS, SuiAddress::parse);
      SigningKey key = new SigningKey(fields.secret(ACCOUNT_KEY, Ed25519.SECRET_KEY_SIZE));
      if (!key.address().equals(address)) {
        key.close();
        throw new MalformedDataException(
            0, "%s: got one of %s, expected that of %s".formatted(WHAT, key.address(), address));
      }
      return key;
    } finally {
      Arrays.fill(json, (byte) 0);
    }
  }

  /**
   * Writes the key to a new file that only its owner may read. An existing file is never replaced.
   *
   * @param file the file to make
   * @throws IOException if there is a file of that name, or it cannot be written
   * @throws IllegalStateException if the key was closed
   */
  public void write(Path file) throws IOException {
    ObjectNode root = JsonFields.newObject();
    root.put(ADDRESS, address().toString())
        .put(ACCOUNT_KEY, Base64.getEncoder().encodeToString(secret()));
    byte[] json = JsonFields.write(root);
    try {
      PrivateFile.write(file, json);
    } finally {
      Arrays.fill(json, (byte) 0);
    }
  }

  /** {@return the address of the account that the key is of} */
  public SuiAddress address() {
    return Session.address(publicKey);
  }

  byte[] publicKey() {
    return publicKey.clone();
  }

  byte[] sign(byte[] message) {
    byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
    Ed25519.sign(secret(), 0, message, 0, message.length, signature, 0);
    return signature;
  }

  private byte[] secret() {
    if (closed) {
      throw new IllegalStateException("signing key: got a use, expected none once it is closed");
    }
    return secret;
  }

  /** Overwrites the key; it cannot be used any more. */
  @Override
  public void close() {
    closed = true;
    Arrays.fill(secret, (byte) 0);
  }

  /** {@return a text that does not depend on the secret} */
  @Override
  public String toString() {
    return "key of %s (not shown)".formatted(address());
  }
}
