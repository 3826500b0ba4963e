package io.redstuff.cli;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.SliverPairIndex;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The place of one sliver in a directory.
 *
 * @param id the sliver that belongs there
 * @param pair the pair it is of, which names the file
 * @param path the file
 * @param name the file as messages call it, relative to the directory
 */
record SliverFile(SliverId id, SliverPairIndex pair, Path path, String name) {

  /** The place of the sliver of {@code axis} of {@code pair}, in {@code root}. */
  static SliverFile of(Path root, Axis axis, SliverPairIndex pair, EncodingParameters parameters) {
    String fileName = SliverDirectory.fileName(pair, parameters);
    SliverId id =
        switch (axis) {
          case PRIMARY -> pair.primary();
          case SECONDARY -> pair.secondary(parameters);
        };
    return new SliverFile(
        id, pair, root.resolve(axis.toString()).resolve(fileName), axis + "/" + fileName);
  }

  /** Puts {@code sliver}, which belongs here, into the file in place of what is there. */
  void write(OutputFiles files, Sliver sliver) throws CommandException {
    try {
      AtomicFile.write(
          files,
          path,
          SliverBcs.header(sliver.segment().byteSize()),
          sliver.segment(),
          SliverBcs.trailer(id, sliver.symbolSize()));
    } catch (IOException e) {
      throw CommandException.io(path + ": cannot be written", e);
    }
  }
}
