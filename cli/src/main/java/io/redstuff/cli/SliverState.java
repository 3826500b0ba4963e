package io.redstuff.cli;

import io.redstuff.SliverId;
import io.redstuff.codec.VerifiedSliver;
import io.redstuff.proof.VerifiedMetadata;

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
  record Bad(SliverFile file, String reason) implements SliverState {

    /** What is wrong with a sliver that has the form of the right one. */
    static String wrongHash(SliverId sliver, VerifiedMetadata metadata) {
      return sliver
          + " sliver: its hash is not the one that blob "
          + metadata.blobId()
          + " commits to";
    }

    /** What to tell the user where the file is left out. */
    String skipped() {
      return file.path() + ": skipped: " + reason;
    }
  }
}
