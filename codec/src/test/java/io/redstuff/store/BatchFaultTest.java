package io.redstuff.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.SliverId;
import io.redstuff.store.SliverStore.Batch;
import io.redstuff.store.SliverStore.Mode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.GatheringByteChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Writing that is interrupted at every single thing it does to files: by a failure, after which the
 * rest goes on, by the end of the process, after which nothing does, and by a stop.
 */
class BatchFaultTest {
  private static final SliverId OLD = SliverId.primary(7);
  private static final SliverId[] NEW = {
    StoreContract.PRIMARY, StoreContract.SECONDARY, SliverId.primary(0)
  };
  private static final byte[] OLD_METADATA = {1, 2, 3};
  private static final byte[] NEW_METADATA = {4, 5, 6, 7};

  @TempDir private Path directory;

  /** What strikes at a certain step. */
  private enum Strike {
    FAILURE,
    DEATH,
    STOP
  }

  /** The end of the process: nobody cleans up. */
  private static final class Death extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** The file system, up to a step. */
  private static final class Steps implements FileOperations {
    private final Strike strike;
    private final int fatal;
    private final List<String> log = new ArrayList<>();
    private CreatedFiles files;
    private Thread stopper;
    private boolean dead;

    Steps(Strike strike, int fatal) {
      this.strike = strike;
      this.fatal = fatal;
    }

    private synchronized void step(String what, Path path) throws IOException {
      if (dead) {
        throw new Death();
      }
      log.add(what + " " + path.getFileName().toString().replaceAll("\\.[0-9a-f]{16}\\.", ".*."));
      if (log.size() - 1 == fatal) {
        switch (strike) {
          case FAILURE -> throw new IOException("struck at " + log.getLast());
          case STOP -> {
            stopper = Thread.ofPlatform().start(this::stop);
            while (!files.isStopped()) {
              Thread.onSpinWait();
            }
          }
          case DEATH -> {
            dead = true;
            throw new Death();
          }
        }
      }
    }

    private void stop() {
      try {
        files.stop();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public GatheringByteChannel open(Path file, OpenOption... options) throws IOException {
      step("open", file);
      FileChannel channel = FileChannel.open(file, options);
      return new GatheringByteChannel() {
        @Override
        public int write(ByteBuffer source) {
          throw new AssertionError("writes several at once");
        }

        @Override
        public long write(ByteBuffer[] sources) {
          throw new AssertionError("writes several at once");
        }

        // One buffer at a time, and of it at most 100 bytes.
        @Override
        public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
          step("write", file);
          ByteBuffer source = sources[offset];
          int count = Math.min(100, source.remaining());
          channel.write(source.slice(source.position(), count));
          source.position(source.position() + count);
          return count;
        }

        @Override
        public boolean isOpen() {
          return channel.isOpen();
        }

        @Override
        public void close() throws IOException {
          channel.close();
        }
      };
    }

    @Override
    public void createDirectory(Path created) throws IOException {
      step("mkdir", created);
      FileOperations.super.createDirectory(created);
    }

    @Override
    public void move(Path from, Path to) throws IOException {
      step("move", to);
      FileOperations.super.move(from, to);
    }

    @Override
    public void delete(Path path) throws IOException {
      step("delete", path);
      FileOperations.super.delete(path);
    }

    /** Only noted: this test does not cut the power. */
    @Override
    public void force(Path path) throws IOException {
      step("force", path);
    }
  }

  /** Writes the new encoding over the old one, with a strike. */
  private Steps write(Path root, Mode mode, Strike strike, int fatal) {
    Steps steps = new Steps(strike, fatal);
    CreatedFiles files = CreatedFiles.by(steps);
    steps.files = files;
    SliverStore store = DirectoryStore.at(root, files);
    try (Batch batch = store.begin(mode, Durability.FORCED)) {
      StoreContract.write(batch, NEW);
      batch.commit(mode == Mode.ADD ? new byte[0] : NEW_METADATA);
    } catch (IOException | Death | CancellationException | CompletionException _) {
      // what the test is about is what it leaves
    }
    if (steps.stopper != null) {
      join(steps.stopper);
    }
    return steps;
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private Path prepare(String name, Mode mode) throws IOException {
    Path root = directory.resolve(name).resolve("a").resolve("out");
    if (mode != Mode.CREATE) {
      StoreContract.put(DirectoryStore.at(root), Mode.CREATE, OLD_METADATA, OLD, NEW[0]);
    } else {
      Files.createDirectories(root.getParent().getParent());
    }
    return root;
  }

  private static Map<String, byte[]> content(Path root) throws IOException {
    Map<String, byte[]> content = new TreeMap<>();
    if (Files.exists(root)) {
      for (String name : DirectoryStoreTest.tree(root)) {
        Path file = root.resolve(name);
        if (Files.isRegularFile(file)) {
          content.put(name, Files.readAllBytes(file));
        }
      }
    }
    return content;
  }

  private static boolean same(Map<String, byte[]> one, Map<String, byte[]> other) {
    return one.keySet().equals(other.keySet())
        && one.keySet().stream().allMatch(key -> Arrays.equals(one.get(key), other.get(key)));
  }

  @ParameterizedTest
  @EnumSource
  void interruptedAtEveryStepItLeavesOldOrNewNeverHalf(Mode mode) throws IOException {
    Path whole = prepare("whole", mode);
    Map<String, byte[]> old = content(whole);
    int steps = write(whole, mode, Strike.FAILURE, Integer.MAX_VALUE).log.size();
    Map<String, byte[]> fresh = content(whole);
    assertTrue(steps > 30, "only " + steps + " steps");
    for (Strike strike : Strike.values()) {
      for (int fatal = 0; fatal < steps; fatal++) {
        Path root = prepare(strike + "-" + fatal, mode);
        String step = strike + " at " + write(root, mode, strike, fatal).log.get(fatal);
        Map<String, byte[]> now = content(root);
        boolean named =
            now.keySet().removeIf(name -> AtomicFile.isTemporary(Path.of(name).getFileName() + ""));
        assertTrue(strike == Strike.DEATH || !named, step + ": left a temporary file");
        now.forEach(
            (name, bytes) ->
                assertTrue(
                    Arrays.equals(bytes, old.get(name)) || Arrays.equals(bytes, fresh.get(name)),
                    step + ": half of " + name));
        if (mode != Mode.ADD && now.containsKey("metadata.bcs")) {
          assertTrue(same(now, old) || same(now, fresh), step + ": " + now.keySet());
        }
        if (mode == Mode.ADD) {
          assertTrue(now.keySet().containsAll(old.keySet()), step + ": lost what was there");
        }
        if (strike == Strike.STOP) {
          assertTrue(same(now, old) || same(now, fresh), step + ": " + now.keySet());
        }
        if (mode == Mode.CREATE && strike != Strike.DEATH && !same(now, fresh)) {
          assertFalse(Files.exists(root.getParent()), step + ": left a directory");
        }
        // What a killed process left is no hindrance.
        Mode again = mode == Mode.CREATE ? Mode.REPLACE : mode;
        write(root, again, Strike.FAILURE, Integer.MAX_VALUE);
        Map<String, byte[]> after = content(root);
        fresh.forEach((name, bytes) -> assertArrayEquals(bytes, after.get(name), step));
        assertTrue(mode == Mode.ADD || same(after, fresh), step + ": " + after.keySet());
      }
    }
  }

  @Test
  void contentsAreForcedBeforeNamesAndNamesBeforeMetadata() throws IOException {
    List<String> log =
        write(prepare("new", Mode.CREATE), Mode.CREATE, Strike.FAILURE, Integer.MAX_VALUE).log;
    List<String> order = log.subList(log.lastIndexOf("write .metadata.bcs.*.part") + 1, log.size());
    assertEquals(
        List.of(
            "force .0000.bcs.*.part",
            "force .0003.bcs.*.part",
            "force .0003.bcs.*.part",
            "force .metadata.bcs.*.part"),
        order.subList(0, 4).stream().sorted().toList());
    assertEquals(List.of("move 0003.bcs", "move 0003.bcs", "move 0000.bcs"), order.subList(4, 7));
    List<String> rest = order.subList(7, order.size());
    int metadata = rest.indexOf("move metadata.bcs");
    // Of the directories also those in which others were made: a/out in new/a, in new.
    assertEquals(
        List.of("force a", "force new", "force out", "force primary", "force secondary"),
        rest.subList(0, metadata).stream().sorted().toList());
    assertEquals(List.of("move metadata.bcs", "force out"), rest.subList(metadata, rest.size()));
  }

  @Test
  void theOldMetadataIsGoneForCertainBeforeTheOldSlivers() throws IOException {
    List<String> log =
        write(prepare("old", Mode.REPLACE), Mode.REPLACE, Strike.FAILURE, Integer.MAX_VALUE).log;
    int metadata = log.indexOf("delete metadata.bcs");
    assertEquals("force out", log.get(metadata + 1));
    assertEquals(
        List.of("delete 0003.bcs", "delete 0007.bcs"),
        log.subList(metadata + 2, metadata + 4).stream().sorted().toList());
    assertTrue(log.indexOf("force .metadata.bcs.*.part") < metadata);
  }

  @Test
  void bufferedWritingForcesNothing() throws IOException {
    Steps steps = new Steps(Strike.FAILURE, Integer.MAX_VALUE);
    SliverStore store = DirectoryStore.at(directory.resolve("x"), CreatedFiles.by(steps));
    StoreContract.put(store, Mode.CREATE, NEW_METADATA, NEW);
    assertTrue(steps.log.stream().noneMatch(step -> step.startsWith("force")), "" + steps.log);
  }

  @Test
  void aStopEndsAllPartsAndNothingComesAfterIt() throws IOException {
    CreatedFiles files = new CreatedFiles();
    DirectoryStore kept = DirectoryStore.at(directory.resolve("kept"), files);
    StoreContract.put(kept, Mode.CREATE, NEW_METADATA, NEW);
    try (Batch one =
            DirectoryStore.at(directory.resolve("one"), files)
                .begin(Mode.CREATE, Durability.BUFFERED);
        Batch two =
            DirectoryStore.at(directory.resolve("two"), files)
                .begin(Mode.CREATE, Durability.BUFFERED)) {
      StoreContract.write(one, NEW);
      StoreContract.write(two, NEW);
      assertFalse(files.isStopped());
      files.stop();
      assertTrue(files.isStopped());
      assertEquals(List.of("kept"), names(directory));
      assertThrows(CancellationException.class, () -> StoreContract.write(one, OLD));
      assertThrows(CancellationException.class, () -> two.commit(NEW_METADATA));
      assertThrows(
          CancellationException.class,
          () ->
              kept.begin(Mode.ADD, Durability.BUFFERED)
                  .write(StoreContract.place(OLD), 0, StoreContract.BLOB.sliver(OLD).segment()));
    }
    assertEquals(List.of("kept"), names(directory));
    assertEquals(6, DirectoryStoreTest.tree(directory.resolve("kept")).size());
  }

  private static List<String> names(Path root) throws IOException {
    return DirectoryStoreTest.tree(root).stream().filter(name -> !name.contains("/")).toList();
  }

  @Test
  void troubleInCleaningUpIsNotLost() throws IOException {
    CreatedFiles files = CreatedFiles.by(new Stuck());
    Path file = directory.resolve("file");
    Files.createDirectories(file.resolve("x"));
    IOException failure =
        assertThrows(
            IOException.class,
            () ->
                AtomicFile.write(
                    files, file, StoreContract.BLOB.sliver(OLD).segment(), Durability.BUFFERED));
    assertTrue(failure.getSuppressed()[0].getMessage().endsWith(": cannot be removed: stuck"));
  }

  @Test
  void aDirectoryThatCannotBeForcedIsFoundOutBeforeItsNamesChange() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "old");
    MemorySegment content = MemorySegment.ofArray("new".getBytes(UTF_8));
    IOException refusal = new IOException("refused");
    CreatedFiles refused = CreatedFiles.by(new Unforced(Optional.of(refusal)));
    assertSame(
        refusal,
        assertThrows(
            IOException.class, () -> AtomicFile.write(refused, file, content, Durability.FORCED)));
    assertEquals("old", Files.readString(file));
    CreatedFiles failing = CreatedFiles.by(new Unforced(Optional.empty()));
    assertThrows(
        ClosedChannelException.class,
        () -> AtomicFile.write(failing, file, content, Durability.FORCED));
    assertEquals("new", Files.readString(file));
    assertEquals(List.of("file"), names(directory));
  }

  /** The file system, whose directories cannot be opened, or opened but not forced. */
  private record Unforced(Optional<IOException> refusal) implements FileOperations {
    @Override
    public GatheringByteChannel open(Path file, OpenOption... options) throws IOException {
      return FILE_SYSTEM.open(file, options);
    }

    @Override
    public FileChannel openToForce(Path path) throws IOException {
      FileChannel channel = FILE_SYSTEM.openToForce(path);
      if (Files.isDirectory(path)) {
        channel.close();
        if (refusal.isPresent()) {
          throw refusal.get();
        }
      }
      return channel;
    }
  }

  @Test
  void troubleWithManyFilesKeepsNoneFromBeingTriedAndTellsSome() {
    Stuck stuck = new Stuck();
    CreatedFiles files = CreatedFiles.by(stuck);
    List<CreatedFiles> parts = List.of(files.part(), files.part());
    for (int i = 0; i < 100_000; i++) {
      parts.get(i % 2).add(Path.of("f" + i));
    }
    IOException undone = assertThrows(NamedIoException.class, parts.getFirst()::undo);
    assertEquals("f99998: cannot be removed: stuck", undone.getMessage());
    assertEquals(8, undone.getSuppressed().length);
    assertEquals("f99996: cannot be removed: stuck", undone.getSuppressed()[0].getMessage());
    assertEquals(50_000, stuck.tried.size());
    parts.getFirst().add(Path.of("one more"));
    assertThrows(NamedIoException.class, files::stop);
    assertEquals(100_001, stuck.tried.size());
    assertTrue(parts.stream().allMatch(part -> part.made().isEmpty()));
  }

  /** The file system, which deletes nothing. */
  private static final class Stuck implements FileOperations {
    private final Set<Path> tried = new HashSet<>();

    @Override
    public GatheringByteChannel open(Path file, OpenOption... options) throws IOException {
      return FILE_SYSTEM.open(file, options);
    }

    @Override
    public void delete(Path path) throws IOException {
      tried.add(path);
      throw new IOException("stuck");
    }
  }
}
