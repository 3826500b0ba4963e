package io.redstuff.certify.bls;

import io.redstuff.error.MalformedDataException;
import io.redstuff.error.RedStuffException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Signs and verifies, with one library or another. All engines give the same bytes and the same
 * verdicts. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class BlsEngine {
  /**
   * The system property that forces an engine by its name, which then runs or fails: {@value}. See
   * {@link #preferred()}.
   */
  public static final String PROPERTY = "redstuff.bls";

  /** A chance of one in 2^128 that a bad signature goes unseen in a batch. */
  private static final int WEIGHT_BITS = 128;

  private final Pairings<?, ?> pairings;

  BlsEngine(Pairings<?, ?> pairings) {
    this.pairings = pairings;
  }

  /**
   * Made when it is first asked for: its jar is signed and large, which costs a quarter of a second
   * of a JVM that has just started.
   */
  private static final class BouncyCastle {
    static final BlsEngine ENGINE = new BlsEngine(new BouncyCastlePairings());
  }

  /** Found when it is first asked for: loading it takes some milliseconds. */
  private static final class Blst {
    static final Optional<BlsEngine> ENGINE = load(BlstPairings.CLASS);
  }

  /** Chosen when it is first asked for. */
  private static final class Preferred {
    static final BlsEngine ENGINE = choose(System.getProperty(PROPERTY));
  }

  /** {@return the engine that is always there, in plain Java, called {@code bouncy-castle}} */
  public static BlsEngine bouncyCastle() {
    return BouncyCastle.ENGINE;
  }

  /**
   * {@return the faster engine, native code, called {@code blst}; nothing if {@code
   * tech.pegasys:jblst} is not there or does not run on this machine} A warning through {@link
   * System.Logger} says why in the second case.
   */
  public static Optional<BlsEngine> blst() {
    return Blst.ENGINE;
  }

  /** {@return all engines that run here, the preferred one first} */
  public static List<BlsEngine> available() {
    return Stream.concat(blst().stream(), Stream.of(BouncyCastle.ENGINE)).toList();
  }

  /**
   * {@return the engine that {@link #PROPERTY} names, else blst if it is there, else Bouncy Castle}
   *
   * @throws IllegalStateException if the property names an engine that is not there
   */
  public static BlsEngine preferred() {
    return Preferred.ENGINE;
  }

  static BlsEngine choose(String forced) {
    if (forced == null) {
      return blst().orElseGet(BlsEngine::bouncyCastle);
    }
    return available().stream()
        .filter(engine -> engine.name().equals(forced))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "-D%s: got '%s', expected one of %s".formatted(PROPERTY, forced, available())));
  }

  /** Loads blst by a class of its binding, which may be absent, as may the native library in it. */
  static Optional<BlsEngine> load(String name) {
    try {
      // Wherever it lies, this module has to be told to read that.
      BlsEngine.class.getModule().addReads(Class.forName(name).getModule());
      BlsEngine engine = new BlsEngine(new BlstPairings());
      if (!engine.knowsAnswers()) {
        throw new IllegalStateException("a known signature came out differently");
      }
      return Optional.of(engine);
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    } catch (LinkageError | RuntimeException e) {
      System.getLogger(BlsEngine.class.getName())
          .log(System.Logger.Level.WARNING, "blst is there but does not run: " + e);
      return Optional.empty();
    }
  }

  /** Signs no bytes with the secret 1, and verifies that. */
  private boolean knowsAnswers() {
    byte[] one = new byte[SecretKey.BYTES];
    one[SecretKey.BYTES - 1] = 1;
    byte[] expected =
        HexFormat.of()
            .parseHex(
                "a8aab303e33ed14f4a904004a92bd26ffc969c1d1e7d4b7f0c04150a73e1845a"
                    + "911e51a2b2d369d5cef06560c5ac9f5715c01566993d4469805df3e1f29b5364"
                    + "81a832bf2751b6908faed6776d062d585521889232999d72b679d6e38bb5cfff");
    try (SecretKey secret = SecretKey.parse(one)) {
      Signature signature = sign(secret, new byte[0]);
      verify(publicKey(secret), new byte[0], signature);
      return Arrays.equals(signature.toBytes(), expected);
    } catch (RedStuffException e) {
      return false;
    }
  }

  /** {@return the groups themselves, for schemes other than signatures} */
  public PairingGroups groups() {
    return new PairingGroups(pairings);
  }

  /** {@return what the engine is called} */
  public String name() {
    return pairings.name();
  }

  /**
   * Reads a public key and checks all there is to check about it.
   *
   * @param compressed 48 bytes
   * @return the key
   * @throws MalformedDataException if it is not the canonical form of a point
   * @throws VerificationException if it is uncompressed, infinite, not on the curve or not in the
   *     subgroup
   */
  public PublicKey publicKey(byte[] compressed)
      throws MalformedDataException, VerificationException {
    PointEncoding.KEY.check(compressed);
    return publicKey(pairings, compressed.clone());
  }

  private static <K> PublicKey publicKey(Pairings<K, ?> pairings, byte[] compressed)
      throws VerificationException {
    return new PublicKey(pairings, pointOfG1(pairings, PointEncoding.KEY, compressed), compressed);
  }

  static <K> K pointOfG1(Pairings<K, ?> pairings, PointEncoding encoding, byte[] compressed)
      throws VerificationException {
    K point = pairings.decodeKey(compressed).orElseThrow(encoding::notOnCurve);
    if (!pairings.isKeyInSubgroup(point)) {
      throw encoding.notInSubgroup();
    }
    return point;
  }

  /**
   * Reads a public key as the chain keeps it, and checks all there is to check about it.
   *
   * @param uncompressed 96 bytes: x and y, big-endian
   * @return the key
   * @throws MalformedDataException if it is not the canonical form of a finite point
   * @throws VerificationException if it is not on the curve or not in the subgroup
   */
  public PublicKey uncompressedPublicKey(byte[] uncompressed)
      throws MalformedDataException, VerificationException {
    PublicKey key = publicKey(PointEncoding.compressKey(uncompressed));
    // The sign of y was all that was looked at.
    if (!Arrays.equals(key.toUncompressedBytes(), uncompressed)) {
      throw PointEncoding.KEY.notOnCurve();
    }
    return key;
  }

  /**
   * Returns the public key that belongs to a secret one.
   *
   * @param secret the secret key
   * @return the public key
   * @throws IllegalStateException if the secret key was closed
   */
  public PublicKey publicKey(SecretKey secret) {
    return publicKey(pairings, secret);
  }

  private static <K> PublicKey publicKey(Pairings<K, ?> pairings, SecretKey secret) {
    K point = pairings.key(secret.bytes());
    return new PublicKey(pairings, point, pairings.encodeKey(point).orElseThrow());
  }

  /**
   * Reads a signature and checks all there is to check without key and message.
   *
   * @param compressed 96 bytes
   * @return the signature
   * @throws MalformedDataException if it is not the canonical form of a point
   * @throws VerificationException if it is uncompressed, infinite, not on the curve or not in the
   *     subgroup
   */
  public Signature signature(byte[] compressed)
      throws MalformedDataException, VerificationException {
    PointEncoding.SIGNATURE.check(compressed);
    return signature(pairings, compressed.clone());
  }

  private static <S> Signature signature(Pairings<?, S> pairings, byte[] compressed)
      throws VerificationException {
    return new Signature(
        pairings, pointOfG2(pairings, PointEncoding.SIGNATURE, compressed), compressed);
  }

  static <S> S pointOfG2(Pairings<?, S> pairings, PointEncoding encoding, byte[] compressed)
      throws VerificationException {
    S point = pairings.decodeSignature(compressed).orElseThrow(encoding::notOnCurve);
    if (!pairings.isSignatureInSubgroup(point)) {
      throw encoding.notInSubgroup();
    }
    return point;
  }

  /**
   * Signs a message. One key and one message have one signature: nothing random is in it.
   *
   * @param secret the secret key
   * @param message the bytes to sign
   * @return the signature
   * @throws IllegalStateException if the key was closed
   */
  public Signature sign(SecretKey secret, byte[] message) {
    return sign(pairings, secret, message);
  }

  private static <S> Signature sign(Pairings<?, S> pairings, SecretKey secret, byte[] message) {
    S point = pairings.sign(secret.bytes(), message);
    return new Signature(pairings, point, pairings.encodeSignature(point).orElseThrow());
  }

  /**
   * Checks a signature: returns if it is that of {@code key} for {@code message}.
   *
   * @param key the key, or the sum of all signers' keys
   * @param message the bytes that were signed
   * @param signature the signature, or the sum of all signers' signatures
   * @throws VerificationException {@link Reason#BAD_SIGNATURE} if it is not
   */
  public void verify(PublicKey key, byte[] message, Signature signature)
      throws VerificationException {
    if (!isGood(pairings, key, message, signature)) {
      throw notOfThisKey(message);
    }
  }

  /**
   * Checks a signature of the suite {@code BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_}, that of
   * the beacon drand for one: signatures are in G1 and so half as long, keys in G2. Returns if all
   * is well. Both points are checked as {@link #publicKey(byte[])} and {@link #signature} check
   * theirs.
   *
   * @param key 96 bytes, compressed
   * @param message the bytes that were signed
   * @param signature 48 bytes, compressed
   * @throws MalformedDataException if key or signature is not the canonical form of a point
   * @throws VerificationException if one of them is uncompressed, infinite, not on the curve or not
   *     in the subgroup; {@link Reason#BAD_SIGNATURE} if the signature is not that of the key for
   *     the message
   */
  public void verifyShort(byte[] key, byte[] message, byte[] signature)
      throws MalformedDataException, VerificationException {
    PointEncoding.LONG_KEY.check(key);
    PointEncoding.SHORT_SIGNATURE.check(signature);
    if (!isGoodShort(pairings, key, message, signature)) {
      throw notOfThisKey(message);
    }
  }

  static VerificationException notOfThisKey(byte[] message) {
    return new VerificationException(
        Reason.BAD_SIGNATURE,
        "signature: got one that is not of this key for this message of %s bytes"
            .formatted(message.length));
  }

  private static <K, S> boolean isGoodShort(
      Pairings<K, S> pairings, byte[] key, byte[] message, byte[] signature)
      throws VerificationException {
    return pairings.verifyShort(
        pointOfG2(pairings, PointEncoding.LONG_KEY, key),
        message,
        pointOfG1(pairings, PointEncoding.SHORT_SIGNATURE, signature));
  }

  private static <K, S> boolean isGood(
      Pairings<K, S> pairings, PublicKey key, byte[] message, Signature signature) {
    return pairings.verify(key.point(pairings), message, signature.point(pairings));
  }

  /**
   * Checks several signatures together, in less time than one by one: returns if all are good. The
   * equations are added up, each times a random number of 128 bits, so that bad ones cannot make up
   * for each other.
   *
   * @param signed what was signed
   * @param random for these numbers; who knows them beforehand can have bad signatures pass, so it
   *     has to be unpredictable
   * @throws VerificationException {@link Reason#BAD_SIGNATURE} if one or more are not; which is not
   *     told
   */
  public void verifyAll(List<SignedBytes> signed, SecureRandom random)
      throws VerificationException {
    if (!signed.isEmpty() && !areGood(pairings, signed, random)) {
      throw new VerificationException(
          Reason.BAD_SIGNATURE, "signatures: got bad ones among %s".formatted(signed.size()));
    }
  }

  private static <K, S> boolean areGood(
      Pairings<K, S> pairings, List<SignedBytes> signed, SecureRandom random) {
    return pairings.verifySum(
        signed.stream().map(one -> one.key().point(pairings)).toList(),
        signed.stream().map(SignedBytes::message).toList(),
        signed.stream().map(one -> one.signature().point(pairings)).toList(),
        Stream.generate(() -> weight(random)).limit(signed.size()).toList());
  }

  /** Returns a number that is odd, and so not zero; the rest of its bits is random. */
  private static BigInteger weight(SecureRandom random) {
    return new BigInteger(WEIGHT_BITS, random).shiftLeft(1).setBit(0);
  }

  /**
   * Adds keys up: the sum verifies the sum of their owners' signatures for one message.
   *
   * <p>Only keys whose owners have shown that they know the secrets may be added. Somebody who may
   * choose a key last can choose it so that the sum is a key of theirs alone.
   *
   * @param keys one key or more; a key that comes twice counts twice
   * @return the sum
   * @throws VerificationException {@link Reason#POINT_AT_INFINITY} if the keys cancel each other
   * @throws IllegalArgumentException if there is none
   */
  public PublicKey aggregateKeys(Collection<PublicKey> keys) throws VerificationException {
    checkSome("keys", keys);
    return aggregateKeys(pairings, keys);
  }

  private static <K> PublicKey aggregateKeys(Pairings<K, ?> pairings, Collection<PublicKey> keys)
      throws VerificationException {
    K sum = pairings.addKeys(keys.stream().map(key -> key.point(pairings)).toList());
    byte[] bytes =
        pairings.encodeKey(sum).orElseThrow(() -> PointEncoding.infinite("sum of public keys"));
    return new PublicKey(pairings, sum, bytes);
  }

  /**
   * Adds signatures up.
   *
   * @param signatures one signature or more; one that comes twice counts twice
   * @return the sum
   * @throws VerificationException {@link Reason#POINT_AT_INFINITY} if the signatures cancel each
   *     other
   * @throws IllegalArgumentException if there is none
   */
  public Signature aggregate(Collection<Signature> signatures) throws VerificationException {
    checkSome("signatures", signatures);
    return aggregate(pairings, signatures);
  }

  private static <S> Signature aggregate(Pairings<?, S> pairings, Collection<Signature> signatures)
      throws VerificationException {
    S sum = pairings.addSignatures(signatures.stream().map(one -> one.point(pairings)).toList());
    byte[] bytes =
        pairings
            .encodeSignature(sum)
            .orElseThrow(() -> PointEncoding.infinite("sum of signatures"));
    return new Signature(pairings, sum, bytes);
  }

  private static void checkSome(String what, Collection<?> these) {
    if (these.isEmpty()) {
      throw new IllegalArgumentException(what + ": got none, expected one or more");
    }
  }

  /** {@return the name} */
  @Override
  public String toString() {
    return name();
  }
}
