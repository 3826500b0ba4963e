package io.redstuff.cli.option;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.Session;
import io.redstuff.error.RedStuffException;
import io.redstuff.store.DirectoryStore;
import io.redstuff.store.SliverState;
import io.redstuff.store.StoredEncoding;
import io.redstuff.store.StoredSlivers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Slivers and metadata in a directory, for the commands that read them. */
public final class StoredBlobOptions {
  @Parameters(paramLabel = "DIR", description = "Directory that 'redstuff encode' wrote.")
  private Path input;

  @Option(
      names = "--blob-id",
      paramLabel = "ID",
      description = "Fail unless this is the id of the blob.")
  private BlobId expected;

  @Mixin private ThreadsOption threads;

  /** Returns what the user calls the directory. */
  public Path input() {
    return input;
  }

  /** Returns the encoding in the directory, which must be that of the blob that was asked for. */
  public StoredEncoding open(Session session) throws CommandException, IOException {
    DirectoryStore store = DirectoryStore.at(input, session.files());
    try {
      StoredEncoding stored = StoredEncoding.open(store, Optional.ofNullable(expected));
      return StoredEncoding.of(store, threads.applyTo(stored.codec()), stored.metadata());
    } catch (RedStuffException e) {
      throw CommandException.badData(store.metadataFile() + ": " + e.getMessage(), e);
    } catch (IllegalStateException | IllegalArgumentException e) {
      // An engine was asked for by a system property that is not known or cannot run here.
      throw CommandException.usage(e.getMessage(), e);
    }
  }

  /** Returns how many good slivers there are, and how many it takes. */
  public String counts(StoredSlivers slivers, EncodingParameters parameters, Set<Axis> axes) {
    return axes.stream()
        .map(
            axis ->
                "got %s %s, needed %s"
                    .formatted(slivers.count(axis), axis, parameters.sourceSymbols(axis)))
        .collect(Collectors.joining("; "));
  }

  /** Returns what to tell the user where a sliver is left out. */
  public String skipped(SliverState bad) {
    return input.resolve(bad.name()) + ": skipped: " + bad.reason();
  }
}
