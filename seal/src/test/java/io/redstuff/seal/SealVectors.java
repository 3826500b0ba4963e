package io.redstuff.seal;

import io.redstuff.ObjectId;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.certify.bls.SecretKey;
import io.redstuff.error.RedStuffException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code @mysten/seal} 1.4.12 made, with all that it drew. The master keys of the servers are
 * in there: they protect nothing.
 */
final class SealVectors {
  private static final JsonNode ROOT = read();

  private SealVectors() {}

  private static JsonNode read() {
    try (InputStream in =
        Objects.requireNonNull(SealVectors.class.getResourceAsStream("/vectors/seal.json"))) {
      return new JsonMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<JsonNode> rows(String list) {
    return ROOT.get(list).valueStream();
  }

  static String text(JsonNode row, String field) {
    return row.get(field).asString();
  }

  static byte[] hex(JsonNode row, String field) {
    return HexFormat.of().parseHex(text(row, field));
  }

  static ObjectId objectId(JsonNode row, String field) {
    return objectId(text(row, field));
  }

  static ObjectId objectId(String text) {
    return ObjectId.of(HexFormat.of().parseHex(text.substring(2)));
  }

  static SecretKey scalar(byte[] bigEndian) {
    try {
      return SecretKey.parse(bigEndian);
    } catch (RedStuffException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns the small number as a scalar. */
  static SecretKey scalar(int number) {
    byte[] bytes = new byte[SecretKey.BYTES];
    for (int i = 0; i < Integer.BYTES; i++) {
      bytes[bytes.length - 1 - i] = (byte) (number >> (Byte.SIZE * i));
    }
    return scalar(bytes);
  }

  private static JsonNode serverRow(int index) {
    return rows("servers").toList().get(index);
  }

  static ObjectId serverId(int index) {
    return objectId(serverRow(index), "objectId");
  }

  static MasterKey master(int index) {
    return MasterKey.of(scalar(hex(serverRow(index), "masterKey")));
  }

  static KeyServer server(Seal seal, int index) {
    try {
      return new KeyServer(serverId(index), seal.groups().g2(hex(serverRow(index), "publicKey")));
    } catch (RedStuffException e) {
      throw new AssertionError(e);
    }
  }

  static List<KeyServer> servers(Seal seal, List<Integer> indices) {
    return indices.stream().map(index -> server(seal, index)).toList();
  }

  static List<Integer> numbers(JsonNode row, String field) {
    return row.get(field).valueStream().map(JsonNode::asInt).toList();
  }

  static UserKey userKey(Seal seal, int server, Identity identity) {
    return seal.userKey(master(server), serverId(server), identity);
  }

  /** Returns keys of servers, each once. */
  static List<UserKey> userKeys(Seal seal, List<Integer> servers, Identity identity) {
    return servers.stream().distinct().map(one -> userKey(seal, one, identity)).toList();
  }

  /** Returns the xorshift bytes that a length and a seed stand for. */
  static byte[] bytes(JsonNode row) {
    int x = (int) (row.get("seed").asLong() * 2654435761L + 1);
    byte[] bytes = new byte[row.get("length").asInt()];
    for (int i = 0; i < bytes.length; i++) {
      x ^= x << 13;
      x ^= x >>> 17;
      x ^= x << 5;
      bytes[i] = (byte) x;
    }
    return bytes;
  }

  static Identity identity(JsonNode row) {
    return Identity.of(objectId(row, "packageId"), hex(row, "id"));
  }

  static DataCipher cipher(JsonNode row) {
    return switch (text(row, "dem")) {
      case "Aes256Gcm" -> DataCipher.AES_256_GCM;
      case "Hmac256Ctr" -> DataCipher.HMAC_256_CTR;
      default -> throw new AssertionError(row);
    };
  }

  /** Returns what a row says was drawn. */
  static Randomness drawn(JsonNode row) {
    List<byte[]> perByte =
        row.get("sharePolynomials")
            .valueStream()
            .map(text -> HexFormat.of().parseHex(text.asString()))
            .toList();
    return new Randomness(hex(row, "baseKey"), transposed(perByte), scalar(hex(row, "r")));
  }

  static byte[][] transposed(List<byte[]> perByte) {
    return IntStream.range(0, perByte.getFirst().length)
        .mapToObj(
            power -> {
              byte[] terms = new byte[perByte.size()];
              for (int at = 0; at < terms.length; at++) {
                terms[at] = perByte.get(at)[power];
              }
              return terms;
            })
        .toArray(byte[][]::new);
  }

  /** Returns both engines, each of which must be there. */
  static List<Seal> engines() {
    return new ArrayList<>(
        List.of(Seal.on(BlsEngine.bouncyCastle()), Seal.on(BlsEngine.blst().orElseThrow())));
  }
}
