package io.redstuff.network.ledger.rule;

import io.redstuff.ObjectId;
import io.redstuff.SuiAddress;
import io.redstuff.chain.ChainEvent;
import io.redstuff.chain.Frost;
import io.redstuff.internal.bcs.BcsWriter;
import io.redstuff.network.ledger.Abort;
import io.redstuff.network.ledger.LedgerException;
import io.redstuff.network.ledger.object.LedgerObject;
import io.redstuff.network.ledger.object.OwnedObject;
import io.redstuff.network.ledger.transaction.TransactionDigest;
import io.redstuff.simd.hash.Blake2b;
import java.util.ArrayList;
import java.util.List;

/** What a transaction does while it is executed: the state as it sees it, and whose it is. */
final class Execution {
  private final LedgerState state;
  private final SuiAddress sender;
  private final TransactionDigest digest;
  private final long now;
  private final List<ChainEvent> events = new ArrayList<>();
  private long created;

  /** Begins; {@code now} is in milliseconds since 1970. */
  Execution(LedgerState state, SuiAddress sender, TransactionDigest digest, long now) {
    this.state = state;
    this.sender = sender;
    this.digest = digest;
    this.now = now;
  }

  LedgerState state() {
    return state;
  }

  SuiAddress sender() {
    return sender;
  }

  long now() {
    return now;
  }

  List<ChainEvent> events() {
    return events;
  }

  void emit(ChainEvent event) {
    events.add(event);
  }

  /** Returns an id that no object had before: a hash of the transaction and a number. */
  ObjectId newId() {
    long number = created++;
    byte[] message = BcsWriter.toBytes(out -> out.fixed(digest.toBytes()).u64(number));
    return ObjectId.of(Blake2b.hash(message));
  }

  /** Takes an amount from the sender. */
  void pay(Frost amount) throws LedgerException {
    Account account = state.account(sender);
    long left = account.balance().value() - amount.value();
    if (left < 0) {
      throw new LedgerException(
          Abort.NOT_ENOUGH, "got %s, expected at least %s".formatted(account.balance(), amount));
    }
    state.put(sender, account.withBalance(Frost.of(left)));
  }

  /** Gives an amount, which was taken from somewhere, to an account. */
  void give(SuiAddress recipient, Frost amount) {
    Account account = state.account(recipient);
    state.put(recipient, account.withBalance(account.balance().plus(amount)));
  }

  /** Returns an object of the sender's, which has to be of a kind. */
  <T extends LedgerObject> T owned(Class<T> kind, ObjectId id) throws LedgerException {
    OwnedObject owned =
        state.objects.get(id).orElseThrow(LedgerState.missing(Abort.OBJECT_NOT_FOUND, id));
    if (!owned.owner().equals(sender)) {
      throw new LedgerException(
          Abort.NOT_OWNER, "%s: got sender %s, expected its owner".formatted(id, sender));
    }
    if (!kind.isInstance(owned.object())) {
      throw new LedgerException(
          Abort.INVALID_ARGUMENT,
          "%s: got a %s, expected a %s"
              .formatted(id, owned.object().getClass().getSimpleName(), kind.getSimpleName()));
    }
    return kind.cast(owned.object());
  }

  /** Keeps an object, new or changed, which is the sender's. */
  ObjectId keep(LedgerObject object) {
    return keep(sender, object);
  }

  ObjectId keep(SuiAddress owner, LedgerObject object) {
    state.objects.put(object.id(), new OwnedObject(owner, object));
    return object.id();
  }

  void destroy(LedgerObject object) {
    state.objects.remove(object.id());
  }

  /** Returns if something holds that the contract demands. */
  @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency
  static void demand(boolean holds, Abort abort, String details, Object... values)
      throws LedgerException {
    if (!holds) {
      throw new LedgerException(abort, details.formatted(values));
    }
  }
}
