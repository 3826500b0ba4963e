package io.redstuff.cli.certify;

import io.redstuff.certify.Committee;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.certify.json.CertificateJson;
import io.redstuff.certify.json.CommitteeJson;
import io.redstuff.certify.json.SignedMessageJson;
import io.redstuff.cli.io.CommandException;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.RedStuffException;
import io.redstuff.message.Certificate;
import io.redstuff.message.ProtocolMessage;
import io.redstuff.message.SignedMessage;
import io.redstuff.store.NamedIoException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads what was signed, and committees, from files in JSON or BCS; the first byte tells which. */
final class SignedFiles {
  /** More than a committee of 150 members with all its shards has in JSON. */
  private static final int MOST_BYTES = 1 << 20;

  /** What a file may hold. */
  sealed interface Content {
    /** What one node has signed, and whose it is if that is said. */
    record Signed(SignedMessageJson message) implements Content {}

    /** What several have signed. */
    record Certified(Certificate<ProtocolMessage> certificate) implements Content {}
  }

  private SignedFiles() {}

  static Committee committee(Path file) throws CommandException, NamedIoException {
    byte[] content = read(file);
    BlsEngine engine = BlsEngine.preferred();
    try {
      return isJson(content)
          ? CommitteeJson.parse(content, engine)
          : Committee.parse(content, engine);
    } catch (RedStuffException e) {
      throw CommandException.badData(file + ": " + e.getMessage(), e);
    }
  }

  static Content content(Path file) throws CommandException, NamedIoException {
    byte[] content = read(file);
    try {
      return isJson(content) ? json(content) : bcs(content);
    } catch (RedStuffException e) {
      throw CommandException.badData(file + ": " + e.getMessage(), e);
    }
  }

  private static boolean isJson(byte[] content) {
    int at = 0;
    while (at < content.length && Character.isWhitespace(content[at])) {
      at++;
    }
    return at < content.length && content[at] == '{';
  }

  private static Content json(byte[] content) throws RedStuffException {
    try {
      return new Content.Signed(SignedMessageJson.parse(content, BlsEngine.preferred()));
    } catch (MalformedDataException notSigned) {
      try {
        return new Content.Certified(CertificateJson.parse(content));
      } catch (MalformedDataException notCertified) {
        throw neither(notSigned, notCertified);
      }
    }
  }

  private static Content bcs(byte[] content) throws RedStuffException {
    try {
      SignedMessage<ProtocolMessage> signed = SignedMessage.parse(content);
      return new Content.Signed(new SignedMessageJson(signed, Optional.empty()));
    } catch (MalformedDataException notSigned) {
      try {
        return new Content.Certified(Certificate.parse(content));
      } catch (MalformedDataException notCertified) {
        throw neither(notSigned, notCertified);
      }
    }
  }

  private static MalformedDataException neither(
      MalformedDataException notSigned, MalformedDataException notCertified) {
    return new MalformedDataException(
        0,
        "no confirmation (%s), no certificate (%s)"
            .formatted(notSigned.getMessage(), notCertified.getMessage()));
  }

  private static byte[] read(Path file) throws CommandException, NamedIoException {
    byte[] content;
    try (InputStream in = Files.newInputStream(file)) {
      content = in.readNBytes(MOST_BYTES + 1);
    } catch (IOException e) {
      throw new NamedIoException(file.toString(), e);
    }
    if (content.length > MOST_BYTES) {
      throw CommandException.badData(
          "%s: got more bytes, expected at most %s".formatted(file, MOST_BYTES), null);
    }
    return content;
  }
}
