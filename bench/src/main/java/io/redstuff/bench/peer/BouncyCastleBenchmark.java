package io.redstuff.bench.peer;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * BLAKE2b-256 of Bouncy Castle: one message, a prefix byte before it as before a leaf. Nanoseconds
 * per message.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class BouncyCastleBenchmark {
  /** Bytes after the prefix. */
  @Param({"2", "64", "1024", "4820"})
  int messageBytes;

  private final Blake2bDigest blake2b = new Blake2bDigest(256);
  private final byte[] digest = new byte[32];
  private byte[] message;

  /** Fills a message with bytes that are the same in every run. */
  @Setup
  public void setUp() {
    message = new byte[1 + messageBytes];
    new Random(0x5EED).nextBytes(message);
    message[0] = 0;
  }

  /**
   * Hashes the message.
   *
   * @return the digest
   */
  @Benchmark
  public byte[] hash() {
    blake2b.update(message, 0, message.length);
    blake2b.doFinal(digest, 0);
    return digest;
  }
}
