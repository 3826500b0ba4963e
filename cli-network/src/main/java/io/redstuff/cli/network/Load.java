package io.redstuff.cli.network;

import io.redstuff.BlobId;
import io.redstuff.cli.show.Progress;
import io.redstuff.client.StoreOptions;
import io.redstuff.client.StoreResult;
import io.redstuff.client.WalrusClient;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Blobs that are stored and read again, some of them at a time, and how long that took. Their
 * contents follow from a seed, so none has to be kept to be compared with what is read.
 */
final class Load {
  private final WalrusClient client;
  private final int size;
  private final int blobs;
  private final int clients;
  private final long seed;
  private final BlobId[] ids;

  Load(WalrusClient client, int size, int blobs, int clients, long seed) {
    this.client = client;
    this.size = size;
    this.blobs = blobs;
    this.clients = clients;
    this.seed = seed;
    this.ids = new BlobId[blobs];
  }

  /** Work on one of the blobs. */
  @FunctionalInterface
  private interface Step {
    /** Returns how long it took, in nanoseconds. */
    long run(int blob) throws IOException, InterruptedException, ExecutionException;
  }

  /** Stores all blobs; each has taken as long as it took to be certified. */
  LoadReport.Work store(Progress progress) throws IOException, InterruptedException {
    return all("store", this::store, progress);
  }

  /** Reads all blobs, and compares them with what was stored. */
  LoadReport.Work read(Progress progress) throws IOException, InterruptedException {
    return all("read", this::read, progress);
  }

  private byte[] content(int blob) {
    byte[] content = new byte[size];
    new Random(seed + blob).nextBytes(content);
    return content;
  }

  private long store(int blob) throws IOException, InterruptedException, ExecutionException {
    byte[] content = content(blob);
    long began = System.nanoTime();
    StoreResult result = client.store(content, new StoreOptions(1, false));
    long took = System.nanoTime() - began;
    ids[blob] = result.blobId();
    // Else what is left of the first blobs would slow down the last ones.
    result.rest().get();
    return took;
  }

  private long read(int blob) throws IOException, InterruptedException {
    long began = System.nanoTime();
    byte[] got = client.read(ids[blob]);
    long took = System.nanoTime() - began;
    if (!Arrays.equals(got, content(blob))) {
      throw new IOException("blob " + ids[blob] + ": got other bytes than were stored");
    }
    return took;
  }

  private LoadReport.Work all(String name, Step step, Progress progress)
      throws IOException, InterruptedException {
    long[] nanos = new long[blobs];
    AtomicInteger next = new AtomicInteger();
    long began = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var working =
          IntStream.range(0, Math.min(clients, blobs))
              .mapToObj(
                  _ ->
                      threads.submit(
                          () -> {
                            for (int i = next.getAndIncrement();
                                i < blobs;
                                i = next.getAndIncrement()) {
                              nanos[i] = step.run(i);
                              progress.step(1);
                            }
                            return null;
                          }))
              .toList();
      try {
        for (Future<?> client : working) {
          client.get();
        }
      } catch (ExecutionException e) {
        throw new IOException(name + ": " + e.getCause().getMessage(), e.getCause());
      } finally {
        next.set(blobs); // after a failure the others end with the blob that they are at
      }
    }
    long took = System.nanoTime() - began;
    Arrays.sort(nanos);
    return LoadReport.Work.of(name, size, nanos, took);
  }
}
