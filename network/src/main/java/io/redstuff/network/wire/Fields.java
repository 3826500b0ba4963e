package io.redstuff.network.wire;

import io.redstuff.ObjectId;
import io.redstuff.SuiAddress;
import io.redstuff.chain.Frost;
import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Reads and writes fields that several wire forms have. */
public final class Fields {
  private Fields() {}

  /** Reads all bytes of a value that has a wire form of its own. */
  @FunctionalInterface
  public interface Whole<T> {
    /** Returns the value that the bytes encode. */
    T parse(byte[] bcs) throws MalformedDataException;
  }

  /** Reads the id of an object. */
  public static ObjectId id(BcsReader in, String what) throws MalformedDataException {
    return ObjectId.of(in.array(what, ObjectId.BYTES));
  }

  /** Reads the address of an account. */
  public static SuiAddress address(BcsReader in, String what) throws MalformedDataException {
    return SuiAddress.of(in.array(what, SuiAddress.BYTES));
  }

  /** Reads an amount, u64 and below 2^63. */
  public static Frost frost(BcsReader in, String what) throws MalformedDataException {
    return Frost.of(in.u63(what));
  }

  /** Reads a byte string. */
  public static byte[] bytes(BcsReader in, String what) throws MalformedDataException {
    return in.bytes(what).toArray(ValueLayout.JAVA_BYTE);
  }

  /** Writes a byte string. */
  public static void bytes(BcsWriter out, byte[] bytes) {
    out.bytes(MemorySegment.ofArray(bytes));
  }

  /** Reads a byte string that is the wire form of something. */
  public static <T> T embedded(BcsReader in, String what, Whole<T> whole)
      throws MalformedDataException {
    return in.embedded(what, bytes -> whole.parse(bytes.toArray(ValueLayout.JAVA_BYTE)));
  }

  /** Reads a value that may be absent. */
  public static <T> Optional<T> optional(BcsReader in, String what, BcsReader.Parser<T> value)
      throws MalformedDataException {
    return in.bool(what + " present") ? Optional.of(value.parse(in)) : Optional.empty();
  }

  /** Writes a value that may be absent. */
  public static <T> void optional(BcsWriter out, Optional<T> value, Consumer<T> write) {
    out.bool(value.isPresent());
    value.ifPresent(write);
  }

  /** Reads an epoch that may be absent. */
  public static OptionalLong optionalEpoch(BcsReader in, String what)
      throws MalformedDataException {
    return in.bool(what + " present") ? OptionalLong.of(in.u32(what)) : OptionalLong.empty();
  }

  /** Writes an epoch that may be absent. */
  public static void optionalEpoch(BcsWriter out, OptionalLong epoch) {
    out.bool(epoch.isPresent());
    epoch.ifPresent(out::u32);
  }

  /** Reads a vector of values of at least some bytes each. */
  public static <T> List<T> list(BcsReader in, String what, int least, BcsReader.Parser<T> value)
      throws MalformedDataException {
    List<T> values = new ArrayList<>();
    long count = in.count(what, least);
    for (long i = 0; i < count; i++) {
      values.add(value.parse(in));
    }
    return values;
  }

  /** Writes a vector of values. */
  public static <T> void list(BcsWriter out, List<T> values, Consumer<T> write) {
    out.count(values.size());
    values.forEach(write);
  }
}
