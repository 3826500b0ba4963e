package io.redstuff.seal;

import io.redstuff.ObjectId;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.certify.bls.G1Point;
import io.redstuff.certify.bls.G2Point;
import io.redstuff.certify.bls.PairingGroups;
import io.redstuff.certify.bls.SecretKey;
import io.redstuff.error.InsufficientDataException;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Seals and opens, and does what key servers and their clients compute. Nothing here opens a
 * connection. Randomness is the JDK's {@link SecureRandom}. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class Seal {
  private final PairingGroups groups;
  private final SecureRandom random = new SecureRandom();

  private Seal(PairingGroups groups) {
    this.groups = groups;
  }

  /** {@return one on the engine that {@link BlsEngine#preferred} is} */
  public static Seal create() {
    return on(BlsEngine.preferred());
  }

  /**
   * {@return one on an engine}
   *
   * @param engine computes the pairings; all give the same bytes
   */
  public static Seal on(BlsEngine engine) {
    return new Seal(engine.groups());
  }

  /** {@return the groups that keys and nonces are points of} */
  public PairingGroups groups() {
    return groups;
  }

  // --- sealing ---

  /**
   * Seals data, all of it in memory.
   *
   * @param policy who can open it
   * @param cipher how to encrypt it; for {@link DataCipher#PLAIN} there is {@link #newKey}
   * @param data what to seal; the caller wipes it
   * @param additionalData what to authenticate with it and not encrypt, may be empty
   * @return the object
   * @throws IllegalArgumentException if the cipher is {@code PLAIN}
   */
  public EncryptedObject encrypt(
      SealPolicy policy, DataCipher cipher, byte[] data, byte[] additionalData) {
    try (Randomness drawn = Randomness.draw(random, policy.threshold())) {
      return encrypt(policy, cipher, data, additionalData, drawn);
    }
  }

  /** Does so with numbers that were drawn before. */
  EncryptedObject encrypt(
      SealPolicy policy, DataCipher cipher, byte[] data, byte[] aad, Randomness drawn) {
    if (cipher == DataCipher.PLAIN) {
      throw new IllegalArgumentException("cipher: got PLAIN, expected one that encrypts data");
    }
    EncryptedShares shares = new Encryption(groups, policy).shares(drawn);
    byte[] key = KeyDerivation.ofPurpose(KeyDerivation.FOR_DATA, drawn.baseKey(), shares);
    Ciphertext ciphertext =
        cipher == DataCipher.AES_256_GCM
            ? Ciphertext.Aes.encrypt(key, data, aad.clone())
            : Ciphertext.Hmac.encrypt(key, data, aad.clone());
    Bytes.wipe(key);
    return new EncryptedObject(policy.identity(), shares, ciphertext);
  }

  /**
   * Makes a key and seals it.
   *
   * @param policy who can have the key
   * @return both; close it
   */
  public SealedKey newKey(SealPolicy policy) {
    try (Randomness drawn = Randomness.draw(random, policy.threshold())) {
      return newKey(policy, drawn);
    }
  }

  /** Does so with numbers that were drawn before. */
  SealedKey newKey(SealPolicy policy, Randomness drawn) {
    EncryptedShares shares = new Encryption(groups, policy).shares(drawn);
    return new SealedKey(
        new EncryptedObject(policy.identity(), shares, new Ciphertext.Plain()),
        KeyDerivation.ofPurpose(KeyDerivation.FOR_DATA, drawn.baseKey(), shares));
  }

  // --- opening ---

  /**
   * Opens an object with keys of as many of its servers as its threshold says, or more.
   *
   * <p>Who sealed it may have given other servers' shares of something else; that is found out
   * where keys of more servers than needed are there, and surely by {@link
   * #decrypt(EncryptedObject, Collection, Collection)}.
   *
   * @param object the object
   * @param keys of its servers; others are left out of account
   * @return the data, or the key that the object carries; to be wiped by the caller
   * @throws MalformedDataException if the nonce is not the canonical form of a point
   * @throws VerificationException if the nonce is not a point of the subgroup; {@link
   *     Reason#BAD_CIPHERTEXT} if the keys are not those of the object, or it was changed; {@link
   *     Reason#INCONSISTENT_SHARES} if the shares at hand are not of one key
   * @throws InsufficientDataException if there are too few keys
   * @throws IllegalArgumentException if there are two different keys of one server
   */
  public byte[] decrypt(EncryptedObject object, Collection<UserKey> keys)
      throws MalformedDataException, VerificationException, InsufficientDataException {
    return open(object, keys, Map.of());
  }

  /**
   * Opens an object, and checks that any holders of enough keys would get the same.
   *
   * @param object the object
   * @param keys of its servers; others are left out of account
   * @param servers all servers of the object
   * @return the data, or the key that the object carries; to be wiped by the caller
   * @throws MalformedDataException if the nonce is not the canonical form of a point
   * @throws VerificationException if the nonce is not a point of the subgroup; {@link
   *     Reason#BAD_CIPHERTEXT} if the keys are not those of the object, or it was changed; {@link
   *     Reason#INCONSISTENT_SHARES} if the shares are not all of one key
   * @throws InsufficientDataException if there are too few keys
   * @throws IllegalArgumentException if there are two different keys of one server, or not all
   *     servers are there
   */
  public byte[] decrypt(
      EncryptedObject object, Collection<UserKey> keys, Collection<KeyServer> servers)
      throws MalformedDataException, VerificationException, InsufficientDataException {
    Map<ObjectId, G2Point> publicKeys = new LinkedHashMap<>();
    for (KeyServer server : servers) {
      putOnce(publicKeys, server.objectId(), server.publicKey());
    }
    for (ObjectId server : object.servers()) {
      if (!publicKeys.containsKey(server)) {
        throw new IllegalArgumentException(
            "key servers: got none with object %s, expected all that have a share"
                .formatted(server));
      }
    }
    return open(object, keys, publicKeys);
  }

  private byte[] open(
      EncryptedObject object, Collection<UserKey> keys, Map<ObjectId, G2Point> publicKeys)
      throws MalformedDataException, VerificationException, InsufficientDataException {
    Map<ObjectId, G1Point> points = new LinkedHashMap<>();
    for (UserKey key : keys) {
      if (key.identity().equals(object.identity())) {
        putOnce(points, key.server(), key.point());
      }
    }
    byte[] key = new Decryption(groups, object).dataKey(points, publicKeys);
    try {
      return object.ciphertext().decrypt(key);
    } finally {
      Bytes.wipe(key);
    }
  }

  private static <T> void putOnce(Map<ObjectId, T> all, ObjectId server, T key) {
    T before = all.putIfAbsent(server, key);
    if (before != null && !before.equals(key)) {
      throw new IllegalArgumentException(
          "key server %s: got two different keys, expected one".formatted(server));
    }
  }

  // --- keys ---

  /**
   * Returns what a server is registered as.
   *
   * @param objectId the object that registers it
   * @param master its secret
   * @return the server
   * @throws IllegalStateException if the master key was closed
   */
  public KeyServer server(ObjectId objectId, MasterKey master) {
    return new KeyServer(objectId, master.publicKey(groups));
  }

  /**
   * Makes a user key, as a server does for who its policy lets have it.
   *
   * @param master the server's secret
   * @param server the server's object
   * @param identity whose key
   * @return the key
   * @throws IllegalStateException if the master key was closed
   */
  public UserKey userKey(MasterKey master, ObjectId server, Identity identity) {
    return new UserKey(server, identity, master.userKey(groups, identity));
  }

  /**
   * Checks a user key: returns if it is that of a server for its identity.
   *
   * @param server the server
   * @param key the key
   * @throws VerificationException {@link Reason#WRONG_USER_KEY} if it is not, or is claimed to be
   *     of another server
   */
  public void verify(KeyServer server, UserKey key) throws VerificationException {
    boolean good = key.server().equals(server.objectId());
    try {
      groups.verify(server.publicKey(), key.identity().message(), key.point());
    } catch (VerificationException _) {
      good = false;
    }
    if (!good) {
      throw new VerificationException(
          Reason.WRONG_USER_KEY,
          "user key: got one that is not of server %s for %s"
              .formatted(server.objectId(), key.identity()));
    }
  }

  /**
   * Proves that a server knows its master key.
   *
   * @param master the master key
   * @param server the server's object
   * @return the proof, which {@link #verify(KeyServer, G1Point)} checks
   * @throws IllegalStateException if the master key was closed
   */
  public G1Point provePossession(MasterKey master, ObjectId server) {
    return master.proveKnown(groups, server);
  }

  /**
   * Checks a server's proof of possession: returns if it is that of its key and object.
   *
   * @param server the server
   * @param proof what it answered
   * @throws VerificationException {@link Reason#BAD_SIGNATURE} if it is not
   */
  public void verify(KeyServer server, G1Point proof) throws VerificationException {
    groups.verify(server.publicKey(), MasterKey.possessionMessage(server), proof);
  }

  // --- keys on their way ---

  /**
   * Returns the public half of a transport key, to which servers encrypt.
   *
   * @param key the key
   * @return the point
   * @throws IllegalStateException if the key was closed
   */
  public G1Point transportPublicKey(TransportKey key) {
    return groups.multiplyG1(key.secret());
  }

  /**
   * Returns the public half of a transport key in the other group, by which servers see that the
   * first is no point of somebody else's.
   *
   * @param key the key
   * @return the point
   * @throws IllegalStateException if the key was closed
   */
  public G2Point transportVerificationKey(TransportKey key) {
    return groups.multiplyG2(key.secret());
  }

  /**
   * Encrypts a user key to who asked for it.
   *
   * @param key the user key
   * @param to the public half of a transport key
   * @return what to answer
   */
  public EncryptedUserKey encrypt(UserKey key, G1Point to) {
    try (SecretKey drawn = SecretKey.generate(random)) {
      return encrypt(key.point(), to, drawn);
    } catch (VerificationException e) {
      throw new AssertionError("drew the one number of 2^255 that cannot be used", e);
    }
  }

  /** Does so with a number that was drawn before. */
  EncryptedUserKey encrypt(G1Point key, G1Point to, SecretKey drawn) throws VerificationException {
    return new EncryptedUserKey(
        groups.multiplyG1(drawn), groups.add(key, groups.multiply(to, drawn)));
  }

  /**
   * Decrypts a server's answer and checks the user key that was in it.
   *
   * @param answer what the server answered
   * @param key the transport key that it was asked with
   * @param server the server
   * @param identity whose key was asked for
   * @return the user key
   * @throws VerificationException {@link Reason#WRONG_USER_KEY} if something else was in it
   * @throws IllegalStateException if the key was closed
   */
  public UserKey decrypt(
      EncryptedUserKey answer, TransportKey key, KeyServer server, Identity identity)
      throws VerificationException {
    Objects.requireNonNull(identity, "identity");
    G1Point point = groups.subtract(answer.c1(), groups.multiply(answer.c0(), key.secret()));
    UserKey userKey = new UserKey(server.objectId(), identity, point);
    verify(server, userKey);
    return userKey;
  }
}
