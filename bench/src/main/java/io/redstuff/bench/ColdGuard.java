package io.redstuff.bench;

import io.redstuff.codec.RedStuff;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Fails when the first call in a JVM is slow: one that chooses freely, with the vector module, must
 * not take much longer than one without the module, and must be faster than one that begins with
 * vectors. Ratios between fresh JVMs, each at its best of a few; no absolute times.
 *
 * <pre>{@code
 * java -cp bench/target/benchmarks.jar io.redstuff.bench.ColdGuard
 * }</pre>
 */
public final class ColdGuard {
  /** Each has the best of its rounds, as other work on the machine only ever adds. */
  private static final int MOST_ROUNDS = 9;

  private static final int LEAST_ROUNDS = 3;

  private static final int SHARDS = 100;

  /** So much that what the module adds to the start is small beside it. */
  private static final int BLOB_BYTES = 16 << 20;

  /** The module costs some start-up, and other work on the machine comes and goes. */
  private static final double AT_MOST = 1.4;

  private static final double AT_LEAST = 1.2;

  private static final String MODULE = "--add-modules=jdk.incubator.vector";

  private ColdGuard() {}

  /** Measures and ends the JVM: with 0 when all is good, with 1 when it is not. */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length > 0) {
      firstCall();
      return;
    }
    long free = Long.MAX_VALUE;
    long plain = Long.MAX_VALUE;
    long vectors = Long.MAX_VALUE;
    boolean good = false;
    for (int round = 0; round < MOST_ROUNDS && !good; round++) {
      free = Math.min(free, nanos(MODULE));
      plain = Math.min(plain, nanos("-Dredstuff.engine=plain"));
      vectors = Math.min(vectors, nanos(MODULE, "-Dredstuff.engine=vector"));
      good = round + 1 >= LEAST_ROUNDS && free <= AT_MOST * plain && vectors >= AT_LEAST * free;
    }
    System.out.printf(
        Locale.ROOT,
        "first call with the vector module: %.2f times as long as without, at most %.2f; beginning"
            + " with vectors %.2f times as long, at least %.2f: %s%n",
        (double) free / plain,
        AT_MOST,
        (double) vectors / free,
        AT_LEAST,
        good ? "good" : "BAD");
    System.exit(good ? 0 : 1);
  }

  /** The nanoseconds of the first call in a JVM with these options. */
  private static long nanos(String... options) throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> words = new ArrayList<>(List.of(java));
    words.addAll(List.of(options));
    String path = System.getProperty("java.class.path");
    words.addAll(List.of("-cp", path, ColdGuard.class.getName(), "call"));
    Process process =
        new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (BufferedReader lines = process.inputReader()) {
      String line = lines.readLine();
      int status = process.waitFor();
      if (status != 0) {
        throw new IOException(words + ": exit code " + status);
      }
      return Long.parseLong(line);
    }
  }

  private static void firstCall() {
    byte[] blob = new byte[BLOB_BYTES];
    new Random(1).nextBytes(blob);
    long from = System.nanoTime();
    RedStuff.forShards(SHARDS).blobId(blob);
    System.out.println(System.nanoTime() - from);
  }
}
