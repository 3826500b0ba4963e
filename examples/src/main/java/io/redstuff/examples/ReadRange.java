package io.redstuff.examples;

import io.redstuff.BlobId;
import io.redstuff.store.DirectoryStore;
import io.redstuff.store.StoredEncoding;
import io.redstuff.store.StoredRanges;
import io.redstuff.store.StoredSlivers;
import io.redstuff.stream.RangeCheck;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads some bytes of a film that is kept as slivers, and of these only what it must, whatever is
 * missing. To run it: {@code java -cp examples/target/redstuff-examples.jar
 * io.redstuff.examples.ReadRange DIR ID OFFSET LENGTH OUT}, where DIR and ID are those of {@code
 * redstuff encode}.
 */
public final class ReadRange {
  public static void main(String[] args) throws Exception {
    DirectoryStore store = DirectoryStore.at(Path.of(args[0]));
    StoredEncoding film = StoredEncoding.open(store, Optional.of(BlobId.parse(args[1])));
    long offset = Long.parseLong(args[2]);
    byte[] part = new byte[Integer.parseInt(args[3])];

    StoredSlivers slivers = film.slivers();
    // What had to be restored is checked. RangeCheck.ALL checks all, and reads whole slivers.
    try (StoredRanges ranges = film.ranges(slivers, RangeCheck.RECOVERED)) {
      ranges.read(offset, MemorySegment.ofArray(part)); // any number of times
    }
    Files.write(Path.of(args[4]), part);
    System.out.printf(
        "%s of %s bytes, for which %s were read from %s slivers%n",
        part.length, film.metadata().blobLength(), slivers.bytesRead(), slivers.sliversRead());
  }
}
