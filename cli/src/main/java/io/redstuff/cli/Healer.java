package io.redstuff.cli;

import io.redstuff.Axis;
import java.util.List;

/** Restores slivers of a directory from others in it. */
interface Healer {

  /** A sliver that was restored and hashed again, on its way to its file. */
  @FunctionalInterface
  interface Restored {

    /** Puts it into its file. */
    void put() throws CommandException;
  }

  /** Takes what was restored. */
  @FunctionalInterface
  interface Sink {

    /** {@code sliver} belongs at {@code file}. */
    void accept(SliverFile file, Restored sliver) throws CommandException;
  }

  /**
   * Restores slivers. One that good slivers and the metadata contradict each other about is not
   * given to the sink; see {@link #isInconsistent}.
   *
   * @param axis the axis of the slivers
   * @param targets their places
   * @param sink gets each as it is restored
   * @return false if there are too few sources, and nothing was done
   */
  boolean heal(Axis axis, List<SliverFile> targets, Sink sink) throws CommandException;

  /** Whether it was found that the writer cheated. */
  boolean isInconsistent();

  /** How many times a sliver was read to restore others. */
  long filesRead();

  /** How many bytes that were. */
  long bytesRead();
}
