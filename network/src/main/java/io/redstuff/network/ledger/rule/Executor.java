package io.redstuff.network.ledger.rule;

import static io.redstuff.network.ledger.rule.Execution.demand;

import io.redstuff.ObjectId;
import io.redstuff.chain.ChainEvent;
import io.redstuff.network.ledger.Abort;
import io.redstuff.network.ledger.LedgerException;
import io.redstuff.network.ledger.Receipt;
import io.redstuff.network.ledger.transaction.Call;
import io.redstuff.network.ledger.transaction.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Executes transactions on a state, one after the other. Each is executed as a whole or, if it
 * fails, only uses up its sequence number, so that it cannot be sent again. Not thread-safe.
 */
public final class Executor {
  private static final Map<String, Function> FUNCTIONS = functions();

  private final LedgerState state;

  /**
   * Executes on a state.
   *
   * @param state the state
   */
  public Executor(LedgerState state) {
    this.state = state;
  }

  /**
   * What became of a transaction.
   *
   * @param receipt for its sender
   * @param events what is to be told of
   */
  public record Outcome(Receipt receipt, List<ChainEvent> events) {}

  private static Map<String, Function> functions() {
    Map<String, Function> functions = new TreeMap<>();
    StorageFunctions.enter(functions);
    BlobFunctions.enter(functions);
    DenyListFunctions.enter(functions);
    NodeFunctions.enter(functions);
    StakingFunctions.enter(functions);
    EpochFunctions.enter(functions);
    VotingFunctions.enter(functions);
    TransferFunctions.enter(functions);
    return functions;
  }

  /**
   * Executes a transaction whose signature was checked. The changes wait to be written.
   *
   * @param transaction the transaction
   * @param now the time
   * @return what became of it
   * @throws LedgerException if it is refused and nothing has happened: it is for another ledger, or
   *     its sequence number is not the next
   */
  public Outcome execute(Transaction transaction, Instant now) throws LedgerException {
    demand(
        transaction.chain().equals(state.system().chainId()),
        Abort.WRONG_CHAIN,
        "got %s, expected %s",
        transaction.chain(),
        state.system().chainId());
    long sequence = state.account(transaction.sender()).sequence();
    demand(
        transaction.sequence() == sequence,
        Abort.WRONG_SEQUENCE,
        "got %s, expected %s",
        Long.toUnsignedString(transaction.sequence()),
        sequence);
    Execution execution =
        new Execution(state, transaction.sender(), transaction.digest(), now.toEpochMilli());
    List<Optional<ObjectId>> results = new ArrayList<>();
    Optional<Receipt.Failure> failure = Optional.empty();
    try {
      for (Call call : transaction.calls()) {
        results.add(call(execution, call, results));
      }
    } catch (LedgerException e) {
      failure = Optional.of(new Receipt.Failure(e.abort(), results.size(), e.details()));
    } catch (ArithmeticException e) {
      failure =
          Optional.of(
              new Receipt.Failure(
                  Abort.ARITHMETIC, results.size(), String.valueOf(e.getMessage())));
    }
    if (failure.isPresent()) {
      state.rollBack();
      results.clear();
      execution.events().clear();
    }
    useSequence(transaction);
    state.commit();
    Receipt receipt =
        new Receipt(transaction.digest(), Instant.ofEpochMilli(execution.now()), results, failure);
    return new Outcome(receipt, execution.events());
  }

  private static Optional<ObjectId> call(
      Execution execution, Call call, List<Optional<ObjectId>> results) throws LedgerException {
    Function function = FUNCTIONS.get(call.toString());
    demand(
        function != null,
        Abort.FUNCTION_NOT_FOUND,
        "got %s, expected one of %s",
        call,
        FUNCTIONS.keySet());
    return function.call(new Arguments(execution, call.inputs(), results));
  }

  /** Forgets what a transaction did that ended in a fault of the rules. */
  public void rollBack() {
    state.rollBack();
  }

  private void useSequence(Transaction transaction) {
    Account account = state.account(transaction.sender());
    state.put(transaction.sender(), new Account(account.balance(), account.sequence() + 1));
  }
}
