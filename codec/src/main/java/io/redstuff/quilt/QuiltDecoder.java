package io.redstuff.quilt;

import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the index of a quilt and what stands before the contents of its files, strictly, and from
 * no more columns than these lie in. Lengths are compared with the columns there are before
 * anything is made of them.
 *
 * @param columns of the quilt
 * @param anyIdentifier whether to take identifiers that only the TypeScript writer makes
 * @param <X> what reading columns throws beside failures of input
 */
record QuiltDecoder<X extends Exception>(Columns<X> columns, boolean anyIdentifier) {
  private static final ValueLayout.OfInt U32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** A file whose head was read. */
  record Opened(QuiltPatch patch, long contentsOffset, long length) {}

  /** Reads the index. */
  QuiltIndex readIndex() throws IOException, MalformedDataException, X {
    long columnBytes = columns.columnBytes();
    if (columnBytes < QuiltLayout.INDEX_PREFIX) {
      throw new MalformedDataException(
          0,
          "quilt: got columns of %s bytes, expected at least %s"
              .formatted(columnBytes, QuiltLayout.INDEX_PREFIX));
    }
    try (Arena arena = Arena.ofConfined()) {
      long length = readPrefix(0, "quilt index", arena);
      long most =
          Math.min(QuiltLayout.MAX_INDEX_COLUMNS, columns.count()) * columnBytes
              - QuiltLayout.INDEX_PREFIX;
      checkLength("quilt index", length, most);
      MemorySegment bcs = arena.allocate(length);
      columns.readFrom(0, QuiltLayout.INDEX_PREFIX, bcs);
      int first = (int) Math.ceilDiv(QuiltLayout.INDEX_PREFIX + length, columnBytes);
      return QuiltIndex.parse(bcs, first, columns.count());
    }
  }

  /**
   * Reads what stands before the contents of a file.
   *
   * @param start the first column of the file
   * @param end the first column that is not the file's any more
   */
  Opened open(int start, int end) throws IOException, MalformedDataException, X {
    if (end > columns.count()) {
      throw new MalformedDataException(
          0, "patch: got columns up to %s, expected at most %s".formatted(end, columns.count()));
    }
    long room = (end - start) * columns.columnBytes();
    checkLength("head of a patch", Quilt.PATCH_HEADER, room);
    try (Arena arena = Arena.ofConfined()) {
      long body = readPrefix(start, "patch", arena);
      checkLength("patch", body, room - Quilt.PATCH_HEADER);
      if (Math.ceilDiv(Quilt.PATCH_HEADER + body, columns.columnBytes()) < end - start) {
        throw new MalformedDataException(
            1,
            "patch: got a length of %s, expected one that takes all of %s columns"
                .formatted(body, end - start));
      }
      MemorySegment mask = arena.allocate(1);
      columns.readFrom(start, QuiltLayout.INDEX_PREFIX, mask);
      boolean tagged = (mask.get(ValueLayout.JAVA_BYTE, 0) & Quilt.TAGS_FOLLOW) != 0;

      long limit = Quilt.PATCH_HEADER + body;
      Field name = readField(start, Quilt.PATCH_HEADER, limit, "identifier", arena);
      String identifier = name.parse("identifier", in -> Text.read(in, "identifier"));
      Optional<String> fault = anyIdentifier ? Optional.empty() : Identifiers.fault(identifier);
      if (fault.isPresent()) {
        throw new MalformedDataException(name.offset(), fault.get());
      }
      long at = name.end();
      Map<String, String> tags = Map.of();
      if (tagged) {
        Field field = readField(start, at, limit, "tags", arena);
        tags = field.parse("tags", Tags::read);
        at = field.end();
      }
      return new Opened(new QuiltPatch(identifier, tags, start, end), at, limit - at);
    }
  }

  /** Reads contents of a file from one of its bytes on. */
  void read(Opened file, long offset, MemorySegment target) throws IOException, X {
    columns.readFrom(file.patch().startIndex(), file.contentsOffset() + offset, target);
  }

  /** Reads a version and a length. */
  private long readPrefix(int column, String what, Arena arena)
      throws IOException, MalformedDataException, X {
    MemorySegment prefix = arena.allocate(QuiltLayout.INDEX_PREFIX);
    columns.readFrom(column, 0, prefix);
    int version = Byte.toUnsignedInt(prefix.get(ValueLayout.JAVA_BYTE, 0));
    if (version != Quilt.VERSION) {
      throw new MalformedDataException(
          0, "%s: got version %s, expected %s".formatted(what, version, Quilt.VERSION));
    }
    return Integer.toUnsignedLong(prefix.get(U32, 1));
  }

  private static void checkLength(String what, long length, long most)
      throws MalformedDataException {
    if (length > most) {
      throw new MalformedDataException(
          1, "%s: got a length of %s, expected at most %s".formatted(what, length, most));
    }
  }

  /** What follows a length of two bytes, and where it stands in the patch. */
  private record Field(MemorySegment bytes, long offset) {
    long end() {
      return offset + bytes.byteSize();
    }

    <T> T parse(String what, BcsReader.Parser<T> parser) throws MalformedDataException {
      return BcsReader.parse(bytes, what, parser);
    }
  }

  private Field readField(int column, long offset, long limit, String what, Arena arena)
      throws IOException, MalformedDataException, X {
    checkField(what, offset, Short.BYTES, limit);
    MemorySegment size = arena.allocate(Short.BYTES);
    columns.readFrom(column, offset, size);
    int length = new BcsReader(size).u16(what);
    long start = offset + Short.BYTES;
    checkField(what, start, length, limit);
    MemorySegment bytes = arena.allocate(length);
    columns.readFrom(column, start, bytes);
    return new Field(bytes, start);
  }

  private static void checkField(String what, long offset, int length, long limit)
      throws MalformedDataException {
    if (length > limit - offset) {
      throw new MalformedDataException(
          offset,
          "%s: got %s bytes, expected at most the %s that are left of the patch"
              .formatted(what, length, limit - offset));
    }
  }
}
