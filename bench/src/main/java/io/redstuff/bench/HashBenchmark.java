package io.redstuff.bench;

import io.redstuff.simd.Engine;
import io.redstuff.simd.LeafHasher;
import io.redstuff.simd.hash.Blake2b;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;

/**
 * BLAKE2b-256 of messages that lie back to back, with a prefix byte before each. Nanoseconds per
 * message; the counted bytes are those of the 128-byte blocks that are compressed, padding
 * included, since these are what costs: a message of 64 bytes and its prefix is one block.
 */
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HashBenchmark extends EngineBenchmark {
  /** Messages in one call. */
  static final int MESSAGES = 128;

  private static final int BLOCK_BYTES = 128;
  private static final int SEED = 1;

  /**
   * Bytes after the prefix: the smallest symbol, an inner node's two digests, and longer symbols.
   */
  @Param({"2", "64", "1024", "4820"})
  int messageBytes;

  private final Blake2b blake2b = new Blake2b();
  private LeafHasher hasher;
  private MemorySegment messages;
  private MemorySegment digests;
  private long blockBytes;

  @Override
  void prepare(Engine chosen, Arena memory) {
    hasher = new LeafHasher(chosen, memory);
    messages = SeededBytes.allocate(memory, (long) MESSAGES * messageBytes, SEED);
    digests = memory.allocate((long) MESSAGES * LeafHasher.DIGEST_BYTES, 64);
    blockBytes = (long) BLOCK_BYTES * Math.ceilDiv(1 + messageBytes, BLOCK_BYTES);
  }

  /** The messages without their prefixes, back to back. */
  MemorySegment messages() {
    return messages;
  }

  /** What {@link #manyMessages} wrote, back to back. */
  MemorySegment digests() {
    return digests;
  }

  /** The engine's way: many messages of one length in one call. */
  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public void manyMessages(Bytes bytes) {
    bytes.add(MESSAGES * blockBytes);
    hasher.hash(
        LeafHasher.LEAF_PREFIX,
        messages,
        0,
        messageBytes,
        messageBytes,
        MESSAGES,
        digests,
        0,
        LeafHasher.DIGEST_BYTES);
  }

  /** The readable way, the same for every engine: one message. */
  @Benchmark
  public byte[] oneMessage(Bytes bytes) {
    bytes.add(blockBytes);
    blake2b.update((byte) LeafHasher.LEAF_PREFIX);
    return blake2b.update(messages, 0, messageBytes).digest();
  }
}
