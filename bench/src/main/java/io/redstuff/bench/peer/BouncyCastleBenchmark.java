package io.redstuff.bench.peer;

import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** BLAKE2b-256 of Bouncy Castle: one message with a prefix byte. Nanoseconds per message. */
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BouncyCastleBenchmark extends PeerBenchmark {
  /** Bytes after the prefix. */
  @Param({"2", "64", "1024", "4820"})
  int messageBytes;

  private final Blake2bDigest blake2b = new Blake2bDigest(256);
  private final byte[] digest = new byte[32];
  private byte[] message;

  /** Makes the message. */
  @Setup
  public void setUp() {
    message = message(messageBytes);
  }

  /** Returns the digest of the message. */
  @Benchmark
  public byte[] hash() {
    blake2b.update(message, 0, message.length);
    blake2b.doFinal(digest, 0);
    return digest;
  }
}
