package io.redstuff.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.redstuff.BlobId;

/** A blob of {@link SeededBytes} and the id that the official encoder gives it. */
enum GoldenBlob {
  TEN_SHARDS(10, 1735, 134, "EijBPUGLxHSmy7XF5nmPpa2a9TcjI2ZAoMwXBq8Qi70"),
  HUNDRED_SHARDS(100, 4556, 434, "y7KTTUvw9iBOBlDCBjVQT46PdRwlsGVH3Tbyql5EOhQ");

  final int shards;
  final long length;
  final int seed;
  private final String id;

  GoldenBlob(int shards, long length, int seed, String id) {
    this.shards = shards;
    this.length = length;
    this.seed = seed;
    this.id = id;
  }

  /** Makes this the blob of a benchmark, but for its length. */
  void giveTo(BlobBenchmark benchmark) {
    benchmark.shards = shards;
    benchmark.seed = seed;
  }

  void assertId(BlobId got) {
    assertEquals(id, got.toString());
  }
}
