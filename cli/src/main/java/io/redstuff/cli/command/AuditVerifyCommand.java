package io.redstuff.cli.command;

import io.redstuff.audit.AuditStatement;
import io.redstuff.audit.AuditTranscript;
import io.redstuff.audit.AuditVerdict;
import io.redstuff.audit.AuditVerifier;
import io.redstuff.audit.Beacon;
import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.ExitCode;
import io.redstuff.cli.io.Session;
import io.redstuff.cli.io.WorkProgress;
import io.redstuff.cli.option.AuditBoundOptions;
import io.redstuff.cli.show.AuditVerdictReport;
import io.redstuff.cli.show.Json;
import io.redstuff.error.VerificationException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code redstuff audit verify}: says what the answers of an audit show. */
@Command(
    name = "verify",
    header = "Verify the answers of an audit, and say how much can be missing.",
    description = {
      "",
      "Needs nothing but the file: every answer is proven up to the blob id. Prints how many"
          + " challenges were answered, the largest part of the slivers that may be missing, and"
          + " what has to be true for that. The exit status is 1 if an answer is not what was asked"
          + " for, or more than --missing may be missing.",
      "",
      "Example:",
      "  redstuff audit verify --challenge node.challenge node.transcript",
      "  redstuff audit verify --committee committee.json --missing 0.5%% node.transcript",
      ""
    })
final class AuditVerifyCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "TRANSCRIPT", description = "File that 'redstuff audit answer' wrote.")
  private Path file;

  @Option(
      names = "--challenge",
      paramLabel = "FILE",
      description =
          "What was asked, as 'redstuff audit challenge' wrote it (default: what the transcript"
              + " says, which may be another audit than yours).")
  private Path challengeFile;

  @Option(
      names = SignatureCommands.COMMITTEE_OPTION,
      paramLabel = "FILE",
      description =
          "The committee, in JSON or as the chain has it: fail unless the node has signed and has"
              + " these shards, and verify the beacon, too.")
  private Path committeeFile;

  @Mixin private AuditBoundOptions bound;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  AuditVerifyCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws CommandException, IOException {
    AuditTranscript transcript = AuditFiles.transcript(file);
    AuditStatement expected =
        challengeFile == null ? transcript.statement() : AuditFiles.statement(challengeFile);
    String signer = "";
    if (committeeFile != null) {
      AuditTrust trust = SignatureCommands.find().audits();
      signer = trust.checkSigner(transcript, committeeFile);
      if (transcript.statement().randomness().beacon() instanceof Beacon.Drand drand) {
        trust.check(drand);
      }
    }
    AuditVerdict verdict;
    try (WorkProgress progress = new WorkProgress(session, "verifying", "answers")) {
      verdict = new AuditVerifier().verify(expected, transcript, progress);
    } catch (VerificationException e) {
      throw CommandException.badData(file + ": refused: " + e.getMessage(), e);
    } catch (IllegalStateException e) {
      // An engine was asked for by a system property that cannot run here.
      throw CommandException.usage(e.getMessage(), e);
    }
    AuditVerdictReport report =
        AuditVerdictReport.of(
            verdict, bound.confidenceBits(), bound.missing(), challengeFile != null, signer);
    session.out().print(json ? Json.of(report) : report.toText(bound.confidence()));
    return report.bounded() ? ExitCode.OK : ExitCode.BAD_DATA;
  }
}
