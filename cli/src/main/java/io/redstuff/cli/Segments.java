package io.redstuff.cli;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.util.ArrayList;
import java.util.List;

/** Writes memory segments of any size to channels, which speak of buffers of at most 2 GiB. */
final class Segments {

  private static final long LARGEST_BUFFER = 1L << 30;

  private Segments() {}

  /** Writes all of {@code parts}, one after the other, with as few calls as the channel allows. */
  static void writeFully(GatheringByteChannel channel, MemorySegment... parts) throws IOException {
    ByteBuffer[] buffers = buffers(parts).toArray(ByteBuffer[]::new);
    int first = 0;
    while (first < buffers.length) {
      if (buffers[first].hasRemaining()) {
        channel.write(buffers, first, buffers.length - first);
      } else {
        first++;
      }
    }
  }

  private static List<ByteBuffer> buffers(MemorySegment... parts) {
    List<ByteBuffer> buffers = new ArrayList<>();
    for (MemorySegment part : parts) {
      for (long at = 0; at < part.byteSize(); at += LARGEST_BUFFER) {
        buffers.add(
            part.asSlice(at, Math.min(LARGEST_BUFFER, part.byteSize() - at)).asByteBuffer());
      }
    }
    return buffers;
  }
}
