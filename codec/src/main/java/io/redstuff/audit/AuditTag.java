package io.redstuff.audit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What everything in an audit begins with that is hashed, signed or kept, so that nothing can be
 * taken for something else: 32 bytes, a name, zeros, and the version in the last.
 *
 * <p>A message of the network begins with its kind, from 0 to 6, its version and its application;
 * these begin with a letter.
 */
enum AuditTag {
  STATEMENT("statement"),
  SEED("seed"),
  CHALLENGE("challenge"),
  ANSWER("answer"),
  TRANSCRIPT("transcript"),
  SIGNATURE("signature");

  static final int BYTES = 32;

  /** The only version there is. */
  static final int VERSION = 1;

  private final String text;

  @SuppressWarnings("ImmutableEnumChecker") // never given out
  private final byte[] name;

  AuditTag(String text) {
    this.text = text;
    this.name =
        Arrays.copyOf(
            ("redstuff audit " + text).getBytes(StandardCharsets.US_ASCII), BYTES - Byte.BYTES);
  }

  /** Returns the bytes without the version. */
  byte[] prefix() {
    return name.clone();
  }

  /** Returns all 32 bytes. */
  byte[] bytes() {
    byte[] bytes = Arrays.copyOf(name, BYTES);
    bytes[BYTES - 1] = VERSION;
    return bytes;
  }

  /** Returns what is tagged, for messages. */
  @Override
  public String toString() {
    return "audit " + text;
  }
}
