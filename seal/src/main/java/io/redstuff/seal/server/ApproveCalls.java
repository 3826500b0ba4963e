package io.redstuff.seal.server;

import io.redstuff.ObjectId;
import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import io.redstuff.seal.Identity;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The calls of a transaction that asks a policy: each is of a function {@code seal_approve...} of
 * one package, with an id as its first argument. The transaction is never run, so its other inputs
 * are not looked at.
 */
final class ApproveCalls {
  private static final String PREFIX = "seal_approve";
  private static final int OBJECT_KINDS = 3;

  private ApproveCalls() {}

  /** A call, and the identity whose key it asks for. */
  record Call(Identity identity, String module, String function) {}

  /** Writes a transaction with one call that has the id as its only argument, in BCS. */
  static byte[] write(Call call) {
    byte[] id = call.identity().id();
    byte[] pure = BcsWriter.toBytes(out -> out.bytes(MemorySegment.ofArray(id)));
    return BcsWriter.toBytes(
        out ->
            out.count(1)
                .variant(0)
                .bytes(MemorySegment.ofArray(pure))
                .count(1)
                .variant(0)
                .fixed(call.identity().packageId().toBytes())
                .bytes(MemorySegment.ofArray(call.module().getBytes(StandardCharsets.UTF_8)))
                .bytes(MemorySegment.ofArray(call.function().getBytes(StandardCharsets.UTF_8)))
                .count(0)
                .count(1)
                .variant(1)
                .u16(0));
  }

  /** Reads the transaction, in BCS. */
  static List<Call> parse(byte[] transaction) throws MalformedDataException {
    return BcsReader.parse(MemorySegment.ofArray(transaction), "transaction", ApproveCalls::read);
  }

  private static List<Call> read(BcsReader in) throws MalformedDataException {
    List<Optional<byte[]>> inputs = new ArrayList<>();
    for (long left = in.count("inputs", 2); left > 0; left--) {
      inputs.add(readInput(in));
    }
    long at = in.position();
    List<Call> calls = new ArrayList<>();
    for (long left = in.count("commands", 1); left > 0; left--) {
      calls.add(readCall(in, inputs));
      if (!calls.getLast().identity().packageId().equals(calls.getFirst().identity().packageId())) {
        throw new MalformedDataException(at, "commands: got several packages, expected one");
      }
    }
    if (calls.isEmpty()) {
      throw new MalformedDataException(at, "commands: got none, expected 1 or more");
    }
    return calls;
  }

  /** Reads an input and returns its bytes; nothing for an object. */
  private static Optional<byte[]> readInput(BcsReader in) throws MalformedDataException {
    if (in.variant("input", 2) == 0) {
      return Optional.of(in.bytes("pure input").toArray(ValueLayout.JAVA_BYTE));
    }
    int kind = in.variant("object input", OBJECT_KINDS);
    in.fixed("object id", ObjectId.BYTES);
    in.u64("version");
    if (kind == 1) {
      in.bool("mutable");
    } else {
      in.bytes("digest");
    }
    return Optional.empty();
  }

  private static Call readCall(BcsReader in, List<Optional<byte[]>> inputs)
      throws MalformedDataException {
    long at = in.position();
    in.variant("command (expected a call)", 1);
    ObjectId packageId = ObjectId.of(in.array("package", ObjectId.BYTES));
    String module = text(in, "module");
    String function = text(in, "function");
    if (!function.startsWith(PREFIX)) {
      throw new MalformedDataException(
          at, "function: got '%s', expected one that begins with %s".formatted(function, PREFIX));
    }
    if (in.count("type arguments", 1) != 0) {
      throw new MalformedDataException(at, "type arguments: got some, expected none");
    }
    byte[] id = null;
    long arguments = in.count("arguments", 1);
    for (long i = 0; i < arguments; i++) {
      int input = readArgument(in);
      if (i == 0 && input < inputs.size()) {
        id = inputs.get(input).orElse(null);
      }
    }
    if (id == null) {
      throw new MalformedDataException(at, "arguments: got no id as the first, expected bytes");
    }
    return new Call(Identity.of(packageId, idOf(id)), module, function);
  }

  /** Returns which input an argument is; one that there never is for anything else. */
  private static int readArgument(BcsReader in) throws MalformedDataException {
    return switch (in.variant("argument", 4)) {
      case 0 -> Integer.MAX_VALUE;
      case 1 -> in.u16("input");
      case 2 -> {
        in.u16("result");
        yield Integer.MAX_VALUE;
      }
      default -> {
        in.u32("nested result");
        yield Integer.MAX_VALUE;
      }
    };
  }

  private static byte[] idOf(byte[] pure) throws MalformedDataException {
    byte[] id =
        BcsReader.parse(
            MemorySegment.ofArray(pure), "id", in -> in.bytes("id").toArray(ValueLayout.JAVA_BYTE));
    if (id.length > Identity.MAX_ID_BYTES) {
      throw new MalformedDataException(
          0, "id: got %s bytes, expected at most %s".formatted(id.length, Identity.MAX_ID_BYTES));
    }
    return id;
  }

  private static String text(BcsReader in, String what) throws MalformedDataException {
    return new String(in.bytes(what).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
  }
}
