package io.redstuff.seal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.redstuff.ObjectId;
import io.redstuff.certify.bls.G1Point;
import io.redstuff.certify.bls.PairingGroups;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * To whom something is sealed: the package on the chain whose policy decides, and an id within it
 * that the policy gives a meaning to. Immutable.
 *
 * @since 0.1.0
 */
public final class Identity {
  /** The most bytes that an id may have here; the policies of Sui's examples take some 50. */
  public static final int MAX_ID_BYTES = 16_384;

  private static final byte[] DOMAIN = "SUI-SEAL-IBE-BLS12381-00".getBytes(US_ASCII);

  private final ObjectId packageId;
  private final byte[] id;

  private Identity(ObjectId packageId, byte[] id) {
    this.packageId = Objects.requireNonNull(packageId, "packageId");
    this.id = id;
  }

  /**
   * Returns an identity.
   *
   * @param packageId the package, by the id of its first version
   * @param id the id within it, up to {@link #MAX_ID_BYTES}, may be empty; copied
   * @return the identity
   * @throws IllegalArgumentException if the id is longer
   */
  public static Identity of(ObjectId packageId, byte[] id) {
    if (id.length > MAX_ID_BYTES) {
      throw new IllegalArgumentException(
          "id: got %s bytes, expected at most %s".formatted(id.length, MAX_ID_BYTES));
    }
    return new Identity(packageId, id.clone());
  }

  /** {@return the package} */
  public ObjectId packageId() {
    return packageId;
  }

  /** {@return the id within the package, a fresh array} */
  public byte[] id() {
    return id.clone();
  }

  /** {@return both, the package first, as key servers are asked for a key, in a fresh array} */
  public byte[] fullId() {
    return Bytes.concat(packageId.toBytes(), id);
  }

  /** Returns what is hashed. */
  byte[] message() {
    return Bytes.concat(DOMAIN, packageId.toBytes(), id);
  }

  /** Returns the public key of the identity, of which each server's user key is a multiple. */
  G1Point point(PairingGroups groups) {
    return groups.hashToG1(message());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Identity that
        && packageId.equals(that.packageId)
        && Arrays.equals(id, that.id);
  }

  @Override
  public int hashCode() {
    return 31 * packageId.hashCode() + Arrays.hashCode(id);
  }

  /** {@return package and id in hexadecimal digits} */
  @Override
  public String toString() {
    return packageId + ":" + HexFormat.of().formatHex(id);
  }
}
