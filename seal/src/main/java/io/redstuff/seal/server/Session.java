package io.redstuff.seal.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.redstuff.ObjectId;
import io.redstuff.SuiAddress;
import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsWriter;
import io.redstuff.internal.json.JsonFields;
import java.lang.foreign.MemorySegment;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import tools.jackson.databind.node.ObjectNode;

/**
 * A session: a key of a client's, which the user's wallet signed for, for one package and some
 * minutes.
 *
 * @param user the address of the user
 * @param key the session's Ed25519 key, 32 bytes
 * @param created when it began, in milliseconds since 1970
 * @param minutes how long it lasts
 * @param signature of the wallet: a scheme, 64 bytes, and its public key
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Session(SuiAddress user, byte[] key, long created, long minutes, byte[] signature) {
  private static final int MAX_MINUTES = 30;
  private static final int KEY_BYTES = 32;
  private static final int SIGNATURE_BYTES = 64;

  /** The only scheme of wallets that is known here. */
  private static final byte ED25519 = 0;

  /** What stands before the 32 bytes of a key of this kind in the form that the JDK reads. */
  private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

  /** How the chain marks what a wallet signs that is no transaction. */
  private static final byte[] PERSONAL_MESSAGE = {3, 0, 0};

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** Begins a session, for which an account signs. */
  static Session of(
      SigningKey account, SigningKey key, ObjectId packageId, Instant now, long minutes) {
    long created = now.toEpochMilli();
    byte[] digest = digest(packageId, minutes, created, key.publicKey());
    byte[] signature = new byte[1 + SIGNATURE_BYTES + KEY_BYTES];
    signature[0] = ED25519;
    System.arraycopy(account.sign(digest), 0, signature, 1, SIGNATURE_BYTES);
    System.arraycopy(account.publicKey(), 0, signature, 1 + SIGNATURE_BYTES, KEY_BYTES);
    return new Session(account.address(), key.publicKey(), created, minutes, signature);
  }

  /** Reads the certificate of a request. */
  static Session read(JsonFields fields) throws MalformedDataException {
    return new Session(
        fields.text("user", SuiAddress::parse),
        fields.base64("session_vk"),
        fields.number("creation_time", Long.MAX_VALUE),
        fields.number("ttl_min", MAX_MINUTES),
        fields.base64("signature"));
  }

  /** Writes the certificate of a request. */
  void write(ObjectNode node) {
    Base64.Encoder base64 = Base64.getEncoder();
    node.put("user", user.toString())
        .put("session_vk", base64.encodeToString(key))
        .put("creation_time", created)
        .put("ttl_min", minutes)
        .put("signature", base64.encodeToString(signature));
  }

  /** Checks all of it, as of some moment and for a package. */
  void check(Instant now, ObjectId packageId) throws Refusal {
    if (minutes < 1 || created > now.toEpochMilli()) {
      throw Refusal.forbidden("InvalidCertificate", "the session has not begun, or has no time");
    }
    if (Duration.ofMillis(now.toEpochMilli() - created).toMinutes() >= minutes) {
      throw Refusal.forbidden("ExpiredCertificate", "the session is over");
    }
    if (signature.length != 1 + SIGNATURE_BYTES + KEY_BYTES
        || signature[0] != ED25519
        || !user.equals(address(walletKey()))
        || !isSigned(walletKey(), digest(packageId, minutes, created, key), walletSignature())) {
      throw Refusal.forbidden("InvalidCertificate", "not signed by the user's wallet with Ed25519");
    }
  }

  /** Checks a request of this session. */
  void checkSigned(byte[] transaction, byte[] publicKey, byte[] verificationKey, byte[] by)
      throws Refusal {
    if (!isSigned(key, signedRequest(transaction, publicKey, verificationKey), by)) {
      throw Refusal.forbidden("InvalidSessionSignature", "not signed by the session's key");
    }
  }

  /** Returns what the session's key signs. */
  static byte[] signedRequest(byte[] transaction, byte[] publicKey, byte[] verificationKey) {
    return BcsWriter.toBytes(
        out ->
            out.bytes(MemorySegment.ofArray(transaction))
                .bytes(MemorySegment.ofArray(publicKey))
                .bytes(MemorySegment.ofArray(verificationKey)));
  }

  private byte[] walletSignature() {
    return Arrays.copyOfRange(signature, 1, 1 + SIGNATURE_BYTES);
  }

  private byte[] walletKey() {
    return Arrays.copyOfRange(signature, 1 + SIGNATURE_BYTES, signature.length);
  }

  /** Returns the address of the account with a key. */
  static SuiAddress address(byte[] publicKey) {
    return SuiAddress.of(blake2b(new byte[] {ED25519}, publicKey));
  }

  /** Returns what the wallet signs: the digest of a text that it shows the user. */
  private static byte[] digest(ObjectId packageId, long minutes, long created, byte[] key) {
    byte[] text =
        "Accessing keys of package %s for %s mins from %s, session key %s"
            .formatted(
                packageId,
                minutes,
                TIME.format(Instant.ofEpochMilli(created)),
                Base64.getEncoder().encodeToString(key))
            .getBytes(UTF_8);
    byte[] message = BcsWriter.toBytes(out -> out.bytes(MemorySegment.ofArray(text)));
    return blake2b(PERSONAL_MESSAGE, message);
  }

  private static byte[] blake2b(byte[]... parts) {
    Blake2bDigest digest = new Blake2bDigest(KEY_BYTES * Byte.SIZE);
    for (byte[] part : parts) {
      digest.update(part, 0, part.length);
    }
    byte[] out = new byte[KEY_BYTES];
    digest.doFinal(out, 0);
    return out;
  }

  private static boolean isSigned(byte[] publicKey, byte[] message, byte[] signature) {
    try {
      byte[] encoded = Arrays.copyOf(X509, X509.length + publicKey.length);
      System.arraycopy(publicKey, 0, encoded, X509.length, publicKey.length);
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException _) {
      // No key, or no signature.
      return false;
    }
  }
}
