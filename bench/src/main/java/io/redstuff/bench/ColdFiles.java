package io.redstuff.bench;

import java.nio.file.Path;

/** Where commands that are timed find their input and leave their output. */
record ColdFiles(Path directory, int shards) {
  Path blob() {
    return directory.resolve("blob");
  }

  /** The slivers of the blob. */
  Path encoding() {
    return directory.resolve("slivers");
  }

  Path out() {
    return directory.resolve("out");
  }

  /** What a process prints. */
  Path printed() {
    return directory.resolve("printed");
  }
}
