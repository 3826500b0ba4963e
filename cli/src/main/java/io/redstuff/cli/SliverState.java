package io.redstuff.cli;

import io.redstuff.VerifiedSliver;

/** What was found at the place of a sliver. */
sealed interface SliverState {

  /** The place. */
  SliverFile file();

  /**
   * The sliver is there and is the one that the metadata commits to.
   *
   * @param file the place
   * @param sliver its content, as long as the arena it was read into
   */
  record Good(SliverFile file, VerifiedSliver sliver) implements SliverState {}

  /**
   * Nothing is there.
   *
   * @param file the place
   */
  record Missing(SliverFile file) implements SliverState {}

  /**
   * Something else is there.
   *
   * @param file the place
   * @param reason what is wrong with it
   */
  record Bad(SliverFile file, String reason) implements SliverState {}
}
