package io.redstuff.seal.json;

import io.redstuff.ObjectId;
import io.redstuff.certify.bls.G1Point;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.internal.json.JsonFields;
import io.redstuff.seal.KeyServer;
import io.redstuff.seal.Seal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A key server: {@code object_id}, {@code public_key}, {@code pop}, the proof that it knows the
 * secret, and {@code url}, where it answers. Where the proof is missing, one has to know the key
 * from the chain, which has checked it.
 *
 * @since 0.1.0
 */
public final class KeyServerJson {
  private static final String WHAT = "key server";

  static final String OBJECT_ID = "object_id";
  private static final String PUBLIC_KEY = "public_key";
  private static final String PROOF = "pop";
  private static final String URL = "url";

  private KeyServerJson() {}

  /**
   * Reads a key server, and checks its proof if that is there.
   *
   * @param json all of the text, UTF-8
   * @param seal for the key
   * @return the server
   * @throws MalformedDataException if it is not JSON of this form
   * @throws VerificationException if the key or the proof is none
   */
  public static KeyServer parse(byte[] json, Seal seal)
      throws MalformedDataException, VerificationException {
    return of(JsonFields.parse(WHAT, json), seal);
  }

  /**
   * Reads where a key server answers, and nothing else.
   *
   * @param json all of the text, UTF-8
   * @return the URL, of HTTP; nothing if it is not there
   * @throws MalformedDataException if it is not JSON of this form
   */
  public static Optional<URI> url(byte[] json) throws MalformedDataException {
    JsonFields fields = JsonFields.parse(WHAT, json);
    return fields.has(URL)
        ? Optional.of(fields.text(URL, text -> url(fields.name(URL), text)))
        : Optional.empty();
  }

  private static URI url(String what, String text) throws MalformedDataException {
    try {
      URI url = new URI(text);
      if (List.of("http", "https").contains(url.getScheme()) && url.getHost() != null) {
        return url;
      }
    } catch (URISyntaxException _) {
      // Said below.
    }
    throw new MalformedDataException(
        0, "%s: got '%s', expected a URL of HTTP".formatted(what, text));
  }

  static KeyServer of(JsonFields fields, Seal seal)
      throws MalformedDataException, VerificationException {
    ObjectId objectId = fields.text(OBJECT_ID, ObjectId::parse);
    KeyServer server = new KeyServer(objectId, seal.groups().g2(fields.base64(PUBLIC_KEY)));
    if (fields.has(PROOF)) {
      seal.verify(server, seal.groups().g1(fields.base64(PROOF)));
    }
    return server;
  }

  /**
   * Writes a key server with its proof.
   *
   * @param server the server
   * @param proof that it knows the secret
   * @param url where it answers, if that is known
   * @return JSON in lines, UTF-8
   */
  public static byte[] write(KeyServer server, G1Point proof, Optional<URI> url) {
    ObjectNode root = JsonFields.newObject();
    put(root, server).put(PROOF, Base64.getEncoder().encodeToString(proof.toBytes()));
    url.ifPresent(known -> root.put(URL, known.toString()));
    return JsonFields.write(root);
  }

  static ObjectNode put(ObjectNode node, KeyServer server) {
    return node.put(OBJECT_ID, server.objectId().toString())
        .put(PUBLIC_KEY, Base64.getEncoder().encodeToString(server.publicKey().toBytes()));
  }
}
