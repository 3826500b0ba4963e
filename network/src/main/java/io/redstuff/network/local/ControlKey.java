package io.redstuff.network.local;

import io.redstuff.certify.bls.KeyFile;
import io.redstuff.certify.bls.KeyKind;
import io.redstuff.error.MalformedDataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/** The secret by which somebody shows that a network is theirs. It is in no message. */
final class ControlKey {
  private final String token;

  private ControlKey(String token) {
    this.token = token;
  }

  /** Reads the secret of a network. */
  static ControlKey read(Path file) throws IOException {
    try {
      byte[] secret = KeyFile.read(file, KeyKind.ACCOUNT);
      ControlKey key = new ControlKey(HexFormat.of().formatHex(secret));
      Arrays.fill(secret, (byte) 0);
      return key;
    } catch (MalformedDataException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /** Returns what is to be shown. */
  String token() {
    return token;
  }

  /** Returns whether it was shown, in a time that says nothing about it. */
  boolean isShownBy(String shown) {
    return MessageDigest.isEqual(
        shown.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
  }

  /** {@return a text that does not depend on the secret} */
  @Override
  public String toString() {
    return "control key";
  }
}
