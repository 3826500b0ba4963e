package io.redstuff.seal;

import io.redstuff.ObjectId;
import io.redstuff.certify.bls.G1Point;
import io.redstuff.certify.bls.G2Point;
import io.redstuff.certify.bls.PairingGroups;
import io.redstuff.certify.bls.SecretKey;
import io.redstuff.seal.EncryptedShares.EncryptedShare;
import java.util.ArrayList;
import java.util.List;

/** Shares a key among servers; what comes of it depends on nothing but what is given. */
final class Encryption {
  private final PairingGroups groups;
  private final SealPolicy policy;

  Encryption(PairingGroups groups, SealPolicy policy) {
    this.groups = groups;
    this.policy = policy;
  }

  /** Returns the encrypted shares of what was drawn. */
  EncryptedShares shares(Randomness drawn) {
    G2Point nonce = groups.multiplyG2(drawn.scalar());
    ShareKeys keys = new ShareKeys(groups, policy.identity(), nonce);
    G1Point multiple = groups.multiply(keys.point(), drawn.scalar());
    List<EncryptedShare> list = new ArrayList<>();
    for (KeyServer server : policy.servers()) {
      int index = list.size() + 1;
      byte[] share = Shares.at(index, drawn.baseKey(), drawn.coefficients());
      byte[] key = keys.bySender(multiple, server.publicKey(), server.objectId(), index);
      list.add(new EncryptedShare(server.objectId(), index, Bytes.xor(share, key)));
      Bytes.wipe(share, key);
    }
    EncryptedShares shares =
        new EncryptedShares(
            List.copyOf(list), policy.threshold(), nonce.toBytes(), new byte[KeyDerivation.BYTES]);
    return new EncryptedShares(
        shares.list(), shares.threshold(), shares.nonce(), randomness(drawn, shares));
  }

  /** The key for it depends on all shares, so it is made last. */
  private static byte[] randomness(Randomness drawn, EncryptedShares shares) {
    byte[] key = KeyDerivation.ofPurpose(KeyDerivation.FOR_RANDOMNESS, drawn.baseKey(), shares);
    byte[] scalar = drawn.scalar().toBytes();
    byte[] encrypted = Bytes.xor(scalar, key);
    Bytes.wipe(scalar, key);
    return encrypted;
  }

  /** The keys that encrypt shares, as both sides come to them. */
  static final class ShareKeys {
    private final PairingGroups groups;
    private final G1Point point;
    private final G2Point nonce;

    ShareKeys(PairingGroups groups, Identity identity, G2Point nonce) {
      this.groups = groups;
      this.point = identity.point(groups);
      this.nonce = nonce;
    }

    /** Returns the public key of the identity. */
    G1Point point() {
      return point;
    }

    /** Returns the key of who knows r: {@code multiple} is that of the identity's public key. */
    byte[] bySender(G1Point multiple, G2Point publicKey, ObjectId server, int index) {
      return derive(groups.pair(multiple, publicKey), server, index);
    }

    /** Returns the key of who has the user key. */
    byte[] byReceiver(G1Point userKey, ObjectId server, int index) {
      return derive(groups.pair(userKey, nonce), server, index);
    }

    private byte[] derive(byte[] pairing, ObjectId server, int index) {
      byte[] key = KeyDerivation.ofShare(pairing, nonce, point, server, index);
      Bytes.wipe(pairing);
      return key;
    }
  }

  /** Returns whether {@code scalar} is what {@code nonce} was made of. */
  static boolean isOf(PairingGroups groups, SecretKey scalar, G2Point nonce) {
    return groups.multiplyG2(scalar).equals(nonce);
  }
}
