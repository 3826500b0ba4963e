package io.redstuff.cli.command;

import io.redstuff.Axis;
import io.redstuff.cli.io.BlobInput;
import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.ExitCode;
import io.redstuff.cli.io.OutputTarget;
import io.redstuff.cli.io.Session;
import io.redstuff.cli.io.WorkProgress;
import io.redstuff.cli.option.FileOutputOption;
import io.redstuff.cli.option.MemoryOption;
import io.redstuff.cli.option.StoredBlobOptions;
import io.redstuff.cli.show.ProofText;
import io.redstuff.error.RedStuffException;
import io.redstuff.proof.InconsistencyProof;
import io.redstuff.store.InconsistencySearch;
import io.redstuff.store.StoredEncoding;
import io.redstuff.store.StoredSlivers;
import io.redstuff.stream.Workspace;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code redstuff dispute}: proves that a writer cheated. */
@Command(
    name = "dispute",
    header = "Prove that a blob was encoded inconsistently.",
    description = {
      "",
      "Looks for a sliver whose hash in the metadata is not that of the sliver which the symbols of"
          + " the other axis give, and writes these symbols with their proofs, in BCS as an"
          + " inconsistency proof, which 'redstuff check' verifies with nothing but the metadata."
          + " Damage to the files is no inconsistency. As many good slivers of one axis are needed"
          + " as decoding takes. The exit status is 1 if there is nothing to dispute.",
      "",
      "Example:",
      "  redstuff dispute out -o proof.bcs",
      ""
    })
public final class DisputeCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private StoredBlobOptions options;

  @Mixin private MemoryOption memory;

  @Mixin private FileOutputOption output;

  /** Runs in {@code session}. */
  public DisputeCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws CommandException, IOException {
    StoredEncoding stored = options.open(session);
    OutputTarget target = output.target(session);
    Workspace workspace =
        memory.workspace(
            stored.codec(),
            stored.metadata().blobLength(),
            target.directory().orElse(BlobInput.temporaryDirectory()));
    InconsistencyProof proof = find(stored, workspace);
    target.write(MemorySegment.ofArray(proof.toBcs()));
    if (!target.isStandardOutput()) {
      session.out().println(ProofText.of(proof));
    }
    return ExitCode.OK;
  }

  private InconsistencyProof find(StoredEncoding stored, Workspace workspace)
      throws CommandException, IOException {
    StoredSlivers slivers = stored.slivers();
    Optional<InconsistencyProof> found;
    try (WorkProgress progress = new WorkProgress(session, "searching")) {
      found = InconsistencySearch.run(stored, slivers, workspace, progress);
    } catch (RedStuffException e) {
      throw CommandException.badData(
          options.input()
              + ": too few good slivers to find an inconsistency: "
              + options.counts(slivers, stored.metadata().parameters(), EnumSet.allOf(Axis.class)),
          e);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(e.getMessage(), e);
    }
    return found.orElseThrow(
        () ->
            CommandException.badData(
                "%s: no inconsistency found: all %s slivers that the metadata commits to fit together"
                    .formatted(options.input(), 2 * stored.metadata().parameters().shards()),
                null));
  }
}
