package io.redstuff.fuzz;

import io.redstuff.fuzz.Fields.Field;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Changes a valid encoding where a parser or a verifier has something to decide. */
final class FieldMutation {
  private static final int MOST_CHANGES = 6;
  private static final byte[] HUGE = {-1, -1, -1, -1, 15};
  private static final byte[] TOO_HUGE = {-1, -1, -1, -1, -1, 1};
  private static final Field EMPTY_NODE = new Field(Fields.Type.NODE, new byte[] {0});
  private static final Field DIGEST_NODE = new Field(Fields.Type.NODE, new byte[] {1});
  private static final Field ZERO_DIGEST = new Field(Fields.Type.BYTES, new byte[32]);

  private final Draws draws;
  private final List<Field> fields;

  private FieldMutation(Draws draws, List<Field> fields) {
    this.draws = draws;
    this.fields = fields;
  }

  /**
   * Makes up to six drawn changes.
   *
   * @param valid the fields of a valid encoding
   * @param donor those of another one, from which fields are taken over
   */
  static byte[] mutate(Draws draws, List<Field> valid, List<Field> donor) {
    FieldMutation mutation = new FieldMutation(draws, new ArrayList<>(valid));
    int changes = 1 + draws.below(MOST_CHANGES);
    byte[] tail = {};
    for (int i = 0; i < changes && !mutation.fields.isEmpty(); i++) {
      tail = mutation.change(donor, tail);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(Fields.join(mutation.fields));
    out.writeBytes(tail);
    return out.toByteArray();
  }

  private byte[] change(List<Field> donor, byte[] tail) {
    int at = draws.below(fields.size());
    Field field = fields.get(at);
    switch (draws.below(10)) {
      case 0 -> fields.set(at, new Field(field.type(), flipped(field.bytes())));
      case 1 -> fields.set(at, new Field(field.type(), renumbered(field)));
      case 2 -> fields.remove(at);
      case 3 -> fields.add(at, field);
      case 4 -> fields.set(at, fields.set(draws.below(fields.size()), field));
      case 5 -> fields.set(at, donor.get(draws.below(donor.size())));
      case 6 -> fields.set(at, donor.get(Math.min(at, donor.size() - 1)));
      case 7 -> fields.subList(at, fields.size()).clear();
      case 8 -> emptied(at);
      default -> {
        return draws.bytes(draws.below(5));
      }
    }
    return tail;
  }

  /** A digest becomes an empty node, and that one of zeros, which hashes alike. */
  private void emptied(int at) {
    Field field = fields.get(at);
    if (field.type() == Fields.Type.NODE && field.bytes()[0] == 0) {
      fields.set(at, DIGEST_NODE);
      fields.add(at + 1, ZERO_DIGEST);
    } else if (field.type() == Fields.Type.NODE && at + 1 < fields.size()) {
      fields.set(at, EMPTY_NODE);
      fields.remove(at + 1);
    }
  }

  private byte[] flipped(byte[] bytes) {
    byte[] flipped = bytes.clone();
    if (bytes.length > 0) {
      flipped[draws.below(bytes.length)] ^= (byte) (1 << draws.below(Byte.SIZE));
    }
    return flipped;
  }

  private byte[] renumbered(Field field) {
    return switch (field.type()) {
      case TAG, NODE, COUNT -> renumberedUleb128(field.bytes());
      case NUMBER -> addLittleEndian(field.bytes());
      case BYTES ->
          Arrays.copyOf(field.bytes(), Math.max(0, field.bytes().length - 1 + 2 * draws.below(2)));
    };
  }

  private byte[] renumberedUleb128(byte[] bytes) {
    return switch (draws.below(6)) {
      case 0 -> uleb128(value(bytes) + 1);
      case 1 -> uleb128(Math.max(0, value(bytes) - 1));
      case 2 -> longer(bytes);
      case 3 -> HUGE;
      case 4 -> TOO_HUGE;
      default -> uleb128(draws.below(1 << Short.SIZE));
    };
  }

  private static long value(byte[] uleb128) {
    long value = 0;
    for (int i = 0; i < uleb128.length; i++) {
      value |= (uleb128[i] & 0x7fL) << (7 * i);
    }
    return value;
  }

  private static byte[] uleb128(long value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long rest = value;
    for (; rest >= 0x80; rest >>>= 7) {
      out.write((int) ((rest & 0x7f) | 0x80));
    }
    out.write((int) rest);
    return out.toByteArray();
  }

  /** Returns the same number in one byte more than it needs. */
  private static byte[] longer(byte[] uleb128) {
    byte[] longer = Arrays.copyOf(uleb128, uleb128.length + 1);
    longer[uleb128.length - 1] |= (byte) 0x80;
    return longer;
  }

  private byte[] addLittleEndian(byte[] bytes) {
    byte[] sum = bytes.clone();
    int carry = draws.below(4) < 2 ? 1 : -1;
    for (int i = draws.below(sum.length); i < sum.length && carry != 0; i++) {
      int digit = Byte.toUnsignedInt(sum[i]) + carry;
      sum[i] = (byte) digit;
      carry = digit >> Byte.SIZE;
    }
    return sum;
  }
}
