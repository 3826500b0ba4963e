package io.redstuff.cli.certify;

import io.redstuff.BlobId;
import io.redstuff.certify.CertificateVerifier;
import io.redstuff.certify.Committee;
import io.redstuff.certify.SignedMessages;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.certify.bls.PublicKey;
import io.redstuff.certify.json.SignedMessageJson;
import io.redstuff.cli.command.SignatureCommands;
import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.ExitCode;
import io.redstuff.cli.io.Session;
import io.redstuff.error.RedStuffException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import io.redstuff.message.BlobConfirmation;
import io.redstuff.message.Certificate;
import io.redstuff.message.InvalidBlobId;
import io.redstuff.message.ProtocolMessage;
import io.redstuff.store.NamedIoException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code redstuff check --committee}: verifies certificates and confirmations. */
@Command(
    name = "check",
    header = "Verify a certificate or a confirmation.",
    description = {
      "",
      "Needs the committee of the epoch and nothing else. The file may be a certificate, as"
          + " 'redstuff certify' or an upload relay writes it, or a confirmation, as 'redstuff"
          + " confirm' or a node writes it. Prints what it shows; the exit status is 1 if it shows"
          + " nothing.",
      "",
      "Example:",
      "  redstuff check --committee committee.json blob.certificate",
      ""
    })
final class CheckSignaturesCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = SignatureCommands.COMMITTEE_OPTION,
      required = true,
      paramLabel = "FILE",
      description = "The committee, in JSON or as the chain has it.")
  private Path committeeFile;

  @Option(
      names = "--blob-id",
      paramLabel = "ID",
      description = "Fail unless this is the id of the blob.")
  private BlobId blobId;

  @Parameters(paramLabel = "FILE", description = "File to verify.")
  private Path file;

  CheckSignaturesCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws CommandException, NamedIoException {
    Committee committee = SignedFiles.committee(committeeFile);
    SignedFiles.Content content = SignedFiles.content(file);
    try {
      session
          .out()
          .println(
              switch (content) {
                case SignedFiles.Content.Certified(var certificate) ->
                    check(certificate, committee);
                case SignedFiles.Content.Signed(var message) -> check(message, committee);
              });
      return ExitCode.OK;
    } catch (RedStuffException e) {
      throw CommandException.badData(file + ": refused: " + e.getMessage(), e);
    }
  }

  private String check(Certificate<ProtocolMessage> certificate, Committee committee)
      throws RedStuffException {
    CertificateVerifier verifier = new CertificateVerifier(committee, BlsEngine.preferred());
    return switch (certificate.message()) {
      case BlobConfirmation confirmation -> {
        checkBlob(confirmation.blobId());
        yield MessageText.of(
            verifier.verify(
                new Certificate<>(certificate.signers(), confirmation, certificate.signature())));
      }
      case InvalidBlobId invalid -> {
        checkBlob(invalid.blobId());
        yield MessageText.of(
            verifier.verifyInvalid(
                new Certificate<>(certificate.signers(), invalid, certificate.signature()),
                invalid.blobId()));
      }
      default ->
          throw new VerificationException(
              Reason.WRONG_MESSAGE,
              "message: got %s, expected BLOB_CONFIRMATION or INVALID_BLOB_ID"
                  .formatted(certificate.message().type()));
    };
  }

  private String check(SignedMessageJson message, Committee committee) throws RedStuffException {
    ProtocolMessage content = message.signed().message();
    switch (content) {
      case BlobConfirmation confirmation -> checkBlob(confirmation.blobId());
      case InvalidBlobId invalid -> checkBlob(invalid.blobId());
      default -> {}
    }
    if (content.epoch() != committee.epoch()) {
      throw new VerificationException(
          Reason.WRONG_EPOCH,
          "epoch: got %s, expected %s".formatted(content.epoch(), committee.epoch()));
    }
    PublicKey signer = Signers.of(message, committee);
    int position =
        committee
            .position(signer)
            .orElseThrow(
                () ->
                    new VerificationException(
                        Reason.UNKNOWN_SIGNER,
                        "signer: got key %s of no member".formatted(signer)));
    new SignedMessages(BlsEngine.preferred()).verify(message.signed(), signer);
    return MessageText.of(content, committee.members().get(position), committee.shards());
  }

  private void checkBlob(BlobId got) throws VerificationException {
    if (blobId != null && !blobId.equals(got)) {
      throw new VerificationException(
          Reason.BLOB_ID_MISMATCH, "blob id: got %s, expected %s".formatted(got, blobId));
    }
  }
}
