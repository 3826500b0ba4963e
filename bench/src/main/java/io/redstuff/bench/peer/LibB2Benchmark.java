package io.redstuff.bench.peer;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * BLAKE2b-256 of libb2, the C library of its authors: one message with a prefix byte. Nanoseconds
 * per message, with the call from Java.
 */
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LibB2Benchmark extends PeerBenchmark {
  static final NativeLibrary LIBRARY = new NativeLibrary("libb2.so.1", "libb2-1");

  /** Bytes after the prefix. */
  @Param({"2", "64", "1024", "4820"})
  int messageBytes;

  private Arena arena;
  private MemorySegment message;
  private MemorySegment digest;

  /** Apart, so that naming the library does not need it. */
  private static final class Handles {
    /** Calls {@code int blake2b(out, in, key, outlen, inlen, keylen)}, which never waits. */
    static final MethodHandle BLAKE2B =
        LIBRARY.function(
            "blake2b",
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG),
            Linker.Option.critical(false));
  }

  /** Makes the message. */
  @Setup
  public void setUp() {
    arena = Arena.ofConfined();
    message = arena.allocateFrom(ValueLayout.JAVA_BYTE, message(messageBytes));
    digest = arena.allocate(32);
  }

  /** Frees the message. */
  @TearDown
  public void tearDown() {
    arena.close();
  }

  /** Returns the digest of the message. */
  @Benchmark
  public MemorySegment hash() {
    int status;
    try {
      status =
          (int)
              Handles.BLAKE2B.invokeExact(
                  digest, message, MemorySegment.NULL, digest.byteSize(), message.byteSize(), 0L);
    } catch (Throwable e) {
      throw NativeLibrary.thrown(e);
    }
    if (status != 0) {
      throw new IllegalStateException("blake2b: got status " + status + ", expected 0");
    }
    return digest;
  }
}
