package io.redstuff.network.ledger.transaction;

import io.redstuff.SuiAddress;
import io.redstuff.error.MalformedDataException;
import java.io.Serial;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.NamedParameterSpec;

/**
 * The key of an account: signs its transactions, with the JDK's ed25519. Neither {@link #toString}
 * nor a message shows the secret. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class AccountKey {
  /** The length of the secret in bytes. */
  public static final int BYTES = 32;

  private final PrivateKey secret;
  private final AccountPublicKey publicKey;

  private AccountKey(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(AccountPublicKey.ALGORITHM);
      generator.initialize(NamedParameterSpec.ED25519, random);
      KeyPair pair = generator.generateKeyPair();
      this.secret = pair.getPrivate();
      this.publicKey = AccountPublicKey.of((EdECPublicKey) pair.getPublic());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK has no ed25519", e);
    }
  }

  /** Gives the secret itself as random bytes: only so the JDK computes its public key. */
  private static final class Fixed extends SecureRandom {
    @Serial private static final long serialVersionUID = 1L;

    private final byte[] secret;

    Fixed(byte[] secret) {
      this.secret = secret;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      System.arraycopy(secret, 0, bytes, 0, bytes.length);
    }
  }

  /**
   * Makes a new key.
   *
   * @param random where its bits come from; {@code new SecureRandom()} is a good choice
   * @return the key
   */
  public static AccountKey generate(SecureRandom random) {
    return new AccountKey(random);
  }

  /**
   * Reads a secret.
   *
   * @param secret 32 bytes, copied; the caller wipes its own
   * @return the key
   * @throws MalformedDataException if there are not 32 bytes
   */
  public static AccountKey parse(byte[] secret) throws MalformedDataException {
    if (secret.length != BYTES) {
      throw new MalformedDataException(
          Math.min(secret.length, BYTES),
          "account key: got " + secret.length + " bytes, expected " + BYTES);
    }
    return new AccountKey(new Fixed(secret));
  }

  /** {@return the secret, a fresh copy of 32 bytes, for keeping it safe} */
  public byte[] secret() {
    return ((EdECPrivateKey) secret).getBytes().orElseThrow();
  }

  /** {@return the public key} */
  public AccountPublicKey publicKey() {
    return publicKey;
  }

  /** {@return the address of the account} */
  public SuiAddress address() {
    return publicKey.address();
  }

  /**
   * Signs a transaction.
   *
   * @param transaction what to sign; its sender has to be {@link #address}
   * @return the transaction with its signature
   * @throws IllegalArgumentException if the sender is another
   */
  public SignedTransaction sign(Transaction transaction) {
    if (!transaction.sender().equals(address())) {
      throw new IllegalArgumentException(
          "sender: got " + transaction.sender() + ", expected " + address());
    }
    try {
      Signature signer = Signature.getInstance(AccountPublicKey.ALGORITHM);
      signer.initSign(secret);
      signer.update(transaction.signedBytes());
      return new SignedTransaction(transaction, publicKey, AccountSignature.of(signer.sign()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK cannot sign with its own key", e);
    }
  }

  /** {@return a text that does not depend on the secret} */
  @Override
  public String toString() {
    return "key of account " + address();
  }
}
