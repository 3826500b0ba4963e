package io.redstuff.seal;

import io.redstuff.ObjectId;
import io.redstuff.certify.bls.G1Point;
import io.redstuff.certify.bls.G2Point;
import io.redstuff.certify.bls.PairingGroups;
import io.redstuff.certify.bls.SecretKey;
import io.redstuff.error.InsufficientDataException;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import io.redstuff.seal.EncryptedShares.EncryptedShare;
import io.redstuff.seal.Encryption.ShareKeys;
import io.redstuff.seal.Shares.Share;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Puts the key of an object together from shares.
 *
 * <p>Nothing that fails after the first share was decrypted tells how, but for inconsistent shares:
 * these are found only when the randomness came out right, which depends on every share, so nobody
 * but who sealed the object can have made them.
 */
final class Decryption {
  private final PairingGroups groups;
  private final EncryptedShares shares;
  private final G2Point nonce;
  private final ShareKeys keys;

  Decryption(PairingGroups groups, EncryptedObject object)
      throws MalformedDataException, VerificationException {
    this.groups = groups;
    this.shares = object.shares();
    this.nonce = groups.g2(shares.nonce());
    this.keys = new ShareKeys(groups, object.identity(), nonce);
  }

  /** Returns the one error for all that goes wrong with secrets. */
  static VerificationException failed() {
    return new VerificationException(
        Reason.BAD_CIPHERTEXT,
        "sealed data: cannot be opened with these keys: one is for something else, or it was"
            + " changed");
  }

  /**
   * Returns the key of the data.
   *
   * @param userKeys by server; those of other servers are not looked at
   * @param publicKeys of all servers, to check that all shares fit together; may be empty, and then
   *     only those at hand are checked
   */
  byte[] dataKey(Map<ObjectId, G1Point> userKeys, Map<ObjectId, G2Point> publicKeys)
      throws InsufficientDataException, VerificationException {
    List<Share> mine = decryptMine(userKeys);
    byte[] baseKey = Shares.interpolate(mine, 0);
    try (SecretKey scalar = scalar(baseKey)) {
      checkConsistent(mine, mine.subList(0, shares.threshold()));
      if (!publicKeys.isEmpty()) {
        List<Share> all = decryptAll(scalar, publicKeys);
        checkConsistent(all, mine.subList(0, shares.threshold()));
        all.forEach(share -> Bytes.wipe(share.value()));
      }
      return KeyDerivation.ofPurpose(KeyDerivation.FOR_DATA, baseKey, shares);
    } finally {
      Bytes.wipe(baseKey);
      mine.forEach(share -> Bytes.wipe(share.value()));
    }
  }

  private List<Share> decryptMine(Map<ObjectId, G1Point> userKeys)
      throws InsufficientDataException {
    List<EncryptedShare> readable =
        shares.list().stream().filter(share -> userKeys.containsKey(share.server())).toList();
    if (readable.size() < shares.threshold()) {
      throw new InsufficientDataException(
          "shares with keys of their servers", shares.threshold(), readable.size());
    }
    List<Share> mine = new ArrayList<>();
    for (EncryptedShare share : readable) {
      G1Point userKey = userKeys.get(share.server());
      mine.add(decrypt(share, keys.byReceiver(userKey, share.server(), share.index())));
    }
    return mine;
  }

  private List<Share> decryptAll(SecretKey scalar, Map<ObjectId, G2Point> publicKeys) {
    G1Point multiple = groups.multiply(keys.point(), scalar);
    List<Share> all = new ArrayList<>();
    for (EncryptedShare share : shares.list()) {
      G2Point publicKey = publicKeys.get(share.server());
      byte[] key = keys.bySender(multiple, publicKey, share.server(), share.index());
      all.add(decrypt(share, key));
    }
    return all;
  }

  private static Share decrypt(EncryptedShare share, byte[] key) {
    byte[] value = Bytes.xor(share.encrypted(), key);
    Bytes.wipe(key);
    return new Share(share.index(), value);
  }

  /** Returns what the nonce was made of, which shows that the base key is the right one. */
  private SecretKey scalar(byte[] baseKey) throws VerificationException {
    byte[] key = KeyDerivation.ofPurpose(KeyDerivation.FOR_RANDOMNESS, baseKey, shares);
    byte[] bytes = Bytes.xor(shares.randomness(), key);
    try {
      SecretKey scalar = SecretKey.parse(bytes);
      if (Encryption.isOf(groups, scalar, nonce)) {
        return scalar;
      }
      scalar.close();
      throw failed();
    } catch (MalformedDataException _) {
      throw failed();
    } finally {
      Bytes.wipe(key, bytes);
    }
  }

  private static void checkConsistent(List<Share> these, List<Share> enough)
      throws VerificationException {
    for (Share share : these) {
      byte[] expected = Shares.interpolate(enough, share.index());
      boolean same = Arrays.equals(expected, share.value());
      Bytes.wipe(expected);
      if (!same) {
        throw new VerificationException(
            Reason.INCONSISTENT_SHARES,
            "share %s: got one of another key than the others are of, so that it was sealed to some"
                    .formatted(share.index())
                + " of the servers only");
      }
    }
  }
}
