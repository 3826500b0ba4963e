package io.redstuff.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Takes a valid encoding apart into its fields, in the order in which they stand. */
final class Fields {
  private static final int DIGEST_BYTES = 32;

  /** What a field is, which decides how it is best damaged. */
  enum Type {
    /** ULEB128 that says which variant follows. */
    TAG,
    /** ULEB128 that says whether a node is a digest, which follows. */
    NODE,
    /** ULEB128 that says how much follows. */
    COUNT,
    /** Little-endian number. */
    NUMBER,
    /** Bytes that mean nothing to a parser. */
    BYTES
  }

  /** One field, its bytes as they are written. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares these
  record Field(Type type, byte[] bytes) {}

  private final byte[] in;
  private final List<Field> fields = new ArrayList<>();
  private int at;

  /** Takes {@code valid} apart. */
  Fields(byte[] valid) {
    this.in = valid;
  }

  /** Returns what was read so far. */
  List<Field> list() {
    return new ArrayList<>(fields);
  }

  /** Puts fields together again. */
  static byte[] join(List<Field> fields) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Field field : fields) {
      out.writeBytes(field.bytes());
    }
    return out.toByteArray();
  }

  Fields tag() {
    uleb128(Type.TAG);
    return this;
  }

  Fields number(int bytes) {
    take(Type.NUMBER, bytes);
    return this;
  }

  Fields fixed(int bytes) {
    take(Type.BYTES, bytes);
    return this;
  }

  Fields byteString() {
    return fixed(uleb128(Type.COUNT));
  }

  Fields node() {
    return uleb128(Type.NODE) == 0 ? this : fixed(DIGEST_BYTES);
  }

  Fields proof() {
    for (int left = uleb128(Type.COUNT); left > 0; left--) {
      node();
    }
    return this;
  }

  Fields sliverData() {
    return byteString().number(Short.BYTES).number(Short.BYTES);
  }

  Fields decodingSymbol() {
    return number(Short.BYTES).byteString();
  }

  Fields metadata() {
    fixed(DIGEST_BYTES).tag().tag().number(Long.BYTES);
    for (int left = uleb128(Type.COUNT); left > 0; left--) {
      node().node();
    }
    return this;
  }

  Fields inconsistencyProof() {
    tag().number(Short.BYTES);
    for (int left = uleb128(Type.COUNT); left > 0; left--) {
      decodingSymbol().proof();
    }
    return this;
  }

  Fields auditStatement() {
    fixed(31).number(1).number(Short.BYTES).number(Integer.BYTES).fixed(DIGEST_BYTES);
    for (int left = uleb128(Type.COUNT); left > 0; left--) {
      number(Short.BYTES);
    }
    for (int left = uleb128(Type.COUNT); left > 0; left--) {
      fixed(DIGEST_BYTES);
    }
    number(Integer.BYTES).tag().tag().number(Long.BYTES);
    if (uleb128(Type.TAG) == 1) {
      fixed(DIGEST_BYTES).number(Long.BYTES).fixed(48);
    }
    return fixed(DIGEST_BYTES);
  }

  Fields auditTranscript() {
    fixed(31).number(1).auditStatement();
    for (int left = uleb128(Type.COUNT); left > 0; left--) {
      length().number(Short.BYTES).tag().number(Long.BYTES).node().node().proof();
    }
    for (int left = uleb128(Type.COUNT); left > 0; left--) {
      number(Integer.BYTES).number(Integer.BYTES);
      length().tag().decodingSymbol().number(Short.BYTES).proof();
    }
    if (uleb128(Type.TAG) == 1) {
      fixed(96);
    }
    return this;
  }

  private Fields length() {
    uleb128(Type.COUNT);
    return this;
  }

  private int uleb128(Type type) {
    int end = at;
    int value = 0;
    int shift = 0;
    do {
      value |= (in[end] & 0x7f) << shift;
      shift += 7;
    } while (in[end++] < 0);
    take(type, end - at);
    return value;
  }

  private void take(Type type, int bytes) {
    fields.add(new Field(type, Arrays.copyOfRange(in, at, at + bytes)));
    at += bytes;
  }
}
