package io.redstuff.cli.certify;

import io.redstuff.certify.bls.SecretKey;
import io.redstuff.certify.bls.SecretKeyFile;
import io.redstuff.cli.io.CommandException;
import io.redstuff.error.MalformedDataException;
import io.redstuff.store.NamedIoException;
import java.io.IOException;
import java.nio.file.Path;

/** Reads secret keys; what goes wrong has the file's name and none of its content. */
final class KeyFiles {
  private KeyFiles() {}

  static SecretKey read(Path file) throws CommandException, NamedIoException {
    try {
      return SecretKeyFile.read(file);
    } catch (MalformedDataException e) {
      throw CommandException.badData(file + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new NamedIoException(file.toString(), e);
    }
  }
}
