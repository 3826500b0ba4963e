package io.redstuff.cli.option;

import io.redstuff.Axis;
import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.Session;
import io.redstuff.cli.show.Text;
import io.redstuff.error.RedStuffException;
import io.redstuff.quilt.QuiltReader;
import io.redstuff.store.StoredEncoding;
import io.redstuff.store.StoredSlivers;
import io.redstuff.stream.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import picocli.CommandLine.Mixin;

/** A quilt in a directory, for the commands that read its files. */
public final class StoredQuiltOptions {
  @Mixin private StoredBlobOptions blob;

  @Mixin private MemoryOption memory;

  /** What is done with a quilt. */
  @FunctionalInterface
  public interface Work {
    /** Works. */
    void run(QuiltReader quilt) throws CommandException, IOException, RedStuffException;
  }

  /**
   * Reads from the quilt, and says how much was read if that is wanted.
   *
   * @param directory for temporary files, unless the user names another
   */
  public void read(Session session, Path directory, boolean stats, Work work)
      throws CommandException, IOException, RedStuffException {
    StoredEncoding stored = blob.open(session);
    StoredSlivers slivers =
        stored.slivers(EnumSet.allOf(Axis.class), bad -> session.complain(blob.skipped(bad)));
    Workspace workspace =
        memory.workspace(stored.codec(), stored.metadata().blobLength(), directory);
    try (QuiltReader quilt = QuiltReader.of(stored, slivers, workspace)) {
      work.run(quilt);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(e.getMessage(), e);
    } catch (RedStuffException e) {
      throw CommandException.badData(blob.input() + ": " + e.getMessage(), e);
    }
    if (stats) {
      session.complain(
          "read %s of %s slivers"
              .formatted(Text.bytes(slivers.bytesRead()), slivers.sliversRead()));
    }
  }
}
