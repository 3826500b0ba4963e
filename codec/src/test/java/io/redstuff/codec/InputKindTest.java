package io.redstuff.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.redstuff.BlobId;
import io.redstuff.SliverPairIndex;
import io.redstuff.agrona.AgronaBuffers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.ExpandableDirectByteBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every kind of input must do alike: give the bytes it shows and no others, and stay as it
 * was.
 */
class InputKindTest {
  private static final RedStuff CODEC = RedStuff.forShards(10);
  private static final byte AROUND = 0x5A;

  /** One way to hand bytes in; both functions get the content that must be seen. */
  record Kind(String name, Function<byte[], BlobId> id, Function<byte[], EncodedBlob> encode) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Kind> kinds() {
    return Stream.of(
            List.of(new Kind("byte[]", CODEC::blobId, CODEC::encode)),
            buffers(),
            segments(),
            agronaBuffers())
        .flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void idsAndEncodingsAreThoseOfTheArray(Kind kind) {
    for (int length : new int[] {0, 1, 55, 56, 57, 1000, 4097}) {
      byte[] content = TestBlobs.bytes(length, length + 1);
      try (EncodedBlob expected = CODEC.encode(content.clone());
          EncodedBlob encoded = kind.encode().apply(content.clone())) {
        assertEquals(expected.blobId(), kind.id().apply(content.clone()));
        assertEquals(expected.blobId(), encoded.blobId());
        for (int p = 0; p < 10; p++) {
          SliverPairIndex pair = new SliverPairIndex(p);
          assertEquals(expected.pair(pair).primary(), encoded.pair(pair).primary());
          assertEquals(expected.pair(pair).secondary(), encoded.pair(pair).secondary());
        }
      }
    }
  }

  private static List<Kind> buffers() {
    IntFunction<ByteBuffer> sliced = size -> ByteBuffer.allocate(size + 30).position(11).slice();
    IntFunction<ByteBuffer> slicedDirect =
        size -> ByteBuffer.allocateDirect(size + 30).position(13).slice();
    return List.of(
        buffer("heap buffer", ByteBuffer::allocate, b -> b),
        buffer("direct buffer", ByteBuffer::allocateDirect, b -> b),
        buffer("heap slice", sliced, b -> b),
        buffer("direct slice", slicedDirect, b -> b),
        buffer("read-only heap buffer", ByteBuffer::allocate, ByteBuffer::asReadOnlyBuffer),
        buffer("read-only direct buffer", ByteBuffer::allocateDirect, ByteBuffer::asReadOnlyBuffer),
        buffer("mapped file", InputKindTest::mapped, b -> b));
  }

  private static Kind buffer(
      String name, IntFunction<ByteBuffer> allocate, UnaryOperator<ByteBuffer> finish) {
    Function<byte[], ByteBuffer> make =
        content -> {
          ByteBuffer buffer = allocate.apply(content.length + 20);
          for (int i = 0; i < buffer.capacity(); i++) {
            buffer.put(i, AROUND);
          }
          buffer.put(7, content).position(7).limit(7 + content.length);
          return finish.apply(buffer);
        };
    return new Kind(
        name,
        content -> {
          ByteBuffer buffer = make.apply(content);
          BlobId id = CODEC.blobId(MemorySegment.ofBuffer(buffer));
          assertEquals(7, buffer.position());
          assertEquals(7 + content.length, buffer.limit());
          byte[] after = new byte[content.length];
          buffer.get(7, after);
          assertArrayEquals(content, after);
          return id;
        },
        content -> CODEC.encode(MemorySegment.ofBuffer(make.apply(content))));
  }

  private static ByteBuffer mapped(int size) {
    try {
      Path file = Files.createTempFile("redstuff", ".map");
      try (FileChannel channel =
          FileChannel.open(
              file,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE)) {
        return channel.map(MapMode.READ_WRITE, 0, size);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Kind> segments() {
    return List.of(
        segment("native segment", size -> Arena.ofAuto().allocate(size)),
        segment("heap segment", size -> MemorySegment.ofArray(new byte[size])),
        // heap memory whose elements are not bytes
        segment("long[] segment", size -> MemorySegment.ofArray(new long[Math.ceilDiv(size, 8)])));
  }

  private static Kind segment(String name, IntFunction<MemorySegment> allocate) {
    Function<byte[], MemorySegment> make =
        content -> {
          MemorySegment whole = allocate.apply(content.length + 20).fill(AROUND);
          MemorySegment.copy(content, 0, whole, ValueLayout.JAVA_BYTE, 3, content.length);
          return whole.asSlice(3, content.length).asReadOnly();
        };
    return new Kind(
        name,
        content -> CODEC.blobId(make.apply(content)),
        content -> CODEC.encode(make.apply(content)));
  }

  private static List<Kind> agronaBuffers() {
    return List.of(
        agrona("Agrona over an array", size -> new UnsafeBuffer(new byte[size])),
        agrona(
            "Agrona over a direct buffer",
            size -> new UnsafeBuffer(ByteBuffer.allocateDirect(size))),
        agrona("expandable Agrona array", ExpandableArrayBuffer::new),
        agrona("expandable Agrona direct buffer", ExpandableDirectByteBuffer::new));
  }

  private static Kind agrona(String name, IntFunction<MutableDirectBuffer> allocate) {
    Function<byte[], DirectBuffer> make =
        content -> {
          MutableDirectBuffer whole = allocate.apply(content.length + 20);
          whole.setMemory(0, whole.capacity(), AROUND);
          whole.putBytes(9, content);
          return new UnsafeBuffer(whole, 9, content.length);
        };
    return new Kind(
        name,
        content -> CODEC.blobId(AgronaBuffers.segment(make.apply(content))),
        content -> CODEC.encode(AgronaBuffers.segment(make.apply(content))));
  }
}
