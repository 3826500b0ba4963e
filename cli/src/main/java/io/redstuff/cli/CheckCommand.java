package io.redstuff.cli;

import io.redstuff.BlobId;
import io.redstuff.codec.RedStuff;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.RedStuffException;
import io.redstuff.proof.GeneralRecoverySymbol;
import io.redstuff.proof.InconsistencyProof;
import io.redstuff.proof.VerifiedMetadata;
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
    name = "check",
    header = "Verify a recovery symbol or an inconsistency proof.",
    description = {
      "",
      "Needs the blob id, the metadata, which the id proves, and the file that 'redstuff prove' or"
          + " 'redstuff dispute' wrote, but no sliver. Prints what the file proves; the exit status"
          + " is 1 if it proves nothing about this blob.",
      "",
      "Example:",
      "  redstuff check --blob-id RcU82Mwf-CFkv1LaI_2qcpANwpGUuG3TMwnVzZxD2kY \\",
      "      --metadata out/metadata.bcs proof.bcs",
      ""
    })
final class CheckCommand implements Callable<Integer> {

  /** More than stands around the bytes of a symbol: index, length, path of as many nodes as fit. */
  private static final int SYMBOL_OVERHEAD = 1024;

  private final Session session;

  @Option(
      names = "--blob-id",
      required = true,
      paramLabel = "ID",
      converter = BlobIdConverter.class,
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
          "What the file has to be: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private ProofType type;

  @Parameters(paramLabel = "PROOF", description = "File to verify.")
  private Path proofFile;

  CheckCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws CommandException {
    VerifiedMetadata metadata = MetadataFile.read(metadataFile, Optional.of(blobId));
    RedStuff codec = ShardsOption.codec(metadata.parameters());
    byte[] bytes = SmallFile.read(proofFile, mostBytes(metadata));
    List<Claim> claims = parse(bytes);
    List<String> failures = new ArrayList<>();
    for (Claim claim : claims) {
      try {
        claim.verify(codec, metadata);
        session.out().println(claim.text());
        return ExitCode.OK;
      } catch (RedStuffException e) {
        failures.add(e.getMessage());
      }
    }
    throw CommandException.badData(proofFile + ": refused: " + String.join("; or ", failures));
  }

  /** Something that may be verified. */
  private sealed interface Claim {

    void verify(RedStuff codec, VerifiedMetadata metadata) throws RedStuffException;

    String text();

    record Symbol(GeneralRecoverySymbol symbol) implements Claim {
      @Override
      public void verify(RedStuff codec, VerifiedMetadata metadata) throws RedStuffException {
        symbol.verify(metadata);
      }

      @Override
      public String text() {
        return ProofText.of(symbol);
      }
    }

    record Inconsistency(InconsistencyProof proof) implements Claim {
      @Override
      public void verify(RedStuff codec, VerifiedMetadata metadata) throws RedStuffException {
        codec.confirm(metadata, proof);
      }

      @Override
      public String text() {
        return ProofText.of(proof);
      }
    }
  }

  /** What the bytes may be read as. Hardly ever both, but which one is for the hashes to say. */
  private List<Claim> parse(byte[] bytes) throws CommandException {
    List<Claim> claims = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    if (type != ProofType.INCONSISTENCY) {
      try {
        claims.add(new Claim.Symbol(GeneralRecoverySymbol.parse(bytes)));
      } catch (MalformedDataException e) {
        failures.add("no recovery symbol (" + e.getMessage() + ")");
      }
    }
    if (type != ProofType.SYMBOL) {
      try {
        claims.add(new Claim.Inconsistency(InconsistencyProof.parse(bytes)));
      } catch (MalformedDataException e) {
        failures.add("no inconsistency proof (" + e.getMessage() + ")");
      }
    }
    if (claims.isEmpty()) {
      throw CommandException.badData(proofFile + ": " + String.join(", ", failures));
    }
    return claims;
  }

  /** No proof about this blob is longer. */
  private static long mostBytes(VerifiedMetadata metadata) {
    long symbols = metadata.parameters().secondarySourceSymbols() + 1L;
    long bytes = symbols * (metadata.symbolSize() + SYMBOL_OVERHEAD);
    return Math.min(bytes, Integer.MAX_VALUE - SYMBOL_OVERHEAD);
  }
}
