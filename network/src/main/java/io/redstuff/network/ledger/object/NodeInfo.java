package io.redstuff.network.ledger.object;

import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import io.redstuff.message.PublicKeyBytes;
import io.redstuff.network.wire.Fields;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;

/**
 * What a node said of itself. Its keys were checked when it did.
 *
 * @param name its name
 * @param networkAddress where it is found, host and port
 * @param publicKey with which it signs
 * @param nextPublicKey with which it will, from the next epoch that it is selected for on
 * @param networkPublicKey that of its TLS certificate, in hexadecimal digits
 * @since 0.1.0
 */
public record NodeInfo(
    String name,
    String networkAddress,
    PublicKeyBytes publicKey,
    Optional<PublicKeyBytes> nextPublicKey,
    String networkPublicKey) {
  /**
   * Makes one.
   *
   * @throws NullPointerException if something is null
   * @throws IllegalArgumentException if the last are not pairs of hexadecimal digits
   */
  public NodeInfo {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(networkAddress, "networkAddress");
    Objects.requireNonNull(publicKey, "publicKey");
    Objects.requireNonNull(nextPublicKey, "nextPublicKey");
    networkPublicKey = HexFormat.of().formatHex(HexFormat.of().parseHex(networkPublicKey));
  }

  /**
   * Returns the node at another address.
   *
   * @param address host and port
   * @return the node
   */
  public NodeInfo withNetworkAddress(String address) {
    return new NodeInfo(name, address, publicKey, nextPublicKey, networkPublicKey);
  }

  /**
   * Returns the node with a key for later.
   *
   * @param key the key
   * @return the node
   */
  public NodeInfo withNextPublicKey(PublicKeyBytes key) {
    return new NodeInfo(name, networkAddress, publicKey, Optional.of(key), networkPublicKey);
  }

  /** {@return the key with which it signs when it is selected next} */
  public PublicKeyBytes keyWhenSelected() {
    return nextPublicKey.orElse(publicKey);
  }

  /**
   * Returns the node as it begins to sign with a key.
   *
   * @param key the key; if it is the one for later, none is for later any more
   * @return the node
   */
  public NodeInfo rotatedTo(PublicKeyBytes key) {
    return new NodeInfo(
        name,
        networkAddress,
        key,
        nextPublicKey.filter(next -> !next.equals(key)),
        networkPublicKey);
  }

  static NodeInfo read(BcsReader in) throws MalformedDataException {
    String name = in.text("name");
    String address = in.text("network address");
    PublicKeyBytes key = key(in, "public key");
    Optional<PublicKeyBytes> next =
        in.bool("next public key present")
            ? Optional.of(key(in, "next public key"))
            : Optional.empty();
    HexFormat hex = HexFormat.of();
    return new NodeInfo(
        name, address, key, next, hex.formatHex(Fields.bytes(in, "network public key")));
  }

  private static PublicKeyBytes key(BcsReader in, String what) throws MalformedDataException {
    return PublicKeyBytes.of(in.array(what, PublicKeyBytes.BYTES));
  }

  void write(BcsWriter out) {
    out.text(name).text(networkAddress).fixed(publicKey.toBytes()).bool(nextPublicKey.isPresent());
    nextPublicKey.ifPresent(key -> out.fixed(key.toBytes()));
    Fields.bytes(out, HexFormat.of().parseHex(networkPublicKey));
  }
}
