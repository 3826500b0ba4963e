package io.redstuff.network.ledger.remote;

import io.redstuff.BlobId;
import io.redstuff.ObjectId;
import io.redstuff.SuiAddress;
import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import io.redstuff.network.http.Answer;
import io.redstuff.network.http.Answerer;
import io.redstuff.network.http.BadQuestionException;
import io.redstuff.network.http.Question;
import io.redstuff.network.ledger.Ledger;
import io.redstuff.network.ledger.LedgerEvent;
import io.redstuff.network.ledger.LedgerException;
import io.redstuff.network.ledger.Receipt;
import io.redstuff.network.ledger.object.EpochCommittee;
import io.redstuff.network.ledger.object.OwnedObject;
import io.redstuff.network.ledger.object.StorageNode;
import io.redstuff.network.ledger.transaction.SignedTransaction;
import io.redstuff.network.ledger.transaction.TransactionDigest;
import io.redstuff.network.wire.Fields;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/**
 * Answers questions about a ledger, and takes transactions for it. All bodies are BCS. Nobody has
 * to show who it is: transactions are signed, and everybody may read.
 */
final class LedgerService implements Answerer {
  /** The most bytes of transactions that are taken together. */
  static final int MOST_BYTES = 1 << 22;

  /** The most events in one answer. */
  static final int MOST_EVENTS = 1000;

  /** How long an answer may wait for an event. */
  static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private final Ledger ledger;

  /** Makes a service of a ledger, which stays open when the service ends. */
  LedgerService(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public Answer answer(Question question) throws BadQuestionException, InterruptedException {
    try {
      return question.path().size() >= 2 && question.path().getFirst().equals(Routes.VERSION)
          ? answerKnown(question)
          : Answer.nothing();
    } catch (MalformedDataException e) {
      throw new BadQuestionException(e.getMessage());
    }
  }

  private Answer answerKnown(Question question)
      throws MalformedDataException, BadQuestionException, InterruptedException {
    if (question.is("POST", Routes.VERSION, Routes.TRANSACTIONS)) {
      return Answer.binary(Outcome.toBcs(submit(question.body())));
    }
    if (!question.method().equals("GET")) {
      return Answer.nothing();
    }
    List<String> path = question.path();
    String what = path.get(1);
    return switch (path.size()) {
      case 2 -> all(what, question);
      case 3 -> one(what, path.get(2));
      case 4 -> what.equals(Routes.ACCOUNTS) ? account(path.get(2), path.get(3)) : Answer.nothing();
      default -> Answer.nothing();
    };
  }

  private Answer all(String what, Question question)
      throws BadQuestionException, InterruptedException {
    return switch (what) {
      case Routes.CHAIN -> Answer.binary(ledger.chainId().toBytes());
      case Routes.SYSTEM -> Answer.binary(ledger.system().toBcs());
      case Routes.SUPPLY -> Answer.binary(ledger.supply().toBcs());
      case Routes.NODES -> list(ledger.nodes(), StorageNode::toBcs);
      case Routes.EVENTS -> events(question);
      default -> Answer.nothing();
    };
  }

  private Answer events(Question question) throws BadQuestionException, InterruptedException {
    long from = question.number(Routes.FROM, 0, Long.MAX_VALUE);
    int most = (int) question.number(Routes.MOST, MOST_EVENTS, MOST_EVENTS);
    long wait = question.number(Routes.WAIT_MILLIS, 0, LONGEST_WAIT.toMillis());
    if (wait > 0) {
      ledger.awaitEvent(from, Duration.ofMillis(wait));
    }
    return list(ledger.events(from, most), LedgerEvent::toBcs);
  }

  private Answer one(String what, String id) throws MalformedDataException, BadQuestionException {
    return switch (what) {
      case Routes.TRANSACTIONS ->
          optional(ledger.receipt(TransactionDigest.parse(id)), Receipt::toBcs);
      case Routes.OBJECTS -> optional(ledger.object(ObjectId.parse(id)), OwnedObject::toBcs);
      case Routes.NODES -> optional(ledger.node(ObjectId.parse(id)), StorageNode::toBcs);
      case Routes.COMMITTEES -> optional(ledger.committee(epoch(id)), EpochCommittee::toBcs);
      case Routes.BLOBS -> Answer.binary(ledger.blob(BlobId.parse(id)).toBcs());
      default -> Answer.nothing();
    };
  }

  private static long epoch(String text) throws BadQuestionException {
    try {
      return Integer.toUnsignedLong(Integer.parseUnsignedInt(text));
    } catch (NumberFormatException _) {
      throw new BadQuestionException("epoch: got no number, expected one of 32 bits");
    }
  }

  private Answer account(String address, String what) throws MalformedDataException {
    SuiAddress account = SuiAddress.parse(address);
    return switch (what) {
      case Routes.SEQUENCE -> number(ledger.nextSequence(account));
      case Routes.BALANCE -> number(ledger.balance(account).value());
      case Routes.OBJECTS -> list(ledger.owned(account), OwnedObject::toBcs);
      default -> Answer.nothing();
    };
  }

  private static Answer number(long value) {
    return Answer.binary(BcsWriter.toBytes(out -> out.u64(value)));
  }

  private static <T> Answer optional(Optional<T> value, Function<T, byte[]> bcs) {
    return value.map(bcs).map(Answer::binary).orElseGet(Answer::nothing);
  }

  private static <T> Answer list(List<T> values, Function<T, byte[]> bcs) {
    return Answer.binary(
        BcsWriter.toBytes(
            out -> Fields.list(out, values, value -> Fields.bytes(out, bcs.apply(value)))));
  }

  /** Submits all before it waits for any: so they are executed in order, and written together. */
  private List<Outcome> submit(byte[] body) throws MalformedDataException, InterruptedException {
    List<SignedTransaction> transactions =
        BcsReader.parse(
            MemorySegment.ofArray(body),
            "transactions",
            in ->
                Fields.list(
                    in,
                    "transactions",
                    1,
                    from -> Fields.embedded(from, "transaction", SignedTransaction::parse)));
    List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
    for (SignedTransaction transaction : transactions) {
      receipts.add(ledger.submit(transaction));
    }
    List<Outcome> outcomes = new ArrayList<>();
    for (CompletableFuture<Receipt> receipt : receipts) {
      outcomes.add(outcome(receipt));
    }
    return outcomes;
  }

  private static Outcome outcome(CompletableFuture<Receipt> receipt) throws InterruptedException {
    try {
      return new Outcome.Executed(receipt.get());
    } catch (ExecutionException e) {
      return e.getCause() instanceof LedgerException refused
          ? new Outcome.Refused(refused.abort(), refused.details())
          : new Outcome.Broken(String.valueOf(e.getCause().getMessage()));
    }
  }
}
