package io.redstuff.cli.command;

import io.redstuff.ConsistencyCheck;
import io.redstuff.cli.command.SealCommands.OpenedBlob;
import io.redstuff.cli.io.BlobInput;
import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.ExitCode;
import io.redstuff.cli.io.OutputDraft;
import io.redstuff.cli.io.OutputTarget;
import io.redstuff.cli.io.Session;
import io.redstuff.cli.io.WorkProgress;
import io.redstuff.cli.option.AxesOption;
import io.redstuff.cli.option.FileOutputOption;
import io.redstuff.cli.option.MemoryOption;
import io.redstuff.cli.option.StoredBlobOptions;
import io.redstuff.error.InsufficientDataException;
import io.redstuff.error.RedStuffException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import io.redstuff.store.SliverState;
import io.redstuff.store.StoredEncoding;
import io.redstuff.store.StoredSlivers;
import io.redstuff.stream.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code redstuff decode}: slivers back into the file. */
@Command(
    name = "decode",
    header = "Get a file back from its slivers.",
    description = {
      "",
      "Reads as many of the slivers in DIR as it needs. What they give is proven against the"
          + " metadata; bad ones are named and left out. Any n-2f primary or any n-f secondary"
          + " slivers are enough, where f = (n-1)/3: 334 or 667 of 1000. The output takes its name"
          + " when it is whole; nothing goes to standard output before everything is checked.",
      "",
      "Example:",
      "  redstuff decode out -o photo.jpg",
      "  redstuff decode out -o - | tar x",
      ""
    })
public final class DecodeCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private StoredBlobOptions options;

  @Mixin private MemoryOption memory;

  @Mixin private FileOutputOption output;

  @Option(
      names = "--axis",
      paramLabel = "AXIS",
      defaultValue = "both",
      description =
          "Slivers to decode from: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}, whichever"
              + " are enough).")
  private AxesOption axes;

  @Option(
      names = "--check",
      paramLabel = "CHECK",
      defaultValue = "default",
      description =
          "How far to check that the writer encoded consistently: skip, default or strict (default:"
              + " ${DEFAULT-VALUE}). 'default' hashes the rows of the blob; 'skip' hashes the"
              + " slivers that are used instead; 'strict' encodes again and compares the blob id.")
  private ConsistencyCheck check;

  @Option(
      names = SealCommands.KEY_OPTION,
      paramLabel = "FILE",
      description = "The blob is sealed: open it with the user keys in this file.")
  private Path keyFile;

  /** Runs in {@code session}. */
  public DecodeCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws CommandException, IOException, RedStuffException {
    StoredEncoding stored = options.open(session);
    OutputTarget target = output.target(session);
    complainOfStrays(stored);
    List<SliverState> bad = Collections.synchronizedList(new ArrayList<>());
    StoredSlivers slivers = stored.slivers(axes.axes(), bad::add);
    try {
      decode(stored, slivers, target);
      return ExitCode.OK;
    } catch (InsufficientDataException e) {
      throw tooFew(stored, slivers, e);
    } catch (VerificationException e) {
      if (e.reason() == Reason.INCONSISTENT_BLOB) {
        throw e;
      }
      throw tooFew(stored, slivers, e);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(e.getMessage(), e);
    } finally {
      bad.stream()
          .sorted(Comparator.comparing(SliverState::sliver))
          .forEachOrdered(state -> session.complain(options.skipped(state)));
    }
  }

  private void decode(StoredEncoding stored, StoredSlivers slivers, OutputTarget target)
      throws CommandException, IOException, RedStuffException {
    long length = stored.metadata().blobLength();
    Path spills = target.directory().orElse(BlobInput.temporaryDirectory());
    Workspace workspace = memory.workspace(stored.codec(), length, spills);
    Path temporary = workspace.spillDirectory().orElse(spills);
    // What is sealed is opened when all of it is there, and takes its place then.
    OutputTarget decoded = keyFile == null ? target : OutputTarget.standardOutput(session);
    try (OutputDraft draft = new OutputDraft(session, decoded, temporary, length)) {
      try (WorkProgress progress = new WorkProgress(session, "decoding")) {
        stored.decode(slivers, check, draft.blob(), workspace, progress);
      }
      if (keyFile == null) {
        draft.publish();
      } else {
        publishOpened(draft, target, temporary);
      }
    }
  }

  private void publishOpened(OutputDraft sealed, OutputTarget target, Path temporary)
      throws CommandException, IOException {
    try (OpenedBlob content = SealCommands.find().open(sealed.blob(), keyFile);
        OutputDraft draft = new OutputDraft(session, target, temporary, content.length())) {
      try (WorkProgress progress = new WorkProgress(session, "opening")) {
        content.copyTo(draft.blob(), progress);
      }
      draft.publish();
    } catch (RedStuffException e) {
      // Not to be taken for a lack of slivers.
      throw CommandException.badData(options.input() + ": " + e.getMessage(), e);
    }
  }

  private void complainOfStrays(StoredEncoding stored) throws IOException {
    int last = stored.metadata().parameters().shards() - 1;
    for (String stray : stored.store().strays(stored.metadata().parameters())) {
      if (axes.axes().stream().anyMatch(axis -> stray.startsWith(axis + "/"))) {
        session.complain(
            "%s: skipped: not the name of a sliver (expected %04d.bcs to %04d.bcs)"
                .formatted(options.input().resolve(stray), 0, last));
      }
    }
  }

  private CommandException tooFew(
      StoredEncoding stored, StoredSlivers slivers, RedStuffException cause) {
    return CommandException.badData(
        options.input()
            + ": too few good slivers: "
            + options.counts(slivers, stored.metadata().parameters(), axes.axes()),
        cause);
  }
}
