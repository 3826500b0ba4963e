package io.redstuff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.redstuff.proof.BlobMetadata;
import io.redstuff.proof.VerifiedMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The README's Java sample, run; and the README's text, compared with what is run. */
class ReadmeSampleTest {
  private static final Path README = Path.of("../README.md");
  private static final Path THIS = Path.of("src/test/java/io/redstuff/ReadmeSampleTest.java");

  private static byte[] sample(byte[] bytes) throws RedStuffException {
    // sample begins
    RedStuff codec = RedStuff.forShards(1000); // immutable, thread-safe: keep it in a field

    BlobId id = codec.blobId(bytes); // the commitment only, slivers are never made

    List<Sliver> received = new ArrayList<>();
    byte[] wire;
    try (EncodedBlob encoded = codec.encode(bytes)) { // off-heap views, freed on close
      wire = encoded.metadata().toBcs();
      for (SliverPair pair : encoded.pairs().subList(666, 1000)) { // 334 of 1000 shards answer
        received.add(Sliver.parse(Axis.PRIMARY, pair.primary().toBcs()));
      }
    }

    // untrusted -> trusted
    VerifiedMetadata metadata = BlobMetadata.parse(wire).verify(codec.parameters(), id);
    byte[] blob = codec.decode(metadata, received); // re-hashed before it is returned
    // sample ends
    return blob;
  }

  @Test
  void sampleGivesTheBlobBack() throws RedStuffException {
    byte[] bytes = TestBlobs.bytes(5000, 9);
    assertArrayEquals(bytes, sample(bytes));
  }

  @Test
  void readmeShowsWhatIsRun() throws IOException {
    String readme = Files.readString(README);
    int begin = readme.indexOf("```java\n") + "```java\n".length();
    String shown = readme.substring(begin, readme.indexOf("```", begin));
    String source = Files.readString(THIS);
    int from = source.indexOf('\n', source.indexOf("// sample begins")) + 1;
    String run = source.substring(from, source.lastIndexOf('\n', source.indexOf("// sample ends")));
    assertEquals(run.stripIndent().strip(), shown.strip());
  }
}
