package io.redstuff.network.ledger.transaction;

import io.redstuff.ObjectId;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * An argument of a call. On the wire: variant 0 and a byte string, variant 1 and 32 bytes, variant
 * 2 and a u16, variant 3 and a u8.
 *
 * @since 0.1.0
 */
public sealed interface CallInput {

  /** A value, in BCS. Immutable. */
  final class Pure implements CallInput {
    private final byte[] bcs;

    /**
     * Holds a value.
     *
     * @param bcs its encoding, copied
     */
    public Pure(byte[] bcs) {
      this.bcs = bcs.clone();
    }

    /** {@return the encoding, a fresh copy} */
    public byte[] bcs() {
      return bcs.clone();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Pure that && Arrays.equals(bcs, that.bcs);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bcs);
    }

    /** {@return the bytes in hexadecimal digits} */
    @Override
    public String toString() {
      return HexFormat.of().formatHex(bcs);
    }
  }

  /**
   * An object that the sender owns.
   *
   * @param id the object
   */
  record Owned(ObjectId id) implements CallInput {
    /**
     * Names an object.
     *
     * @throws NullPointerException if the id is null
     */
    public Owned {
      Objects.requireNonNull(id, "id");
    }
  }

  /**
   * The object that an earlier call of the same transaction gave.
   *
   * @param call the position of the call, from 0 to 65535
   */
  record Result(int call) implements CallInput {
    private static final int LIMIT = 1 << 16;

    /**
     * Names a call.
     *
     * @throws IndexOutOfBoundsException if the position does not fit 16 bits
     */
    public Result {
      Objects.checkIndex(call, LIMIT);
    }
  }

  /**
   * An object that nobody owns.
   *
   * @param object which
   */
  record Shared(SharedObject object) implements CallInput {
    /**
     * Names an object.
     *
     * @throws NullPointerException if it is null
     */
    public Shared {
      Objects.requireNonNull(object, "object");
    }
  }
}
