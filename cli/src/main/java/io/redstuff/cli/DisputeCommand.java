package io.redstuff.cli;

import io.redstuff.codec.RedStuff;
import io.redstuff.error.RedStuffException;
import io.redstuff.proof.InconsistencyProof;
import io.redstuff.proof.VerifiedMetadata;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
final class DisputeCommand implements Callable<Integer> {

  private final Session session;

  @Mixin private StoredBlobOptions stored;

  @Mixin private ThreadsOption threads;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE",
      description = "File to write; '-' is standard output. A file of that name is replaced.")
  private String output;

  DisputeCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws CommandException, RedStuffException {
    SliverDirectory directory = stored.directory();
    OutputTarget target = OutputTarget.of(session, output);
    VerifiedMetadata metadata = stored.readMetadata(directory);
    RedStuff codec = threads.applyTo(ShardsOption.codec(metadata.parameters()));
    SliverCensus census = SliverCensus.take(session, directory, codec, metadata);
    Optional<InconsistencyProof> found =
        new InconsistencyFinder(session, codec, metadata, census).find(stored.input());
    if (found.isEmpty()) {
      throw CommandException.badData(
          "%s: no inconsistency found: all %s slivers that the metadata commits to fit together"
              .formatted(stored.input(), 2 * metadata.parameters().shards()));
    }
    InconsistencyProof proof = found.get();
    codec.confirm(metadata, proof);
    target.write(MemorySegment.ofArray(proof.toBcs()));
    if (!output.equals(OutputTarget.STANDARD_OUTPUT)) {
      session.out().println(ProofText.of(proof));
    }
    return ExitCode.OK;
  }
}
