package io.redstuff.quilt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Axis;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.codec.RedStuff;
import io.redstuff.codec.TestBlobs;
import io.redstuff.error.InsufficientDataException;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.RedStuffException;
import io.redstuff.error.VerificationException;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.store.MemoryStore;
import io.redstuff.store.StoredEncoding;
import io.redstuff.store.StoredSlivers;
import io.redstuff.stream.WorkMonitor;
import io.redstuff.stream.Workspace;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuiltReaderTest {
  private static final int N = 13;
  private static final Workspace MEMORY = Workspace.ofMemory(1 << 28);
  private static final RedStuff CODEC = RedStuff.forShards(N);
  private static final List<QuiltFile> FILES =
      List.of(
          QuiltFile.of("c", TestBlobs.bytes(9_000, 3)).withTags(Map.of("kind", "text", "b", "")),
          QuiltFile.of("a", TestBlobs.bytes(20_000, 1)).withTags(Map.of("kind", "image")),
          QuiltFile.of("b/\u00e9", TestBlobs.bytes(1, 2)),
          QuiltFile.of("d", new byte[0]).withTags(Map.of("kind", "text")));

  private static final byte[] BLOB;
  private static final QuiltIndex INDEX;
  private static final VerifiedMetadata METADATA;
  private static final List<Sliver> SLIVERS;

  @TempDir private Path directory;

  static {
    try (Quilt quilt = Quilt.pack(CODEC.parameters(), FILES)) {
      BLOB = quilt.toBytes();
      INDEX = quilt.index();
      MemoryStore store = new MemoryStore();
      METADATA = StoredEncoding.create(store, CODEC, quilt, MEMORY, WorkMonitor.NONE).metadata();
      SLIVERS = store.slivers();
    } catch (java.io.IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static QuiltFile file(String identifier) {
    return FILES.stream().filter(f -> f.identifier().equals(identifier)).findFirst().orElseThrow();
  }

  private static QuiltPatchId patchId(String identifier) {
    return INDEX.find(identifier).orElseThrow().id(METADATA.blobId());
  }

  private static StoredEncoding stored(Predicate<SliverId> there) {
    List<Sliver> left = SLIVERS.stream().filter(sliver -> there.test(sliver.id())).toList();
    return StoredEncoding.of(MemoryStore.of(METADATA, left), CODEC, METADATA);
  }

  private static QuiltReader reader(Predicate<SliverId> there) throws Exception {
    StoredEncoding stored = stored(there);
    return QuiltReader.of(stored, stored.slivers(), MEMORY);
  }

  private static void check(VerifiedQuiltFile file, String identifier) throws Exception {
    QuiltFile expected = file(identifier);
    assertEquals(identifier, file.identifier());
    assertEquals(expected.tags(), file.tags());
    assertEquals(patchId(identifier), file.id());
    assertArrayEquals(QuiltGoldenTest.bytes(expected.contents()), file.toBytes());
    assertTrue(file.segment().isReadOnly());
    assertEquals(identifier + ": " + expected.contents().length() + " bytes", file.toString());
  }

  private static long columnBytes() {
    return CODEC.parameters().sliverLength(Axis.SECONDARY, METADATA.symbolSize());
  }

  @Test
  void readsByPatchIdNameAndTag() throws Exception {
    try (QuiltReader reader = reader(_ -> true)) {
      assertEquals(METADATA.blobId(), reader.id());
      assertEquals(INDEX, reader.index());
      for (QuiltFile file : FILES) {
        check(reader.read(patchId(file.identifier())), file.identifier());
        check(reader.find(file.identifier()).orElseThrow(), file.identifier());
      }
      assertTrue(reader.find("e").isEmpty());
      assertEquals(
          List.of("c", "d"),
          reader.tagged("kind", "text").stream().map(VerifiedQuiltFile::identifier).toList());
      ByteArrayOutputStream copy = new ByteArrayOutputStream();
      assertEquals(20_000, reader.copy(INDEX.find("a").orElseThrow(), copy));
      assertArrayEquals(TestBlobs.bytes(20_000, 1), copy.toByteArray());
      assertEquals(20_000, reader.length(INDEX.find("a").orElseThrow()));
      copy.reset();
      assertEquals(9_000, reader.copy(patchId("c"), copy));
      assertArrayEquals(TestBlobs.bytes(9_000, 3), copy.toByteArray());
    }
  }

  /**
   * Whether slivers are there or not, no more is read than the columns of the file and the index.
   */
  @Test
  void readsNoMoreThanItNeeds() throws Exception {
    for (Predicate<SliverId> there :
        List.<Predicate<SliverId>>of(_ -> true, id -> id.axis() == Axis.PRIMARY)) {
      for (QuiltFile file : FILES) {
        QuiltPatch patch = INDEX.find(file.identifier()).orElseThrow();
        try (QuiltReader reader = reader(there)) {
          check(reader.read(patchId(file.identifier())), file.identifier());
          assertEquals(patch.columns() * columnBytes(), reader.bytesRead());
        }
        try (QuiltReader reader = reader(there)) {
          check(reader.find(file.identifier()).orElseThrow(), file.identifier());
          int indexColumns = INDEX.patches().getFirst().startIndex();
          assertEquals((indexColumns + patch.columns()) * columnBytes(), reader.bytesRead());
        }
      }
    }
  }

  @Test
  void needsNothingButTheSliversOfAPatch() throws Exception {
    for (QuiltFile file : FILES) {
      List<SliverId> needed = patchId(file.identifier()).slivers();
      List<Sliver> slivers = SLIVERS.stream().filter(s -> needed.contains(s.id())).toList();
      try (QuiltReader reader = QuiltReader.ofSlivers(CODEC, METADATA, slivers)) {
        check(reader.read(patchId(file.identifier())), file.identifier());
        InsufficientDataException e = assertThrows(InsufficientDataException.class, reader::index);
        assertEquals(
            "too few primary slivers to restore secondary 0 from: got 0, expected at least 5",
            e.getMessage());
      }
    }
  }

  @Test
  void goesAroundBadSlivers() throws Exception {
    List<Sliver> slivers = new ArrayList<>();
    for (Sliver sliver : SLIVERS) {
      byte[] bytes = sliver.toBytes();
      boolean spoilt =
          sliver.id().axis() == Axis.SECONDARY
              ? sliver.id().index() % 2 == 1
              : sliver.id().index() % 3 == 0;
      bytes[bytes.length - 1] ^= (byte) (spoilt ? 1 : 0);
      slivers.add(Sliver.copyOf(sliver.id(), sliver.symbolSize(), bytes));
    }
    try (QuiltReader reader = QuiltReader.ofSlivers(CODEC, METADATA, slivers)) {
      for (QuiltFile file : FILES) {
        check(reader.find(file.identifier()).orElseThrow(), file.identifier());
      }
    }
  }

  /** Without enough primary slivers a missing column comes from the whole blob. */
  @Test
  void decodesTheWholeQuiltIfItMust() throws Exception {
    for (Workspace workspace : List.of(MEMORY, MEMORY.spillingTo(directory))) {
      StoredEncoding stored =
          stored(id -> id.axis() == Axis.SECONDARY && id.index() != 0 && id.index() != 4);
      StoredSlivers slivers = stored.slivers();
      try (QuiltReader reader = QuiltReader.of(stored, slivers, workspace)) {
        for (QuiltFile file : FILES) {
          check(reader.find(file.identifier()).orElseThrow(), file.identifier());
        }
        assertEquals(slivers.bytesRead(), reader.bytesRead());
      }
    }
    StoredEncoding stored = stored(id -> id.axis() == Axis.SECONDARY && id.index() != 0);
    Workspace small = Workspace.ofMemory(1000);
    try (QuiltReader reader = QuiltReader.of(stored, stored.slivers(), small)) {
      assertThrows(IllegalArgumentException.class, reader::index);
    }
  }

  @Test
  void readsAll() throws Exception {
    try (QuiltReader reader = reader(id -> id.index() > 3)) {
      List<VerifiedQuiltFile> files = reader.readAll();
      assertEquals(FILES.size(), files.size());
      for (VerifiedQuiltFile file : files) {
        check(file, file.identifier());
      }
      reader.readWhole(WorkMonitor.NONE);
    }
  }

  @Test
  void refusesWhatIsLeftOfTooFewSlivers() throws Exception {
    try (QuiltReader reader = reader(id -> id.index() > 8)) {
      assertThrows(InsufficientDataException.class, reader::index);
      assertThrows(InsufficientDataException.class, reader::readAll);
      assertThrows(InsufficientDataException.class, reader::readAll);
    }
  }

  @Test
  void comparesAWholeBlobWithItsId() throws Exception {
    try (QuiltReader reader =
        QuiltReader.ofBlob(
            CODEC, QuiltGoldenTest.source(BLOB), METADATA.blobId(), MEMORY, WorkMonitor.NONE)) {
      assertEquals(FILES.size(), reader.readAll().size());
      assertEquals(BLOB.length, reader.bytesRead());
      check(reader.read(patchId("a")), "a");
    }
    byte[] other = BLOB.clone();
    other[other.length - 1] ^= 1;
    VerificationException e =
        assertThrows(
            VerificationException.class,
            () ->
                QuiltReader.ofBlob(
                    CODEC,
                    QuiltGoldenTest.source(other),
                    METADATA.blobId(),
                    MEMORY,
                    WorkMonitor.NONE));
    assertEquals(VerificationException.Reason.BLOB_ID_MISMATCH, e.reason());
  }

  @Test
  void refusesPatchIdsOfOtherQuiltsAndOfNoFile() throws Exception {
    try (QuiltReader reader = reader(_ -> true)) {
      byte[] bytes = patchId("a").toBytes();
      bytes[0] ^= 1;
      assertThrows(VerificationException.class, () -> reader.read(QuiltPatchId.parse(bytes)));
      int columns = CODEC.parameters().secondarySourceSymbols();
      List<QuiltPatchId> ids = INDEX.patches().stream().map(p -> p.id(METADATA.blobId())).toList();
      for (int start = 1; start < columns; start++) {
        for (int end = start + 1; end <= columns + 2; end++) {
          QuiltPatchId id = new QuiltPatchId(METADATA.blobId(), start, end);
          if (!ids.contains(id)) {
            assertThrows(MalformedDataException.class, () -> reader.read(id), id::toString);
          }
        }
      }
    }
  }

  @Test
  void refusesBlobsThatAreNoQuilts() {
    MemoryStore store = new MemoryStore();
    assertThrows(
        MalformedDataException.class,
        () -> {
          StoredEncoding stored =
              StoredEncoding.create(
                  store,
                  CODEC,
                  QuiltGoldenTest.source(new byte[BLOB.length - 1]),
                  MEMORY,
                  WorkMonitor.NONE);
          QuiltReader.of(stored, stored.slivers(), MEMORY).close();
        });
  }

  @Test
  void closesTwice() throws Exception {
    QuiltReader reader = reader(_ -> true);
    reader.close();
    reader.close();
    assertThrows(IllegalStateException.class, reader::index);
  }

  /** Two columns that the writer exchanged, so that rows and columns do not agree. */
  @Test
  void refusesWhatIsInconsistent() throws Exception {
    var cheat = io.redstuff.codec.StoredBlob.honest(N, BLOB.length, 5);
    cheat.swapSecondaryAndCommit(1, 2);
    StoredEncoding stored =
        StoredEncoding.of(MemoryStore.of(cheat.metadata, cheat.primary), CODEC, cheat.metadata);
    try (QuiltReader reader = QuiltReader.of(stored, stored.slivers(), MEMORY)) {
      QuiltPatchId id = new QuiltPatchId(cheat.metadata.blobId(), 1, 2);
      VerificationException e = assertThrows(VerificationException.class, () -> reader.read(id));
      assertEquals(VerificationException.Reason.INCONSISTENT_BLOB, e.reason());
    }
  }

  @Test
  void takesAnyIdentifierIfAsked() throws Exception {
    byte[] blob = BLOB.clone();
    for (int i = 0; i < blob.length - 1; i++) {
      // "d" as the TypeScript writer may write it, in the index and in the patch
      if (blob[i] == 1 && blob[i + 1] == 'd') {
        blob[i + 1] = '\n';
      }
    }
    QuiltBlob quilt = QuiltBlob.of(CODEC.parameters(), QuiltGoldenTest.source(blob));
    QuiltPatch patch = quilt.index().find("\n").orElseThrow();
    assertThrows(MalformedDataException.class, () -> quilt.read(patch));
    assertEquals("\n", quilt.withAnyIdentifier().read(patch).identifier());

    VerifiedMetadata metadata = CODEC.metadata(blob);
    try (QuiltReader reader =
        QuiltReader.ofBlob(
            CODEC, QuiltGoldenTest.source(blob), metadata.blobId(), MEMORY, WorkMonitor.NONE)) {
      assertThrows(RedStuffException.class, () -> reader.find("\n"));
      assertEquals("\n", reader.withAnyIdentifier().find("\n").orElseThrow().identifier());
    }
  }
}
