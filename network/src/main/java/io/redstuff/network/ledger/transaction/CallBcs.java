package io.redstuff.network.ledger.transaction;

import io.redstuff.ObjectId;
import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** The bytes of calls and their arguments. */
final class CallBcs {
  /** Two empty strings and no argument. */
  static final int SHORTEST = 3;

  private static final int SHORTEST_INPUT = 2;

  private CallBcs() {}

  static Call read(BcsReader in) throws MalformedDataException {
    String module = in.text("module");
    String function = in.text("function");
    long count = in.count("arguments", SHORTEST_INPUT);
    List<CallInput> inputs = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      inputs.add(readInput(in));
    }
    return new Call(module, function, inputs);
  }

  static void write(Call call, BcsWriter out) {
    out.text(call.module()).text(call.function()).count(call.inputs().size());
    call.inputs().forEach(input -> writeInput(input, out));
  }

  private static CallInput readInput(BcsReader in) throws MalformedDataException {
    return switch (in.variant("argument", 4)) {
      case 0 -> new CallInput.Pure(in.bytes("value").toArray(ValueLayout.JAVA_BYTE));
      case 1 -> new CallInput.Owned(ObjectId.of(in.array("object id", ObjectId.BYTES)));
      case 2 -> new CallInput.Result(in.u16("position of a call"));
      default ->
          new CallInput.Shared(
              SharedObject.ofNumber(in.variant("shared object", SharedObject.count())));
    };
  }

  private static void writeInput(CallInput input, BcsWriter out) {
    switch (input) {
      case CallInput.Pure pure -> out.variant(0).bytes(MemorySegment.ofArray(pure.bcs()));
      case CallInput.Owned owned -> out.variant(1).fixed(owned.id().toBytes());
      case CallInput.Result result -> out.variant(2).u16(result.call());
      case CallInput.Shared shared -> out.variant(3).variant(shared.object().number());
    }
  }
}
