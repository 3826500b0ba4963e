package io.redstuff.cli.seal;

import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.SmallFile;
import io.redstuff.error.InsufficientDataException;
import io.redstuff.error.RedStuffException;
import io.redstuff.seal.EncryptedObject;
import io.redstuff.seal.KeyServer;
import io.redstuff.seal.Seal;
import io.redstuff.seal.SealPolicy;
import io.redstuff.seal.UserKey;
import io.redstuff.seal.json.KeyServerJson;
import io.redstuff.seal.json.MasterKeyFile;
import io.redstuff.seal.json.SealPolicyJson;
import io.redstuff.seal.json.UserKeyFile;
import io.redstuff.seal.server.SigningKey;
import io.redstuff.store.NamedIoException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.List;

/** Reads files with policies and keys; what goes wrong has the file's name and no secret. */
final class SealFiles {
  /** A policy with 254 servers, proofs and all, is shorter. */
  private static final int MAX_BYTES = 1 << 20;

  private SealFiles() {}

  /** Reads a value from a file. */
  @FunctionalInterface
  private interface Reader<T> {
    T read(Path file) throws IOException, RedStuffException;
  }

  private static <T> T read(Path file, Reader<T> reader) throws CommandException, NamedIoException {
    try {
      return reader.read(file);
    } catch (RedStuffException e) {
      throw CommandException.badData(file + ": " + e.getMessage(), e);
    } catch (NamedIoException e) {
      throw e;
    } catch (IOException e) {
      throw new NamedIoException(file.toString(), e);
    }
  }

  static SealPolicy policy(Path file, Seal seal) throws CommandException, NamedIoException {
    return read(file, path -> SealPolicyJson.parse(SmallFile.read(path, MAX_BYTES), seal));
  }

  static KeyServer server(Path file, Seal seal) throws CommandException, NamedIoException {
    return read(file, path -> KeyServerJson.parse(SmallFile.read(path, MAX_BYTES), seal));
  }

  /** Returns where a server answers. */
  static URI url(Path file) throws CommandException, NamedIoException {
    return read(file, path -> KeyServerJson.url(SmallFile.read(path, MAX_BYTES)))
        .orElseThrow(
            () -> CommandException.badData(file + ": got no url, expected one to ask", null));
  }

  static SigningKey account(Path file) throws CommandException, NamedIoException {
    return read(file, SigningKey::read);
  }

  static MasterKeyFile masterKey(Path file) throws CommandException, NamedIoException {
    return read(file, MasterKeyFile::read);
  }

  /** Writes a file with secrets. */
  @FunctionalInterface
  interface Writer {
    void write() throws IOException;
  }

  static void write(Path file, Writer writer) throws CommandException, NamedIoException {
    try {
      writer.write();
    } catch (FileAlreadyExistsException e) {
      throw CommandException.usage(file + ": is there already; keys are never overwritten", e);
    } catch (IOException e) {
      throw new NamedIoException(file + ": cannot be written", e);
    }
  }

  /** Opens an object with the keys in a file. */
  static byte[] decrypt(EncryptedObject object, Path keyFile, Seal seal)
      throws CommandException, NamedIoException {
    List<UserKey> keys = read(keyFile, path -> UserKeyFile.read(path, seal));
    if (keys.stream().noneMatch(key -> key.identity().equals(object.identity()))) {
      String what = keys.isEmpty() ? "no keys" : "keys of " + keys.getFirst().identity();
      throw CommandException.badData(
          "%s: got %s, expected those of %s".formatted(keyFile, what, object.identity()), null);
    }
    try {
      return seal.decrypt(object, keys);
    } catch (InsufficientDataException e) {
      throw CommandException.badData(
          "%s: keys for too few of the %s shares: got %s, expected at least %s"
              .formatted(keyFile, object.servers().size(), e.got(), e.needed()),
          e);
    } catch (RedStuffException | IllegalArgumentException e) {
      throw CommandException.badData(keyFile + ": " + e.getMessage(), e);
    }
  }
}
