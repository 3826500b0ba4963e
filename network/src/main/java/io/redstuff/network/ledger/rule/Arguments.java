package io.redstuff.network.ledger.rule;

import static io.redstuff.network.ledger.rule.Execution.demand;

import io.redstuff.ObjectId;
import io.redstuff.SuiAddress;
import io.redstuff.U256;
import io.redstuff.chain.Frost;
import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.network.ledger.Abort;
import io.redstuff.network.ledger.LedgerException;
import io.redstuff.network.ledger.object.LedgerObject;
import io.redstuff.network.ledger.object.StorageNode;
import io.redstuff.network.ledger.object.StorageNodeCap;
import io.redstuff.network.ledger.transaction.CallInput;
import io.redstuff.network.ledger.transaction.SharedObject;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;

/**
 * The arguments of a call, taken one after the other. Whatever is not as the function wants it is
 * an {@link Abort#INVALID_ARGUMENT}, with the parameter's name.
 */
final class Arguments {
  private final Execution execution;
  private final List<CallInput> inputs;
  private final List<Optional<ObjectId>> results;
  private int next;

  /** Takes arguments; {@code results} are those of the calls before. */
  Arguments(Execution execution, List<CallInput> inputs, List<Optional<ObjectId>> results) {
    this.execution = execution;
    this.inputs = inputs;
    this.results = results;
  }

  Execution execution() {
    return execution;
  }

  private CallInput take(String name) throws LedgerException {
    demand(next < inputs.size(), Abort.INVALID_ARGUMENT, "%s: got none, expected one", name);
    return inputs.get(next++);
  }

  /** Takes an object that nobody owns. */
  Arguments shared(SharedObject object) throws LedgerException {
    CallInput input = take(object.name());
    demand(
        input.equals(new CallInput.Shared(object)),
        Abort.INVALID_ARGUMENT,
        "%s: got another argument, expected it",
        object);
    return this;
  }

  /** Takes an object of the sender's. */
  <T extends LedgerObject> T object(Class<T> kind, String name) throws LedgerException {
    return execution.owned(kind, id(take(name), name));
  }

  private ObjectId id(CallInput input, String name) throws LedgerException {
    Optional<ObjectId> id =
        switch (input) {
          case CallInput.Owned owned -> Optional.of(owned.id());
          case CallInput.Result result when result.call() < results.size() ->
              results.get(result.call());
          default -> Optional.empty();
        };
    return id.orElseThrow(
        () ->
            new LedgerException(
                Abort.INVALID_ARGUMENT,
                name + ": got " + input + ", expected an object or what an earlier call gave"));
  }

  /** Takes the cap of a node. */
  StorageNodeCap cap() throws LedgerException {
    return object(StorageNodeCap.class, "cap");
  }

  /** Takes the id of a node, and returns the node. */
  StorageNode node(String name) throws LedgerException {
    return execution.state().node(nodeId(name));
  }

  ObjectId nodeId(String name) throws LedgerException {
    return pure(name, in -> ObjectId.of(in.array(name, ObjectId.BYTES)));
  }

  private <T> T pure(String name, BcsReader.Parser<T> parser) throws LedgerException {
    if (take(name) instanceof CallInput.Pure pure) {
      try {
        return BcsReader.parse(MemorySegment.ofArray(pure.bcs()), name, parser);
      } catch (MalformedDataException e) {
        throw new LedgerException(Abort.INVALID_ARGUMENT, e.getMessage());
      }
    }
    throw new LedgerException(Abort.INVALID_ARGUMENT, name + ": got an object, expected a value");
  }

  int u8(String name) throws LedgerException {
    return pure(name, in -> in.u8(name));
  }

  int u16(String name) throws LedgerException {
    return pure(name, in -> in.u16(name));
  }

  long u32(String name) throws LedgerException {
    return pure(name, in -> in.u32(name));
  }

  /** Takes a number of 64 bits, which must be below 2^63: nothing here is as large. */
  long u64(String name) throws LedgerException {
    return pure(name, in -> in.u63(name));
  }

  Frost frost(String name) throws LedgerException {
    return Frost.of(u64(name));
  }

  boolean bool(String name) throws LedgerException {
    return pure(name, in -> in.bool(name));
  }

  U256 u256(String name) throws LedgerException {
    return pure(name, in -> U256.of(in.array(name, U256.BYTES)));
  }

  SuiAddress address(String name) throws LedgerException {
    return pure(name, in -> SuiAddress.of(in.array(name, SuiAddress.BYTES)));
  }

  byte[] bytes(String name) throws LedgerException {
    return pure(name, in -> in.bytes(name).toArray(ValueLayout.JAVA_BYTE));
  }

  String text(String name) throws LedgerException {
    return pure(name, in -> in.text(name));
  }

  /** Checks that there are no more. */
  void end() throws LedgerException {
    demand(
        next == inputs.size(),
        Abort.INVALID_ARGUMENT,
        "got %s arguments, expected %s",
        inputs.size(),
        next);
  }
}
