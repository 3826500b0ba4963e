package io.redstuff.certify.testing;

import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.certify.bls.PublicKey;
import io.redstuff.certify.bls.SecretKey;
import io.redstuff.error.RedStuffException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keys, messages, signatures and certificates made with {@code @noble/curves} 2.4.0, each with the
 * answer of {@code @mysten/walrus-wasm} 0.3.0. Secret keys are in there: they protect nothing.
 */
public final class BlsVectors {
  private static final JsonNode ROOT = read("/vectors/bls.json");

  private static final Map<String, JsonNode> KEYS = byName("keys");
  private static final Map<String, JsonNode> MESSAGES = byName("messages");

  private BlsVectors() {}

  private static JsonNode read(String resource) {
    try (InputStream in =
        Objects.requireNonNull(BlsVectors.class.getResourceAsStream(resource), resource)) {
      return new JsonMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, JsonNode> byName(String list) {
    return rows(list).collect(Collectors.toMap(row -> text(row, "name"), Function.identity()));
  }

  /** Returns the rows of a list. */
  public static Stream<JsonNode> rows(String list) {
    return ROOT.get(list).valueStream();
  }

  /** Returns an object. */
  public static JsonNode object(String name) {
    return ROOT.get(name);
  }

  /** Returns an inconsistent blob with a proof of that. */
  public static JsonNode inconsistency() {
    return read("/vectors/inconsistency.json");
  }

  /** Returns a text of a row. */
  public static String text(JsonNode row, String field) {
    return row.get(field).asString();
  }

  /** Returns bytes of a row. */
  public static byte[] hex(JsonNode row, String field) {
    return HexFormat.of().parseHex(text(row, field));
  }

  /** Returns the bytes of a message. */
  public static byte[] message(String name) {
    return hex(MESSAGES.get(name), "hex");
  }

  /** Returns the secret key of a name. */
  public static SecretKey secret(String name) {
    try {
      return SecretKey.parse(hex(KEYS.get(name), "secretScalarBigEndian"));
    } catch (RedStuffException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns the public key of a name. */
  public static PublicKey key(BlsEngine engine, String name) {
    try {
      return engine.publicKey(hex(KEYS.get(name), "publicKey"));
    } catch (RedStuffException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns the engines, both of which must be there. */
  public static List<BlsEngine> engines() {
    return List.of(BlsEngine.bouncyCastle(), BlsEngine.blst().orElseThrow());
  }
}
