package io.redstuff.seal.json;

import io.redstuff.ObjectId;
import io.redstuff.certify.bls.G1Point;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.internal.json.JsonFields;
import io.redstuff.internal.secret.PrivateFile;
import io.redstuff.seal.Identity;
import io.redstuff.seal.Seal;
import io.redstuff.seal.UserKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * User keys of one identity in a file: {@code package_id}, {@code id}, and {@code keys}, a list of
 * objects with {@code object_id} of the server and {@code user_key}. The file has to be its owner's
 * alone; no message says anything about the keys.
 *
 * @since 0.1.0
 */
public final class UserKeyFile {
  private static final String WHAT = "user keys";
  private static final String KEYS = "keys";
  private static final String USER_KEY = "user_key";

  /** Enough for as many keys as there can be. */
  private static final int MAX_BYTES = 1 << 20;

  private UserKeyFile() {}

  /**
   * Reads the keys in a file.
   *
   * @param file the file
   * @param seal for the keys
   * @return the keys, of which only the form is checked
   * @throws java.nio.file.FileSystemException if others than its owner may do anything with the
   *     file
   * @throws IOException if it cannot be read
   * @throws MalformedDataException if it is not JSON of this form
   * @throws VerificationException if a key is not a point of the subgroup
   */
  public static List<UserKey> read(Path file, Seal seal)
      throws IOException, MalformedDataException, VerificationException {
    byte[] json = PrivateFile.read(file, MAX_BYTES);
    try {
      JsonFields fields = JsonFields.parseSecret(WHAT, json);
      Identity identity = IdentityFields.of(fields);
      List<UserKey> keys = new ArrayList<>();
      for (JsonFields each : fields.objects(KEYS)) {
        ObjectId server = each.text(KeyServerJson.OBJECT_ID, ObjectId::parse);
        byte[] key = each.secret(USER_KEY, G1Point.BYTES);
        keys.add(new UserKey(server, identity, seal.groups().g1(key)));
        Arrays.fill(key, (byte) 0);
      }
      return keys;
    } finally {
      Arrays.fill(json, (byte) 0);
    }
  }

  /**
   * Writes keys to a new file that only its owner may read. An existing file is never replaced.
   *
   * @param file the file to make
   * @param identity whose keys
   * @param keys of that identity
   * @throws IOException if there is a file of that name, or it cannot be written
   * @throws IllegalArgumentException if a key is of another identity
   */
  public static void write(Path file, Identity identity, List<UserKey> keys) throws IOException {
    ObjectNode root = JsonFields.newObject();
    IdentityFields.put(root, identity);
    ArrayNode list = root.putArray(KEYS);
    for (UserKey key : keys) {
      if (!key.identity().equals(identity)) {
        throw new IllegalArgumentException(
            "user key: got one of %s, expected all of %s".formatted(key.identity(), identity));
      }
      list.addObject()
          .put(KeyServerJson.OBJECT_ID, key.server().toString())
          .put(USER_KEY, Base64.getEncoder().encodeToString(key.point().toBytes()));
    }
    byte[] json = JsonFields.write(root);
    try {
      PrivateFile.write(file, json);
    } finally {
      Arrays.fill(json, (byte) 0);
    }
  }
}
