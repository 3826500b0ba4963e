package io.redstuff.cli.certify;

import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.certify.bls.PublicKey;
import io.redstuff.certify.bls.SecretKey;
import io.redstuff.certify.bls.SecretKeyFile;
import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.ExitCode;
import io.redstuff.cli.io.Session;
import io.redstuff.cli.show.Json;
import io.redstuff.store.NamedIoException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code redstuff key}: makes keys, and shows the public half of them. */
@Command(
    name = "key",
    header = "Make a key that signs, or show its public half.",
    description = {
      "",
      "Keys lie in files of their own, as storage nodes have them, that nobody but their owner may"
          + " read. The secret itself is never shown, and never a word of a command line.",
      "",
      "Example:",
      "  redstuff key new node.key",
      "  redstuff key show node.key",
      ""
    })
final class KeyCommand implements Runnable {
  private final Session session;

  @Spec private CommandSpec spec;

  KeyCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is needed: new, show");
  }

  /** What is shown; its components are the JSON. */
  record Shown(String publicKey, String publicKeyHex) {
    static Shown of(PublicKey key) {
      return new Shown(Base64.getEncoder().encodeToString(key.toBytes()), key.toString());
    }

    String toText() {
      return "public key %s%nin base64  %s%n".formatted(publicKeyHex, publicKey);
    }
  }

  @Command(name = "new", description = "Make a key; prints its public half.")
  int make(
      @Parameters(paramLabel = "FILE", description = "File to make; there must be none yet.")
          Path file,
      @Option(names = "--json", description = "Print the result as JSON.") boolean json)
      throws CommandException, NamedIoException {
    try (SecretKey secret = SecretKey.generate(new SecureRandom())) {
      PublicKey key = BlsEngine.preferred().publicKey(secret);
      SecretKeyFile.write(file, secret);
      return show(key, json);
    } catch (FileAlreadyExistsException e) {
      throw CommandException.usage(file + ": is there already; keys are never overwritten", e);
    } catch (IOException e) {
      throw new NamedIoException(file + ": cannot be written", e);
    }
  }

  @Command(name = "show", description = "Print the public half of a key.")
  int show(
      @Parameters(paramLabel = "FILE", description = "File that 'redstuff key new' made.")
          Path file,
      @Option(names = "--json", description = "Print the result as JSON.") boolean json)
      throws CommandException, NamedIoException {
    try (SecretKey secret = KeyFiles.read(file)) {
      return show(BlsEngine.preferred().publicKey(secret), json);
    }
  }

  private int show(PublicKey key, boolean json) {
    Shown shown = Shown.of(key);
    session.out().print(json ? Json.of(shown) : shown.toText());
    return ExitCode.OK;
  }
}
