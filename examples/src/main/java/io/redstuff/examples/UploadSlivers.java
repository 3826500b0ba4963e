package io.redstuff.examples;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.Sliver;
import io.redstuff.SliverPair;
import io.redstuff.codec.EncodedBlob;
import io.redstuff.codec.RedStuff;
import io.redstuff.proof.BlobMetadata;
import io.redstuff.proof.VerifiedMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Uploads a file as slivers to ten nodes over any transport, and reads it back from the last four.
 * To run it: {@code java -cp examples/target/redstuff-examples.jar
 * io.redstuff.examples.UploadSlivers FILE NODES}, where NODES is a directory to be.
 */
public final class UploadSlivers {
  /** The way to the nodes. Yours may be HTTP, a queue or a bucket. */
  interface Transport {
    void put(int node, String name, byte[] bytes) throws IOException;

    byte[] get(int node, String name) throws IOException;
  }

  public static void main(String[] args) throws Exception {
    byte[] file = Files.readAllBytes(Path.of(args[0]));
    Transport nodes = new Directories(Path.of(args[1]));
    RedStuff codec = RedStuff.forShards(10);

    BlobId id;
    try (EncodedBlob encoded = codec.encode(file)) {
      id = encoded.blobId(); // all that a reader must know
      for (SliverPair pair : encoded.pairs()) { // one for each node
        nodes.put(pair.index().value(), "metadata", encoded.metadata().toBcs());
        nodes.put(pair.index().value(), "primary", pair.primary().toBcs());
        nodes.put(pair.index().value(), "secondary", pair.secondary().toBcs());
      }
    }

    VerifiedMetadata metadata = codec.verify(BlobMetadata.parse(nodes.get(6, "metadata")), id);
    List<Sliver> slivers = new ArrayList<>();
    for (int node = 6; node < 10; node++) { // any four: more than a third
      slivers.add(Sliver.parseCopy(Axis.PRIMARY, nodes.get(node, "primary")));
    }
    byte[] back = codec.decode(metadata, slivers); // throws if it is not what the id stands for
    System.out.printf("%s: %s bytes from 4 of 10 nodes%n", id, back.length);
  }
}
