package io.redstuff.cli.certify;

import io.redstuff.BlobId;
import io.redstuff.certify.CertificateVerifier;
import io.redstuff.certify.CertifiedBlob;
import io.redstuff.certify.Committee;
import io.redstuff.certify.ConfirmationCollector;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.certify.json.CertificateJson;
import io.redstuff.certify.json.SignedMessageJson;
import io.redstuff.cli.command.SignatureCommands;
import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.ExitCode;
import io.redstuff.cli.io.OutputTarget;
import io.redstuff.cli.io.Session;
import io.redstuff.cli.option.FileOutputOption;
import io.redstuff.error.RedStuffException;
import io.redstuff.message.BlobConfirmation;
import io.redstuff.message.Certificate;
import io.redstuff.message.CertificateForm;
import io.redstuff.store.NamedIoException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code redstuff certify}: makes a certificate of confirmations. */
@Command(
    name = "certify",
    header = "Make a certificate of confirmations.",
    description = {
      "",
      "Takes confirmations in any order until the nodes that signed have two thirds of the shards."
          + " Those that are of no use are named and left out. The exit status is 1 if there are"
          + " too few good ones.",
      "",
      "Example:",
      "  redstuff certify --committee committee.json -o blob.certificate *.confirmation",
      ""
    })
final class CertifyCommand implements Callable<Integer> {
  private final Session session;

  /** How the certificate is written. */
  private enum Form {
    RUST,
    TYPESCRIPT,
    JSON
  }

  @Option(
      names = SignatureCommands.COMMITTEE_OPTION,
      required = true,
      paramLabel = "FILE",
      description = "The committee, in JSON or as the chain has it.")
  private Path committeeFile;

  @Option(
      names = "--blob-id",
      paramLabel = "ID",
      description = "The blob to certify (default: what most confirmations are about).")
  private BlobId blobId;

  @Option(
      names = "--form",
      paramLabel = "FORM",
      defaultValue = "rust",
      description =
          "How to write it: rust or typescript, both BCS, or json, as upload relays do (default:"
              + " ${DEFAULT-VALUE}).")
  private Form form;

  @Mixin private FileOutputOption output;

  @Parameters(
      arity = "1..*",
      paramLabel = "CONFIRMATION",
      description = "Files that 'redstuff confirm' or nodes wrote.")
  private List<Path> files;

  CertifyCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws CommandException, NamedIoException {
    Committee committee = SignedFiles.committee(committeeFile);
    OutputTarget target = output.target(session);
    Map<Path, SignedMessageJson> confirmations = read();
    BlobConfirmation expected =
        mostFrequent(confirmations)
            .orElseThrow(() -> CommandException.badData("no confirmation to certify", null));
    try {
      Certificate<BlobConfirmation> certificate = collect(committee, expected, confirmations);
      // Once more from the outside, as whoever gets it does.
      CertifiedBlob certified =
          new CertificateVerifier(committee, BlsEngine.preferred()).verify(certificate);
      target.write(MemorySegment.ofArray(bytes(certificate)));
      if (!target.isStandardOutput()) {
        session.out().println(MessageText.of(certified));
      }
      return ExitCode.OK;
    } catch (RedStuffException e) {
      throw CommandException.badData("not certified: " + e.getMessage(), e);
    }
  }

  /** Reads the confirmations; says which files hold none. */
  private Map<Path, SignedMessageJson> read() throws NamedIoException {
    Map<Path, SignedMessageJson> confirmations = new LinkedHashMap<>();
    for (Path file : files) {
      try {
        if (SignedFiles.content(file) instanceof SignedFiles.Content.Signed(var message)
            && message.signed().message() instanceof BlobConfirmation) {
          confirmations.put(file, message);
        } else {
          leaveOut(file, "no confirmation of a blob");
        }
      } catch (CommandException e) {
        session.complain(e.getMessage() + "; left out");
      }
    }
    return confirmations;
  }

  private void leaveOut(Path file, String why) {
    session.complain("%s: left out: %s".formatted(file, why));
  }

  private Optional<BlobConfirmation> mostFrequent(Map<Path, SignedMessageJson> confirmations) {
    Map<BlobConfirmation, Long> counts =
        confirmations.values().stream()
            .map(message -> (BlobConfirmation) message.signed().message())
            .filter(message -> blobId == null || blobId.equals(message.blobId()))
            .collect(
                Collectors.groupingBy(
                    Function.identity(), LinkedHashMap::new, Collectors.counting()));
    // The first of several that are equally frequent.
    return counts.entrySet().stream()
        .reduce((one, other) -> other.getValue() > one.getValue() ? other : one)
        .map(Map.Entry::getKey);
  }

  private Certificate<BlobConfirmation> collect(
      Committee committee, BlobConfirmation expected, Map<Path, SignedMessageJson> confirmations)
      throws RedStuffException {
    ConfirmationCollector<BlobConfirmation> collector =
        ConfirmationCollector.of(committee, BlsEngine.preferred(), expected);
    confirmations.forEach(
        (file, message) -> {
          try {
            collector.add(Signers.of(message, committee), message.signed());
          } catch (RedStuffException e) {
            leaveOut(file, e.getMessage());
          }
        });
    for (ConfirmationCollector.Rejected rejected : collector.rejected()) {
      session.complain(
          "node %s: left out: %s"
              .formatted(rejected.member().nodeId(), rejected.reason().getMessage()));
    }
    return collector.certificate();
  }

  private byte[] bytes(Certificate<BlobConfirmation> certificate) {
    return switch (form) {
      case RUST -> certificate.toBcs(CertificateForm.RUST);
      case TYPESCRIPT -> certificate.toBcs(CertificateForm.TYPESCRIPT);
      case JSON -> CertificateJson.write(certificate);
    };
  }
}
