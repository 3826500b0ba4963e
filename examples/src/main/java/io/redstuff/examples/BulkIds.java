package io.redstuff.examples;

import io.redstuff.codec.BulkBlobIds;
import io.redstuff.codec.RedStuff;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Prints the blob ids of all files below a directory, however many, on all processors. To run it:
 * {@code java -cp examples/target/redstuff-examples.jar io.redstuff.examples.BulkIds DIR}.
 */
public final class BulkIds {
  public static void main(String[] args) throws Exception {
    BulkBlobIds ids = RedStuff.forShards(1000).newBulkBlobIds();
    try (Stream<Path> files = Files.walk(Path.of(args[0])).filter(Files::isRegularFile).sorted()) {
      ids.compute(
          files.iterator(),
          (path, arena) -> { // in any of the threads
            try (FileChannel file = FileChannel.open(path)) {
              return file.map(MapMode.READ_ONLY, 0, file.size(), arena);
            }
          },
          result -> { // in this thread, in the order of the files
            switch (result) {
              case BulkBlobIds.Computed<Path> done ->
                  System.out.println(done.id() + "  " + done.blob());
              case BulkBlobIds.Failed<Path>(Path path, Exception cause) ->
                  System.err.println(path + ": " + cause);
            }
          });
    }
  }
}
