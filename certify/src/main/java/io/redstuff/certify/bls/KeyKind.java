package io.redstuff.certify.bls;

import java.util.stream.Stream;

/**
 * What a secret key of 32 bytes is for; the number stands before it in its file.
 *
 * @since 0.1.0
 */
public enum KeyKind {
  /** Signs transactions for an account, on Ed25519. */
  ACCOUNT(0, "an account key", "Ed25519"),
  /** Proves a node's identity in TLS, on secp256r1. */
  NETWORK(2, "a network key", "secp256r1"),
  /** Signs a node's messages, on BLS12-381. */
  PROTOCOL(4, "a protocol key", "BLS12-381");

  private final int number;
  private final String name;
  private final String curve;

  KeyKind(int number, String name, String curve) {
    this.number = number;
    this.name = name;
    this.curve = curve;
  }

  /** {@return the number in files} */
  public int number() {
    return number;
  }

  /** {@return what messages call it, as in {@code a key of kind 4, for BLS12-381}} */
  String described() {
    return "a key of kind " + number + ", for " + curve;
  }

  /** Returns what messages call a key with a number. */
  static String nameOf(int number) {
    return Stream.of(values())
        .filter(kind -> kind.number == number)
        .map(kind -> kind.name + ", kind " + number)
        .findFirst()
        .orElse("another kind of key");
  }
}
