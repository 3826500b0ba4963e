package io.redstuff.bench.peer;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** BLAKE2b of libb2, the C library of its authors. */
final class LibB2 {
  static final NativeLibrary LIBRARY = new NativeLibrary("libb2.so.1", "libb2-1");

  private LibB2() {}

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

  /**
   * Hashes one message without a key.
   *
   * @param message the message; native
   * @param digest takes the digest, all of it; native, at most 64 bytes
   * @throws IllegalStateException if the library is not installed
   */
  static void hash(MemorySegment message, MemorySegment digest) {
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
      throw new IllegalArgumentException(
          "libb2 refused a digest of " + digest.byteSize() + " bytes");
    }
  }
}
