package io.redstuff.store;

import io.redstuff.Axis;
import io.redstuff.Sliver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/**
 * Files on their way into a directory. There may be twice as many of them as there are shards, more
 * than the system lets a process have open; pieces are long, so each opens its file and closes it.
 */
final class DirectoryBatch implements SliverStore.Batch {
  private static final int FORCING_THREADS = 8;
  private static final byte[] NOTHING = {};

  private final DirectoryStore store;
  private final CreatedFiles files;
  private final SliverStore.Mode mode;
  private final Durability durability;
  private final Map<SliverPlace, AtomicFile> begun = new LinkedHashMap<>();

  DirectoryBatch(
      DirectoryStore store, CreatedFiles files, SliverStore.Mode mode, Durability durability) {
    this.store = store;
    this.files = files;
    this.mode = mode;
    this.durability = durability;
  }

  @Override
  public void write(SliverPlace place, long offset, MemorySegment symbols) throws IOException {
    byte[] header = offset == 0 ? Sliver.bcsHeader(place.length()) : NOTHING;
    boolean whole = offset + symbols.byteSize() == place.length();
    byte[] trailer = whole ? Sliver.bcsTrailer(place.sliver(), place.symbolSize()) : NOTHING;
    MemorySegment[] parts = {
      MemorySegment.ofArray(header), symbols, MemorySegment.ofArray(trailer)
    };
    if (offset == 0) {
      files.createDirectories(store.file(place).getParent());
      begun.put(place, AtomicFile.among(files, store.file(place)));
    }
    AtomicFile file = begun.get(place);
    try {
      if (offset == 0) {
        file.begin(parts);
      } else {
        file.append(parts);
      }
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  @Override
  public void read(SliverPlace place, long offset, MemorySegment target) throws IOException {
    DirectoryStore.read(begun.get(place).temporary(), place, offset, target);
  }

  @Override
  public void discard(SliverPlace place) throws IOException {
    AtomicFile file = begun.remove(place);
    if (file != null) {
      files.operations().delete(file.temporary());
    }
  }

  @Override
  public void commit(byte[] metadata) throws IOException {
    AtomicFile metadataFile = AtomicFile.among(files, store.metadataFile());
    List<AtomicFile> contents = new ArrayList<>(begun.values());
    try {
      if (metadata.length > 0) {
        metadataFile.begin(MemorySegment.ofArray(metadata));
        contents.add(metadataFile);
      }
    } catch (IOException e) {
      throw cannotWrite(metadataFile, e);
    }
    force(contents);
    Set<Path> directories = new TreeSet<>();
    files.made().stream().map(Path::toAbsolutePath).map(Path::getParent).forEach(directories::add);
    files.settle(
        () -> {
          if (mode == SliverStore.Mode.REPLACE) {
            removeFormer(contents);
          }
          for (AtomicFile sliver : begun.values()) {
            takeName(sliver);
          }
          for (Path directory : directories) {
            force(directory);
          }
          if (metadata.length > 0) {
            takeName(metadataFile);
            force(store.root());
          }
        });
  }

  @Override
  public void close() throws IOException {
    files.undo();
  }

  /** One after the other they would wait for the device as many times, several share a wait. */
  private void force(List<AtomicFile> contents) throws IOException {
    if (durability == Durability.FORCED) {
      try (ExecutorService threads = Executors.newFixedThreadPool(FORCING_THREADS)) {
        contents.stream()
            .map(content -> CompletableFuture.runAsync(() -> force(content), threads))
            .toList()
            .forEach(CompletableFuture::join);
      } catch (CompletionException e) {
        if (e.getCause() instanceof UncheckedIOException failure) {
          throw failure.getCause();
        }
        throw e;
      }
    }
  }

  private void force(AtomicFile content) {
    try {
      force(content.temporary());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void force(Path path) throws IOException {
    if (durability == Durability.FORCED) {
      try {
        files.operations().force(path);
      } catch (IOException e) {
        throw new NamedIoException(path + ": cannot be forced to the device", e);
      }
    }
  }

  private void takeName(AtomicFile file) throws IOException {
    try {
      file.takeName();
      if (mode != SliverStore.Mode.ADD) {
        files.add(file.target()); // part of a whole, and goes with it if the rest fails
      }
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  private static NamedIoException cannotWrite(AtomicFile file, IOException e) {
    return new NamedIoException(file.target() + ": cannot be written", e);
  }

  /**
   * Takes away an earlier encoding, its metadata first, and what killed processes left. Other files
   * stay.
   */
  private void removeFormer(List<AtomicFile> contents) throws IOException {
    Set<Path> own = new TreeSet<>();
    contents.forEach(content -> own.add(content.temporary()));
    Predicate<Path> leftBehind =
        file -> AtomicFile.isTemporary(file.getFileName().toString()) && !own.contains(file);
    try {
      files.operations().delete(store.metadataFile());
      force(store.root());
      delete(store.root(), leftBehind);
      for (Axis axis : Axis.values()) {
        delete(
            store.axisDirectory(axis),
            leftBehind.or(file -> DirectoryStore.isSliverName(file.getFileName())));
      }
    } catch (IOException e) {
      throw new NamedIoException(store.root() + ": earlier encoding cannot be removed", e);
    }
  }

  private void delete(Path in, Predicate<Path> doomed) throws IOException {
    for (Path entry : files.operations().list(in)) {
      if (doomed.test(entry)) {
        files.operations().delete(entry);
      }
    }
  }
}
