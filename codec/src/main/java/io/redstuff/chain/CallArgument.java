package io.redstuff.chain;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * An argument of a call of the contract.
 *
 * @since 0.1.0
 */
public sealed interface CallArgument {

  /** {@return the name of the parameter, as the contract has it} */
  String name();

  /** {@return the type of the parameter in Move, such as {@code u256} or {@code &mut System}} */
  String type();

  /**
   * An object of the chain, which who makes the transaction puts in: only that one knows its
   * version.
   *
   * @param name the name of the parameter
   * @param type its type in Move
   */
  record ObjectInput(String name, String type) implements CallArgument {
    /**
     * Makes one.
     *
     * @throws NullPointerException if a text is null
     */
    public ObjectInput {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(type, "type");
    }
  }

  /** A value, with its bytes. */
  final class PureInput implements CallArgument {
    private final String name;
    private final String type;
    private final byte[] bcs;

    PureInput(String name, String type, byte[] bcs) {
      this.name = name;
      this.type = type;
      this.bcs = bcs;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public String type() {
      return type;
    }

    /** {@return the value in BCS, a fresh copy} */
    public byte[] bcs() {
      return bcs.clone();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof PureInput that
          && name.equals(that.name)
          && type.equals(that.type)
          && Arrays.equals(bcs, that.bcs);
    }

    @Override
    public int hashCode() {
      return Objects.hash(name, type, Arrays.hashCode(bcs));
    }

    /** {@return name, type and the bytes in hexadecimal digits} */
    @Override
    public String toString() {
      return name + ": " + type + " = " + HexFormat.of().formatHex(bcs);
    }
  }
}
