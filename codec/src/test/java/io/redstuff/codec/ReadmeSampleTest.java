package io.redstuff.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.SliverPair;
import io.redstuff.error.RedStuffException;
import io.redstuff.proof.BlobMetadata;
import io.redstuff.proof.InconsistencyProof;
import io.redstuff.proof.RecoverySymbol;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.store.DirectoryStore;
import io.redstuff.store.Inspection;
import io.redstuff.store.RepairReport;
import io.redstuff.store.SliverRepair;
import io.redstuff.store.StoredEncoding;
import io.redstuff.stream.BlobSource;
import io.redstuff.stream.WorkMonitor;
import io.redstuff.stream.Workspace;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's Java sample, run; and the README's text, compared with what is run. */
class ReadmeSampleTest {
  private static final Path README = Path.of("../README.md");
  private static final Path THIS = Path.of("src/test/java/io/redstuff/codec/ReadmeSampleTest.java");

  private static byte[] sample(byte[] bytes) throws RedStuffException {
    // sample begins
    RedStuff codec = RedStuff.forShards(1000); // immutable, thread-safe: keep it in a field

    BlobId id = codec.blobId(bytes); // the commitment only, slivers are never made

    List<Sliver> received = new ArrayList<>();
    byte[] wire;
    try (EncodedBlob encoded = codec.encode(bytes)) { // off-heap views, freed on close
      wire = encoded.metadata().toBcs();
      for (SliverPair pair : encoded.pairs().subList(666, 1000)) { // 334 of 1000 shards answer
        received.add(Sliver.parseCopy(Axis.PRIMARY, pair.primary().toBcs()));
      }
    }

    // untrusted -> trusted
    VerifiedMetadata metadata = codec.verify(BlobMetadata.parse(wire), id);
    byte[] blob = codec.decode(metadata, received); // re-hashed before it is returned
    // sample ends
    return blob;
  }

  private static void healing(
      RedStuff codec,
      VerifiedMetadata metadata,
      List<Sliver> answering,
      Arena arena,
      Consumer<Sliver> store,
      Consumer<byte[]> gossip)
      throws RedStuffException {
    // sample begins
    List<RecoverySymbol> symbols = new ArrayList<>();
    for (Sliver other : answering) { // each of them cuts one symbol, with proof
      symbols.add(codec.expand(metadata, other, arena).recoverySymbol(42));
    }
    switch (codec.recover(metadata, SliverId.primary(42), symbols)) {
      case Recovery.Recovered(VerifiedSliver healed, var rejected) -> store.accept(healed.sliver());
      case Recovery.Inconsistent(InconsistencyProof proof, var rejected) ->
          gossip.accept(proof.toBcs());
    }
    // sample ends
  }

  private static RepairReport keeping(Path directory, BlobId id, Workspace workspace)
      throws IOException, RedStuffException {
    // sample begins
    StoredEncoding stored = StoredEncoding.open(DirectoryStore.at(directory), Optional.of(id));
    Inspection found = stored.inspect(WorkMonitor.NONE); // good, missing or bad, and why
    RepairReport report = SliverRepair.of(stored, found, workspace).run(WorkMonitor.NONE);
    // sample ends
    return report;
  }

  @Test
  void sampleGivesTheBlobBack() throws RedStuffException {
    byte[] bytes = TestBlobs.bytes(5000, 9);
    assertArrayEquals(bytes, sample(bytes));
  }

  @Test
  void secondSampleHealsASliver() throws RedStuffException {
    StoredBlob stored = StoredBlob.honest(100, 5000, 9);
    List<Sliver> healed = new ArrayList<>();
    try (Arena arena = Arena.ofConfined()) {
      List<Sliver> answering = stored.secondary.subList(33, 100);
      healing(
          stored.codec,
          stored.metadata,
          answering,
          arena,
          healed::add,
          proof -> fail("the writer was honest"));
    }
    assertEquals(List.of(stored.primary.get(42)), healed);
  }

  @Test
  void thirdSampleHealsADirectory(@TempDir Path directory) throws Exception {
    RedStuff codec = RedStuff.forShards(10);
    BlobSource blob = BlobSource.of(MemorySegment.ofArray(TestBlobs.bytes(5000, 9)));
    Workspace workspace = Workspace.ofMemory(1L << 28);
    DirectoryStore store = DirectoryStore.at(directory);
    BlobId id =
        StoredEncoding.create(store, codec, blob, workspace, WorkMonitor.NONE).metadata().blobId();
    Files.delete(store.file(SliverId.primary(3), codec.parameters()));
    RepairReport report = keeping(directory, id, workspace);
    assertEquals(List.of(SliverId.primary(3)), report.restored());
  }

  @Test
  void readmeShowsWhatIsRun() throws IOException {
    List<String> shown =
        pieces(Files.readString(README), "```java\n", "```").stream()
            .filter(code -> !code.contains("@WalrusNetwork")) // the module junit runs that
            .toList();
    List<String> run = pieces(Files.readString(THIS), "// sample begins\n", "// sample ends\n");
    assertEquals(3, shown.size());
    assertEquals(run, shown);
  }

  private static List<String> pieces(String text, String begin, String end) {
    List<String> pieces = new ArrayList<>();
    for (int at = text.indexOf(begin); at >= 0; at = text.indexOf(begin, at)) {
      at += begin.length();
      int to = text.indexOf(end, at);
      pieces.add(text.substring(at, text.lastIndexOf('\n', to)).stripIndent().strip());
    }
    return pieces;
  }
}
