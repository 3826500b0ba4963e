package io.redstuff.network.ledger.transaction;

import io.redstuff.FixedBytes;
import io.redstuff.internal.bcs.BcsWriter;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Puts the arguments of a call together, in order. */
final class CallBuilder {
  private final String module;
  private final String function;
  private final List<CallInput> inputs = new ArrayList<>();

  CallBuilder(String module, String function) {
    this.module = module;
    this.function = function;
  }

  CallBuilder shared(SharedObject object) {
    return input(new CallInput.Shared(object));
  }

  CallBuilder input(CallInput input) {
    inputs.add(input);
    return this;
  }

  CallBuilder u8(int value) {
    return pure(out -> out.u8(value));
  }

  CallBuilder u16(int value) {
    return pure(out -> out.u16(value));
  }

  CallBuilder u32(long value) {
    return pure(out -> out.u32(value));
  }

  CallBuilder u64(long value) {
    return pure(out -> out.u64(value));
  }

  /** Adds an id or an address. */
  CallBuilder id(FixedBytes value) {
    return pure(out -> out.fixed(value.toBytes()));
  }

  CallBuilder bytes(byte[] value) {
    return pure(out -> out.bytes(MemorySegment.ofArray(value)));
  }

  CallBuilder text(String value) {
    return pure(out -> out.text(value));
  }

  private CallBuilder pure(Consumer<BcsWriter> value) {
    return input(new CallInput.Pure(BcsWriter.toBytes(value)));
  }

  Call build() {
    return new Call(module, function, inputs);
  }
}
