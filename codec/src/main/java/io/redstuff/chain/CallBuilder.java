package io.redstuff.chain;

import io.redstuff.U256;
import io.redstuff.chain.CallArgument.ObjectInput;
import io.redstuff.chain.CallArgument.PureInput;
import io.redstuff.internal.bcs.BcsWriter;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Puts the arguments of a call together, in order. */
final class CallBuilder {
  private static final String MODULE = "system";

  private final String function;
  private final List<CallArgument> arguments = new ArrayList<>();

  CallBuilder(String function) {
    this.function = function;
  }

  CallBuilder object(String name, String type) {
    arguments.add(new ObjectInput(name, type));
    return this;
  }

  CallBuilder u8(String name, int value) {
    return pure(name, "u8", out -> out.u8(value));
  }

  CallBuilder bool(String name, boolean value) {
    return pure(name, "bool", out -> out.bool(value));
  }

  CallBuilder u32(String name, long value) {
    return pure(name, "u32", out -> out.u32(value));
  }

  CallBuilder u64(String name, long value) {
    return pure(name, "u64", out -> out.u64(value));
  }

  CallBuilder u256(String name, U256 value) {
    return pure(name, "u256", out -> out.fixed(value.toBytes()));
  }

  CallBuilder bytes(String name, byte[] value) {
    return pure(name, "vector<u8>", out -> out.bytes(MemorySegment.ofArray(value)));
  }

  private CallBuilder pure(String name, String type, Consumer<BcsWriter> value) {
    arguments.add(new PureInput(name, type, BcsWriter.toBytes(value)));
    return this;
  }

  MoveCall build() {
    return new MoveCall(MODULE, function, arguments);
  }
}
