package io.redstuff.cli.command;

import io.redstuff.BlobId;
import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.ExitCode;
import io.redstuff.cli.io.Session;
import io.redstuff.cli.io.SmallFile;
import io.redstuff.cli.option.ShardsOption;
import io.redstuff.cli.show.ProofText;
import io.redstuff.codec.RedStuff;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.RedStuffException;
import io.redstuff.proof.GeneralRecoverySymbol;
import io.redstuff.proof.InconsistencyProof;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.store.StoredEncoding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code redstuff check}: verifies a proof with nothing else at hand. */
@Command(
    name = CheckCommand.NAME,
    header = "Verify a recovery symbol or an inconsistency proof.",
    description = {
      "",
      "Needs the blob id, the metadata, which the id proves, and the file that 'redstuff prove' or"
          + " 'redstuff dispute' wrote, but no sliver. Prints what the file proves; the exit status"
          + " is 1 if it proves nothing about this blob.",
      "",
      "Certificates of availability and confirmations are verified with '"
          + SignatureCommands.COMMITTEE_OPTION
          + " FILE' instead: see 'redstuff check "
          + SignatureCommands.COMMITTEE_OPTION
          + " FILE --help'.",
      "",
      "Example:",
      "  redstuff check --blob-id RcU82Mwf-CFkv1LaI_2qcpANwpGUuG3TMwnVzZxD2kY \\",
      "      --metadata out/metadata.bcs proof.bcs",
      ""
    })
public final class CheckCommand implements Callable<Integer> {

  /** The name of the command. */
  static final String NAME = "check";

  /** More than stands around the bytes of a symbol: index, length, path of as many nodes as fit. */
  private static final int SYMBOL_OVERHEAD = 1024;

  private final Session session;

  @Option(
      names = "--blob-id",
      required = true,
      paramLabel = "ID",
      description = "The id of the blob.")
  private BlobId blobId;

  @Option(
      names = "--metadata",
      required = true,
      paramLabel = "FILE",
      description = "The metadata of the blob, as 'redstuff encode' writes it.")
  private Path metadataFile;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      defaultValue = "auto",
      description =
          "What the file has to be: symbol, inconsistency or auto (default: ${DEFAULT-VALUE}).")
  private ProofType type;

  @Parameters(paramLabel = "PROOF", description = "File to verify.")
  private Path proofFile;

  /** What a proof file may hold. */
  private enum ProofType {
    SYMBOL,
    INCONSISTENCY,
    AUTO
  }

  /** What the bytes may be read as: verified by {@code check}, it shows {@code text}. */
  private record Claim(Check check, String text) {
    @FunctionalInterface
    interface Check {
      void run() throws RedStuffException;
    }
  }

  /** Runs in {@code session}. */
  public CheckCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws CommandException, IOException {
    VerifiedMetadata metadata = readMetadata();
    byte[] bytes = SmallFile.read(proofFile, mostBytes(metadata));
    if (bytes.length > mostBytes(metadata)) {
      throw CommandException.badData(
          "%s: got more bytes, expected at most %s".formatted(proofFile, mostBytes(metadata)),
          null);
    }
    List<String> failures = new ArrayList<>();
    for (Claim claim : claims(ShardsOption.codec(metadata.parameters()), metadata, bytes)) {
      try {
        claim.check().run();
        session.out().println(claim.text());
        return ExitCode.OK;
      } catch (RedStuffException e) {
        failures.add(e.getMessage());
      }
    }
    throw CommandException.badData(
        proofFile + ": refused: " + String.join("; or ", failures), null);
  }

  private VerifiedMetadata readMetadata() throws CommandException, IOException {
    byte[] bytes = SmallFile.read(metadataFile, StoredEncoding.MAX_METADATA_BYTES);
    try {
      return StoredEncoding.verify(bytes, Optional.of(blobId));
    } catch (RedStuffException e) {
      throw CommandException.badData(metadataFile + ": " + e.getMessage(), e);
    }
  }

  /**
   * Returns what the bytes may be read as. Hardly ever both, but which one is for the hashes to
   * say.
   */
  private List<Claim> claims(RedStuff codec, VerifiedMetadata metadata, byte[] bytes)
      throws CommandException {
    List<Claim> claims = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    if (type != ProofType.INCONSISTENCY) {
      try {
        GeneralRecoverySymbol symbol = GeneralRecoverySymbol.parse(bytes);
        claims.add(new Claim(() -> symbol.verify(metadata), ProofText.of(symbol)));
      } catch (MalformedDataException e) {
        failures.add("no recovery symbol (" + e.getMessage() + ")");
      }
    }
    if (type != ProofType.SYMBOL) {
      try {
        InconsistencyProof proof = InconsistencyProof.parse(bytes);
        claims.add(new Claim(() -> codec.confirm(metadata, proof), ProofText.of(proof)));
      } catch (MalformedDataException e) {
        failures.add("no inconsistency proof (" + e.getMessage() + ")");
      }
    }
    if (claims.isEmpty()) {
      throw CommandException.badData(proofFile + ": " + String.join(", ", failures), null);
    }
    return claims;
  }

  /** No proof about this blob is longer. */
  private static int mostBytes(VerifiedMetadata metadata) {
    long symbols = metadata.parameters().secondarySourceSymbols() + 1L;
    long bytes = symbols * (metadata.symbolSize() + SYMBOL_OVERHEAD);
    return (int) Math.min(bytes, Integer.MAX_VALUE - SYMBOL_OVERHEAD);
  }
}
