package io.redstuff.cli.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.redstuff.ObjectId;
import io.redstuff.certify.bls.SecretKey;
import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.ExitCode;
import io.redstuff.cli.io.Session;
import io.redstuff.error.MalformedDataException;
import io.redstuff.seal.MasterKey;
import io.redstuff.seal.Seal;
import io.redstuff.seal.json.KeyServerJson;
import io.redstuff.seal.json.MasterKeyFile;
import io.redstuff.store.NamedIoException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code redstuff seal genkey}: makes the secret of a key server. */
@Command(
    name = "genkey",
    header = "Make the master key of a key server; prints its public half.",
    description = {
      "",
      "The secret goes to a file that nobody but its owner may read. What is printed, JSON with a"
          + " proof that the server knows it, is what others need to seal.",
      ""
    })
final class GenerateKeyCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--object-id",
      paramLabel = "0x...",
      description = "The object that registers the server (default: a random one).")
  private ObjectId objectId;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Where the server will answer; goes to what is printed.")
  private URI url;

  @Parameters(paramLabel = "FILE", description = "File to make; there must be none yet.")
  private Path file;

  GenerateKeyCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws CommandException, NamedIoException, MalformedDataException {
    SecureRandom random = new SecureRandom();
    ObjectId server = objectId == null ? random(random) : objectId;
    Seal seal = Seal.create();
    try (SecretKey secret = SecretKey.generate(random)) {
      SealFiles.write(file, () -> MasterKeyFile.write(file, server, secret));
      byte[] copy = secret.toBytes();
      try (MasterKey master = MasterKey.of(SecretKey.parse(copy))) {
        byte[] json =
            KeyServerJson.write(
                seal.server(server, master),
                seal.provePossession(master, server),
                Optional.ofNullable(url));
        session.out().print(new String(json, UTF_8));
      } finally {
        Arrays.fill(copy, (byte) 0);
      }
    }
    return ExitCode.OK;
  }

  private static ObjectId random(SecureRandom random) {
    byte[] bytes = new byte[ObjectId.BYTES];
    random.nextBytes(bytes);
    return ObjectId.of(bytes);
  }
}
