package io.redstuff.seal.json;

import io.redstuff.error.MalformedDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.internal.json.JsonFields;
import io.redstuff.seal.Identity;
import io.redstuff.seal.KeyServer;
import io.redstuff.seal.Seal;
import io.redstuff.seal.SealPolicy;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A policy: {@code package_id}, {@code id}, {@code threshold}, and {@code servers}, a list of what
 * {@link KeyServerJson} reads.
 *
 * @since 0.1.0
 */
public final class SealPolicyJson {
  private static final String WHAT = "policy";
  private static final String THRESHOLD = "threshold";
  private static final String SERVERS = "servers";

  private SealPolicyJson() {}

  /**
   * Reads a policy.
   *
   * @param json all of the text, UTF-8
   * @param seal for the keys
   * @return the policy
   * @throws MalformedDataException if it is not JSON of this form, or there is no such policy
   * @throws VerificationException if a key or a proof is none
   */
  public static SealPolicy parse(byte[] json, Seal seal)
      throws MalformedDataException, VerificationException {
    JsonFields fields = JsonFields.parse(WHAT, json);
    Identity identity = IdentityFields.of(fields);
    int threshold = (int) fields.number(THRESHOLD, SealPolicy.MAX_SERVERS);
    List<KeyServer> servers = new ArrayList<>();
    for (JsonFields server : fields.objects(SERVERS)) {
      servers.add(KeyServerJson.of(server, seal));
    }
    try {
      return new SealPolicy(identity, servers, threshold);
    } catch (IllegalArgumentException e) {
      throw new MalformedDataException(0, WHAT + ": " + e.getMessage());
    }
  }

  /**
   * Writes a policy.
   *
   * @param policy the policy
   * @return JSON in lines, UTF-8
   */
  public static byte[] write(SealPolicy policy) {
    ObjectNode root = JsonFields.newObject();
    IdentityFields.put(root, policy.identity());
    ArrayNode servers = root.put(THRESHOLD, policy.threshold()).putArray(SERVERS);
    policy.servers().forEach(server -> KeyServerJson.put(servers.addObject(), server));
    return JsonFields.write(root);
  }
}
