package io.redstuff.cli.command;

import io.redstuff.audit.AuditProver;
import io.redstuff.audit.AuditResponse;
import io.redstuff.audit.AuditStatement;
import io.redstuff.audit.AuditTranscript;
import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.ExitCode;
import io.redstuff.cli.io.OutputTarget;
import io.redstuff.cli.io.Session;
import io.redstuff.cli.io.StoredBlobs;
import io.redstuff.cli.io.WorkProgress;
import io.redstuff.cli.option.ByteSize;
import io.redstuff.cli.option.FileOutputOption;
import io.redstuff.cli.option.ShardsOption;
import io.redstuff.cli.option.ThreadsOption;
import io.redstuff.cli.show.AuditAnswerReport;
import io.redstuff.cli.show.Json;
import io.redstuff.codec.RedStuff;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code redstuff audit answer}: answers the challenges of an audit. */
@Command(
    name = "answer",
    header = "Answer an audit from what is stored.",
    description = {
      "",
      "Reads the slivers that are asked for, checks them, and writes the symbols with their proofs."
          + " What cannot be answered is named and left out; the exit status is 1 then.",
      "",
      "Example:",
      "  redstuff audit answer store/* node.challenge -o node.transcript",
      "  redstuff audit answer store node.challenge --key node.key -o node.transcript",
      ""
    })
final class AuditAnswerCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(
      arity = "1..*",
      paramLabel = "DIR... CHALLENGE",
      description =
          "Directories that 'redstuff encode' wrote, or directories of such, and last the file that"
              + " 'redstuff audit challenge' wrote.")
  private List<Path> operands;

  @Option(
      names = AuditCommand.KEY_OPTION,
      paramLabel = "FILE",
      description = "Sign the answers with the node's key.")
  private Path keyFile;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      description =
          "How much to keep of what was read, in sequential mode: 512M, 2G or bytes (default:"
              + " 256M).")
  private ByteSize memory;

  @Mixin private ThreadsOption threads;

  @Mixin private FileOutputOption output;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  AuditAnswerCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws CommandException, IOException {
    if (operands.size() < 2) {
      throw CommandException.usage("got one file, expected directories and then the challenge");
    }
    AuditStatement statement = AuditFiles.statement(operands.getLast());
    RedStuff codec = threads.applyTo(ShardsOption.codec(statement.parameters()));
    StoredBlobs blobs = StoredBlobs.in(session, operands.subList(0, operands.size() - 1), codec);
    OutputTarget target = output.target(session);
    AuditResponse response;
    try (WorkProgress progress = new WorkProgress(session, "answering", "challenges")) {
      response = prover(blobs, codec).answer(statement, progress);
    }
    AuditTranscript transcript = response.transcript();
    if (keyFile != null) {
      transcript = SignatureCommands.find().audits().sign(transcript, keyFile);
    }
    byte[] bcs = transcript.toBcs();
    target.write(MemorySegment.ofArray(bcs));
    if (!target.isStandardOutput()) {
      AuditAnswerReport report = AuditAnswerReport.of(response, bcs.length, keyFile != null);
      session.out().print(json ? Json.of(report) : report.toText());
    } else if (!response.unanswered().isEmpty()) {
      session.complain(
          "%s of %s challenges are not answered"
              .formatted(response.unanswered().size(), statement.challenges()));
    }
    return response.unanswered().isEmpty() ? ExitCode.OK : ExitCode.BAD_DATA;
  }

  private AuditProver prover(StoredBlobs blobs, RedStuff codec) throws CommandException {
    AuditProver prover = AuditProver.of(blobs).withParallelism(codec.parallelism());
    if (memory == null) {
      return prover;
    }
    try {
      return prover.withMemory(memory.bytes());
    } catch (IllegalArgumentException e) {
      throw CommandException.usage("--" + e.getMessage(), e);
    }
  }
}
