package io.redstuff.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.EncodingParameters;
import io.redstuff.SliverId;
import io.redstuff.store.SliverState.Condition;
import io.redstuff.store.SliverStore.Batch;
import io.redstuff.store.SliverStore.Mode;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DirectoryStoreTest extends StoreContract {
  private static final EncodingParameters PARAMETERS = EncodingParameters.forShards(10);

  @TempDir private Path directory;

  @Override
  DirectoryStore store() {
    return DirectoryStore.at(root());
  }

  private Path root() {
    return directory.resolve("a/b");
  }

  static List<String> tree(Path root) throws IOException {
    try (Stream<Path> paths = Files.walk(root)) {
      return paths
          .filter(path -> !path.equals(root))
          .map(path -> root.relativize(path).toString())
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "4,3,primary/0003.bcs,secondary/0000.bcs",
    "1000,42,primary/0042.bcs,secondary/0957.bcs",
    "10000,9999,primary/9999.bcs,secondary/0000.bcs",
    "10001,0,primary/00000.bcs,secondary/10000.bcs",
    "49155,49154,primary/49154.bcs,secondary/00000.bcs"
  })
  void namesFilesByPair(int shards, int index, String primary, String secondary) {
    EncodingParameters parameters = EncodingParameters.forShards(shards);
    DirectoryStore store = store();
    assertEquals(root().resolve(primary), store.file(SliverId.primary(index), parameters));
    assertEquals(root().resolve(secondary), store.file(SliverId.secondary(index), parameters));
    assertEquals(
        primary, store.look(new SliverPlace(SliverId.primary(index), parameters, 2)).name());
  }

  @Test
  void filesAreBcsSliverData() throws IOException {
    DirectoryStore store = store();
    put(store, Mode.CREATE, BLOB.metadata.toBcs(), PRIMARY, SECONDARY);
    assertEquals(
        List.of("metadata.bcs", "primary", "primary/0003.bcs", "secondary", "secondary/0003.bcs"),
        tree(root()));
    for (SliverId id : List.of(PRIMARY, SECONDARY)) {
      assertEquals(
          -1,
          Arrays.mismatch(BLOB.sliver(id).toBcs(), Files.readAllBytes(store.file(id, PARAMETERS))));
    }
  }

  @Test
  void listsStrays() throws IOException {
    Path primary = Files.createDirectories(root().resolve("primary"));
    for (String name :
        List.of("0000.bcs", "0009.bcs", "0010.bcs", "00001.bcs", "a.bcs", "0001.txt", "0002")) {
      Files.createFile(primary.resolve(name));
    }
    assertEquals(
        List.of("primary/00001.bcs", "primary/0010.bcs", "primary/a.bcs"),
        store().strays(PARAMETERS));
  }

  @Test
  void ownsWhatAnEncodingIsMadeOf() throws IOException {
    DirectoryStore store = store();
    Path outside = Files.createFile(directory.resolve("metadata.bcs"));
    assertFalse(store.owns(outside));
    Files.createDirectories(root().resolve("primary/0001.bcs.d"));
    Files.createDirectories(root().resolve("other"));
    for (String name : List.of("metadata.bcs", "primary/0001.bcs")) {
      assertTrue(store.owns(Files.createFile(root().resolve(name))), name);
    }
    for (String name :
        List.of("x", "primary/x.bcs", "other/0001.bcs", "primary/0001.bcs.d/0001.bcs")) {
      assertFalse(store.owns(Files.createFile(root().resolve(name))), name);
    }
    assertFalse(store.owns(outside));
    Path link = Files.createSymbolicLink(directory.resolve("link"), root());
    assertTrue(store.owns(link.resolve("primary/0001.bcs")));
  }

  /** What can lie in the place of a sliver. */
  enum Fault {
    CUT("got a file of 10 bytes, expected %d"),
    LONGER("got a file of %2$d bytes, expected %1$d"),
    HEADER("at byte 0: not the length of %3$d bytes of symbols"),
    SYMBOL_SIZE("got symbols of %4$d bytes, expected %5$d"),
    INDEX("holds sliver primary 4, expected primary 3"),
    DIRECTORY("not a regular file"),
    LINK_TO_NOTHING("not a regular file"),
    LOOP("cannot be read: ");

    private final String reason;

    Fault(String reason) {
      this.reason = reason;
    }

    void strike(Path file) throws IOException {
      byte[] bytes = Files.readAllBytes(file);
      Files.delete(file);
      int end = bytes.length;
      switch (this) {
        case CUT -> bytes = Arrays.copyOf(bytes, 10);
        case LONGER -> bytes = Arrays.copyOf(bytes, end + 1);
        case HEADER -> bytes[0] ^= 1;
        case SYMBOL_SIZE -> bytes[end - 4] ^= 2;
        case INDEX -> bytes[end - 2] = 4;
        case DIRECTORY -> Files.createDirectory(file);
        case LINK_TO_NOTHING -> Files.createSymbolicLink(file, Path.of("nothing"));
        case LOOP -> Files.createSymbolicLink(file, file.getFileName());
      }
      if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        Files.write(file, bytes);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void saysWhatIsWrong(Fault fault) throws IOException {
    DirectoryStore store = store();
    put(store, Mode.CREATE, new byte[0], PRIMARY);
    Path file = store.file(PRIMARY, PARAMETERS);
    long length = Files.size(file);
    fault.strike(file);
    SliverState state = store.look(place(PRIMARY));
    assertEquals(Condition.BAD, state.condition());
    assertEquals("primary/0003.bcs", state.name());
    int size = BLOB.metadata.symbolSize();
    String expected =
        fault.reason.formatted(length, length + 1, place(PRIMARY).length(), size ^ 2, size);
    assertTrue(state.reason().startsWith(expected), state.reason());
  }

  @Test
  void troubleHasTheNameOfTheFile() throws IOException {
    DirectoryStore store = store();
    assertMessage(root() + ": no such directory", () -> store.readMetadata(1));
    Files.createDirectories(root());
    assertMessage(
        root() + ": no metadata.bcs there: not a directory that an encode finished",
        () -> store.readMetadata(1));
    Path metadata = Files.createDirectory(store.metadataFile());
    // The system's words, in the language of who runs this.
    IOException e = assertThrows(IOException.class, () -> Files.readAllBytes(metadata));
    assertMessage(metadata + ": " + NamedIoException.reasonOf(e), () -> store.readMetadata(1));
    Path file = Files.createFile(directory.resolve("file"));
    assertMessage(file + ": not a directory", () -> DirectoryStore.at(file).readMetadata(1));
    assertMessage(
        root().resolve("primary/0003.bcs") + ": no such file or directory",
        () -> read(store, PRIMARY));
    Files.createFile(root().resolve("primary"));
    assertMessage(root().resolve("primary") + ": not a directory", () -> store.strays(PARAMETERS));
    assertMessage(
        root().resolve("primary") + ": already exists and is not a directory",
        () -> store.begin(Mode.REPLACE, Durability.BUFFERED));
    assertFalse(Files.exists(root().resolve("secondary")));
    assertMessage(
        file + ": already exists and is not a directory",
        () -> DirectoryStore.at(file.resolve("x/y")).begin(Mode.CREATE, Durability.BUFFERED));
  }

  private static NamedIoException assertMessage(String start, Executable call) {
    NamedIoException e = assertThrows(NamedIoException.class, call);
    assertTrue(e.getMessage().startsWith(start), e.getMessage());
    return e;
  }

  @Test
  void refusesADirectoryThatIsNotEmpty() throws IOException {
    Files.createDirectories(root());
    Files.createFile(root().resolve("something"));
    NamedIoException e =
        assertMessage(
            root() + ": directory not empty",
            () -> store().begin(Mode.CREATE, Durability.BUFFERED));
    assertInstanceOf(DirectoryNotEmptyException.class, e.getCause());
  }

  @Test
  void refusesAxesThatAreOneDirectory() throws IOException {
    Path primary = Files.createDirectories(root().resolve("primary"));
    Files.createSymbolicLink(root().resolve("secondary"), primary);
    for (Mode mode : List.of(Mode.REPLACE, Mode.ADD)) {
      assertMessage(
          root() + ": primary and secondary are the same directory",
          () -> store().begin(mode, Durability.BUFFERED));
    }
  }

  @Test
  void replacingLeavesForeignFiles() throws IOException {
    DirectoryStore store = store();
    put(store, Mode.CREATE, new byte[] {1}, PRIMARY, SliverId.primary(4), SECONDARY);
    List<String> foreign =
        List.of("notes.txt", "primary/0000.bcs.bak", "primary/old.bcs", "secondary/123.bcs");
    for (String name : foreign) {
      Files.createFile(root().resolve(name));
    }
    for (String name :
        List.of(
            "primary/.0007.bcs.0123456789abcdef.part",
            ".metadata.bcs.0123456789abcdef.part",
            "primary/00005.bcs")) {
      Files.createFile(root().resolve(name));
    }
    put(store, Mode.REPLACE, new byte[] {2}, PRIMARY);
    assertEquals(
        Stream.concat(
                foreign.stream(),
                Stream.of("metadata.bcs", "primary", "primary/0003.bcs", "secondary"))
            .sorted()
            .toList(),
        tree(root()));
  }

  @Test
  void addingMakesNoDirectoryThatIsNotNeeded() throws IOException {
    put(store(), Mode.ADD, new byte[0], SECONDARY);
    assertEquals(List.of("secondary", "secondary/0003.bcs"), tree(root()));
  }

  @Test
  void aDirectoryInASliversPlaceIsNotReplaced() throws IOException {
    DirectoryStore store = store();
    Path file = store.file(PRIMARY, PARAMETERS);
    Files.createDirectories(file.resolve("x"));
    try (Batch batch = store.begin(Mode.ADD, Durability.BUFFERED)) {
      write(batch, PRIMARY, SECONDARY);
      assertMessage(file + ": cannot be written: ", () -> batch.commit(new byte[0]));
    }
    assertTrue(Files.isDirectory(file.resolve("x")));
    assertEquals(List.of("primary", "primary/0003.bcs", "primary/0003.bcs/x"), tree(root()));
  }

  @Test
  void aNameIsTakenAtOnce() throws IOException {
    Path file = directory.resolve("file");
    CreatedFiles files = new CreatedFiles();
    for (Durability durability : Durability.values()) {
      MemorySegment content = MemorySegment.ofArray(durability.name().getBytes(US_ASCII));
      AtomicFile.write(files, file, content, durability);
      assertEquals(durability.name(), Files.readString(file, US_ASCII));
    }
    try (AtomicFile draft = AtomicFile.of(files, file)) {
      try (FileChannel channel = draft.open()) {
        channel.write(ByteBuffer.wrap(new byte[] {5}), 0);
        assertEquals(2, tree(directory).size());
        assertTrue(tree(directory).stream().anyMatch(AtomicFile::isTemporary));
      }
      draft.publish(Durability.FORCED);
      assertEquals(List.of("file"), tree(directory));
    }
    assertEquals(5, Files.readAllBytes(file)[0]);
    try (AtomicFile draft = AtomicFile.of(files, file)) {
      draft.open().close();
    }
    assertEquals(List.of("file"), tree(directory));
    for (String other : List.of("0001.bcs.0123456789abcdef.part", ".x.0123456789abcde.part")) {
      assertFalse(AtomicFile.isTemporary(other));
    }
    assertFalse(AtomicFile.isTemporary(".file.part"));
    Files.delete(file);
    Files.createDirectories(file.resolve("x"));
    assertThrows(
        IOException.class,
        () -> AtomicFile.write(files, file, MemorySegment.ofArray(new byte[1]), Durability.FORCED));
    assertEquals(List.of("file", "file/x"), tree(directory));
  }

  @Test
  void aSliverThatGoesAwayIsLeftOutWithTheReason() throws Exception {
    DirectoryStore store = store();
    put(store, Mode.CREATE, BLOB.metadata.toBcs(), PRIMARY);
    StoredSlivers slivers = StoredEncoding.open(store, Optional.empty()).slivers();
    assertTrue(slivers.has(PRIMARY));
    Files.delete(store.file(PRIMARY, PARAMETERS));
    try (Arena arena = Arena.ofConfined()) {
      assertTrue(slivers.expand(PRIMARY, arena).isEmpty());
    }
    assertEquals(Condition.BAD, slivers.state(PRIMARY).condition());
    assertEquals("cannot be read: no such file or directory", slivers.state(PRIMARY).reason());
  }

  @Test
  void aListingThatBreaksOffNamesTheDirectory() throws IOException {
    IOException cause = new IOException("Input/output error");
    FileOperations broken =
        new FileOperations() {
          @Override
          public FileChannel open(Path file, OpenOption... options) throws IOException {
            return FileChannel.open(file, options);
          }

          @Override
          public DirectoryStream<Path> entries(Path path) {
            return new DirectoryStream<>() {
              @Override
              public Iterator<Path> iterator() {
                return Stream.<Path>generate(
                        () -> {
                          throw new DirectoryIteratorException(cause);
                        })
                    .iterator();
              }

              @Override
              public void close() {}
            };
          }
        };
    put(store(), Mode.CREATE, BLOB.metadata.toBcs(), PRIMARY);
    DirectoryStore store = DirectoryStore.at(root(), CreatedFiles.by(broken));
    String primary = root().resolve("primary") + ": input/output error";
    IOException strays = assertThrows(NamedIoException.class, () -> store.strays(PARAMETERS));
    assertEquals(primary, strays.getMessage());
    assertSame(cause, strays.getCause());
    assertEquals(
        root() + ": input/output error",
        assertThrows(NamedIoException.class, () -> store.begin(Mode.CREATE, Durability.BUFFERED))
            .getMessage());
    assertEquals(
        root() + ": earlier encoding cannot be removed: " + root() + ": input/output error",
        assertThrows(NamedIoException.class, () -> put(store, Mode.REPLACE, new byte[1], PRIMARY))
            .getMessage());
  }

  @Test
  void directoriesWithARelativeNameAreMadeFromTheTop() throws IOException {
    List<Path> made = new ArrayList<>();
    FileOperations recorder =
        new FileOperations() {
          @Override
          public FileChannel open(Path file, OpenOption... options) {
            throw new AssertionError("opened " + file);
          }

          @Override
          public void createDirectory(Path name) {
            made.add(name);
          }
        };
    Path top = Path.of("no such directory");
    CreatedFiles.by(recorder).createDirectories(top.resolve("x"));
    assertEquals(List.of(top, top.resolve("x")), made);
  }
}
