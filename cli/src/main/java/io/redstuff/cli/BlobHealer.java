package io.redstuff.cli;

import io.redstuff.Axis;
import io.redstuff.ConsistencyCheck;
import io.redstuff.SliverPairIndex;
import io.redstuff.codec.RedStuff;
import io.redstuff.error.RedStuffException;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.stream.BlobTarget;
import io.redstuff.stream.SliverSink;
import io.redstuff.stream.StreamDecoder;
import io.redstuff.stream.StreamEncoder;
import io.redstuff.stream.Workspace;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Restores slivers by way of the blob: decodes it to a temporary file and encodes the pairs that
 * are wanted. For many slivers that are long this takes far less memory than their symbols with
 * proofs, and the sources are read once or twice instead of once for each few slivers.
 */
final class BlobHealer implements Healer {

  private final Session session;
  private final SliverDirectory directory;
  private final RedStuff codec;
  private final VerifiedMetadata metadata;
  private final SliverInspector inspector;
  private final SliverCensus census;
  private final Workspace workspace;
  private final Path spills;
  private final Set<SliverFile> wanted;
  private final StoredSlivers sources;

  /** What was encoded and not given away yet; empty until the first sliver is asked for. */
  private final Map<SliverFile, AtomicFile> encoded = new HashMap<>();

  private boolean done;
  private boolean inconsistent;

  /**
   * A healer.
   *
   * @param census tells the good slivers
   * @param workspace what decoding and encoding may take
   * @param spills directory for the blob
   * @param wanted all slivers that will be asked for
   */
  BlobHealer(
      Session session,
      SliverDirectory directory,
      RedStuff codec,
      VerifiedMetadata metadata,
      SliverCensus census,
      Workspace workspace,
      Path spills,
      List<SliverFile> wanted) {
    this.session = session;
    this.directory = directory;
    this.codec = codec;
    this.metadata = metadata;
    this.inspector = new SliverInspector(codec, metadata);
    this.census = census;
    this.workspace = workspace;
    this.spills = spills;
    this.wanted = new HashSet<>(wanted);
    this.sources =
        new StoredSlivers(
            directory,
            metadata,
            inspector,
            census::wasGood,
            bad -> session.complain(bad.skipped()));
  }

  @Override
  public boolean heal(Axis axis, List<SliverFile> targets, Sink sink) throws CommandException {
    if (!census.hasEnough(Axis.PRIMARY) && !census.hasEnough(Axis.SECONDARY)) {
      return false;
    }
    if (!done) {
      encodeWanted();
      done = true;
    }
    try (Progress progress = session.startProgress("checking " + axis, targets.size(), "slivers")) {
      for (SliverFile target : targets) {
        AtomicFile content = encoded.remove(target);
        if (inspector.isGood(target, content.temporary())) {
          sink.accept(target, () -> takeName(target, content));
        } else {
          inconsistent = true;
          delete(content);
        }
        progress.step(1);
      }
    }
    return true;
  }

  @Override
  public boolean isInconsistent() {
    return inconsistent;
  }

  @Override
  public long filesRead() {
    return sources.sliversRead();
  }

  @Override
  public long bytesRead() {
    return sources.bytesRead();
  }

  private void encodeWanted() throws CommandException {
    try (FileChannel file = SpillFile.create(spills)) {
      BlobTarget blob =
          new NamedBlob("temporary file in " + spills, BlobTarget.of(file, metadata.blobLength()));
      try (WorkProgress progress = progress("decoding")) {
        // The slivers are known to be good, and what comes of them is checked sliver by sliver.
        StreamDecoder.of(codec, workspace)
            .watchedBy(progress)
            .decode(metadata, sources, ConsistencyCheck.SKIP, blob);
      }
      try (WorkProgress progress = progress("encoding")) {
        StreamEncoder.of(codec, workspace)
            .watchedBy(progress)
            .encodePairs(blob, pairs(), newFiles());
      }
    } catch (RedStuffException e) {
      throw CommandException.badData("slivers changed while they were read: " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(e.getMessage(), e);
    } catch (IOException e) {
      throw NamedIoException.toCommandException(e, "temporary file in " + spills);
    }
  }

  private WorkProgress progress(String task) {
    return new WorkProgress(session, task, metadata.blobLength());
  }

  private Set<SliverPairIndex> pairs() {
    Set<SliverPairIndex> pairs = new TreeSet<>();
    wanted.forEach(file -> pairs.add(file.pair()));
    return pairs;
  }

  /** Writes those slivers of the pairs that are wanted to temporary files. */
  private SliverSink newFiles() throws CommandException {
    for (SliverFile file : wanted) {
      session.files().createDirectories(file.path().getParent());
    }
    SliverWriter writer =
        new SliverWriter(directory, session.files(), metadata.parameters(), metadata.symbolSize());
    return (sliver, offset, symbols) -> {
      SliverFile file =
          directory.file(sliver.axis(), sliver.pair(metadata.parameters()), metadata.parameters());
      if (wanted.contains(file)) {
        writer.write(sliver, offset, symbols);
        encoded.putIfAbsent(file, writer.content(sliver));
      }
    };
  }

  private static void takeName(SliverFile target, AtomicFile content) throws CommandException {
    try {
      content.takeName();
    } catch (IOException e) {
      throw CommandException.io(target.path() + ": cannot be written", e);
    }
  }

  private static void delete(AtomicFile content) throws CommandException {
    try {
      Files.delete(content.temporary());
    } catch (IOException e) {
      throw CommandException.io(content.temporary().toString(), e);
    }
  }
}
