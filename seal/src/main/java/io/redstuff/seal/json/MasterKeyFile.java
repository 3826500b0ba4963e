package io.redstuff.seal.json;

import io.redstuff.ObjectId;
import io.redstuff.certify.bls.SecretKey;
import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.json.JsonFields;
import io.redstuff.internal.secret.PrivateFile;
import io.redstuff.seal.MasterKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/**
 * The secret of a key server in a file, with the object that registers the server: {@code
 * object_id} and {@code master_key}, 32 bytes, big-endian. The file has to be its owner's alone; no
 * message says anything about the key.
 *
 * @param server the object of the server
 * @param master its secret; closed with this
 * @since 0.1.0
 */
public record MasterKeyFile(ObjectId server, MasterKey master) implements AutoCloseable {
  private static final String WHAT = "master key";
  private static final String MASTER_KEY = "master_key";
  private static final int MAX_BYTES = 1 << 12;

  /**
   * Makes one.
   *
   * @throws NullPointerException if something is null
   */
  public MasterKeyFile {
    Objects.requireNonNull(server, "server");
    Objects.requireNonNull(master, "master");
  }

  /**
   * Reads the key in a file.
   *
   * @param file the file
   * @return server and key
   * @throws java.nio.file.FileSystemException if others than its owner may do anything with the
   *     file
   * @throws IOException if it cannot be read
   * @throws MalformedDataException if it is not JSON of this form, or the number is out of range
   */
  public static MasterKeyFile read(Path file) throws IOException, MalformedDataException {
    byte[] json = PrivateFile.read(file, MAX_BYTES);
    byte[] key = new byte[0];
    try {
      JsonFields fields = JsonFields.parseSecret(WHAT, json);
      ObjectId server = fields.text(KeyServerJson.OBJECT_ID, ObjectId::parse);
      key = fields.secret(MASTER_KEY, SecretKey.BYTES);
      return new MasterKeyFile(server, MasterKey.of(SecretKey.parse(key)));
    } finally {
      Arrays.fill(json, (byte) 0);
      Arrays.fill(key, (byte) 0);
    }
  }

  /**
   * Writes a secret to a new file that only its owner may read. An existing file is never replaced.
   *
   * @param file the file to make
   * @param server the object of the server
   * @param secret its secret
   * @throws IOException if there is a file of that name, or it cannot be written
   * @throws IllegalStateException if the secret was closed
   */
  public static void write(Path file, ObjectId server, SecretKey secret) throws IOException {
    byte[] key = secret.toBytes();
    ObjectNode root = JsonFields.newObject();
    root.put(KeyServerJson.OBJECT_ID, server.toString())
        .put(MASTER_KEY, Base64.getEncoder().encodeToString(key));
    byte[] json = JsonFields.write(root);
    try {
      PrivateFile.write(file, json);
    } finally {
      Arrays.fill(key, (byte) 0);
      Arrays.fill(json, (byte) 0);
    }
  }

  /** Overwrites the key. */
  @Override
  public void close() {
    master.close();
  }
}
