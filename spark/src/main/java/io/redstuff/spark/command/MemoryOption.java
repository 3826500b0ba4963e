package io.redstuff.spark.command;

import picocli.CommandLine.Option;

/** What a task may take. */
final class MemoryOption {
  @Option(
      names = "--memory",
      paramLabel = "BYTES",
      defaultValue = "256M",
      description =
          "Native memory of a task; leave twice as much for each core in"
              + " spark.executor.memoryOverhead (default: ${DEFAULT-VALUE}).")
  private ByteCount memory;

  long bytes() {
    return memory.bytes();
  }
}
