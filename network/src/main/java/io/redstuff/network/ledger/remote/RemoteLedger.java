package io.redstuff.network.ledger.remote;

import io.redstuff.BlobId;
import io.redstuff.ObjectId;
import io.redstuff.SuiAddress;
import io.redstuff.chain.Frost;
import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.network.ledger.BlobState;
import io.redstuff.network.ledger.Ledger;
import io.redstuff.network.ledger.LedgerEvent;
import io.redstuff.network.ledger.Receipt;
import io.redstuff.network.ledger.Supply;
import io.redstuff.network.ledger.SystemState;
import io.redstuff.network.ledger.object.EpochCommittee;
import io.redstuff.network.ledger.object.OwnedObject;
import io.redstuff.network.ledger.object.StorageNode;
import io.redstuff.network.ledger.transaction.ChainId;
import io.redstuff.network.ledger.transaction.SignedTransaction;
import io.redstuff.network.ledger.transaction.TransactionDigest;
import io.redstuff.network.wire.Fields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A ledger in another process, behind a {@link LedgerServer}. When that cannot be reached, it is
 * tried again for a while; then methods throw {@link UncheckedIOException}. A transaction whose
 * answer was lost is not executed twice.
 *
 * <p>What the server says is believed: there is nothing by which it could be checked.
 *
 * @since 0.1.0
 */
public final class RemoteLedger implements Ledger {
  private final LedgerConnection connection;
  private final TransactionSender sender;
  private final ChainId chainId;

  private RemoteLedger(LedgerConnection connection, Duration patience, ChainId chainId) {
    this.connection = connection;
    this.sender = new TransactionSender(connection, patience);
    this.chainId = chainId;
  }

  /**
   * Connects.
   *
   * @param address of the service, as in {@code http://127.0.0.1:9000}
   * @param patience for how long to try when it cannot be reached
   * @return the ledger
   * @throws IOException if it cannot be reached, or is none
   */
  public static RemoteLedger connect(URI address, Duration patience) throws IOException {
    Objects.requireNonNull(patience, "patience");
    LedgerConnection connection = new LedgerConnection(address, patience);
    try {
      ChainId chainId =
          ask(
              connection,
              "",
              bcs -> BcsReader.parse(MemorySegment.ofArray(bcs), "chain id", RemoteLedger::chain),
              Routes.CHAIN);
      return new RemoteLedger(connection, patience, chainId);
    } catch (UncheckedIOException e) {
      connection.close();
      throw e.getCause();
    }
  }

  private static ChainId chain(BcsReader in) throws MalformedDataException {
    return ChainId.of(in.array("chain id", ChainId.BYTES));
  }

  private static <T> Optional<T> find(
      LedgerConnection connection, String query, Fields.Whole<T> form, String... path) {
    try {
      Optional<byte[]> bcs = connection.get(query, path);
      return bcs.isPresent() ? Optional.of(form.parse(bcs.get())) : Optional.empty();
    } catch (IOException | InterruptedException | MalformedDataException e) {
      throw LedgerConnection.failed(e);
    }
  }

  private static <T> T ask(
      LedgerConnection connection, String query, Fields.Whole<T> form, String... path) {
    return find(connection, query, form, path)
        .orElseThrow(
            () ->
                new UncheckedIOException(
                    new IOException("ledger: got no answer to " + String.join("/", path))));
  }

  private <T> T ask(Fields.Whole<T> form, String... path) {
    return ask(connection, "", form, path);
  }

  private <T> Optional<T> find(Fields.Whole<T> form, String... path) {
    return find(connection, "", form, path);
  }

  private static <T> Fields.Whole<List<T>> list(Fields.Whole<T> form) {
    return bcs ->
        BcsReader.parse(
            MemorySegment.ofArray(bcs),
            "list",
            in -> Fields.list(in, "list", 1, from -> Fields.embedded(from, "element", form)));
  }

  private long number(String account, String what) {
    return ask(
        bcs -> BcsReader.parse(MemorySegment.ofArray(bcs), what, in -> in.u63(what)),
        Routes.ACCOUNTS,
        account,
        what);
  }

  @Override
  public ChainId chainId() {
    return chainId;
  }

  @Override
  public CompletableFuture<Receipt> submit(SignedTransaction transaction) {
    return sender.submit(transaction);
  }

  @Override
  public Optional<Receipt> receipt(TransactionDigest digest) {
    return find(Receipt::parse, Routes.TRANSACTIONS, digest.toString());
  }

  @Override
  public long nextSequence(SuiAddress account) {
    return number(account.toString(), Routes.SEQUENCE);
  }

  @Override
  public Frost balance(SuiAddress account) {
    return Frost.of(number(account.toString(), Routes.BALANCE));
  }

  @Override
  public Optional<OwnedObject> object(ObjectId id) {
    return find(OwnedObject::parse, Routes.OBJECTS, id.toString());
  }

  @Override
  public List<OwnedObject> owned(SuiAddress account) {
    return ask(list(OwnedObject::parse), Routes.ACCOUNTS, account.toString(), Routes.OBJECTS);
  }

  @Override
  public SystemState system() {
    return ask(SystemState::parse, Routes.SYSTEM);
  }

  @Override
  public Optional<EpochCommittee> committee(long epoch) {
    return find(EpochCommittee::parse, Routes.COMMITTEES, Long.toString(epoch));
  }

  @Override
  public Optional<StorageNode> node(ObjectId id) {
    return find(StorageNode::parse, Routes.NODES, id.toString());
  }

  @Override
  public List<StorageNode> nodes() {
    return ask(list(StorageNode::parse), Routes.NODES);
  }

  @Override
  public BlobState blob(BlobId blobId) {
    return ask(BlobState::parse, Routes.BLOBS, blobId.toString());
  }

  @Override
  public List<LedgerEvent> events(long from, int most) {
    List<LedgerEvent> events = new ArrayList<>();
    int wanted;
    List<LedgerEvent> some;
    do {
      wanted = Math.min(most - events.size(), LedgerService.MOST_EVENTS);
      some = events(from + events.size(), wanted, 0);
      events.addAll(some);
    } while (some.size() == wanted && events.size() < most);
    return events;
  }

  private List<LedgerEvent> events(long from, int most, long waitMillis) {
    String query =
        "?%s=%s&%s=%s&%s=%s"
            .formatted(Routes.FROM, from, Routes.MOST, most, Routes.WAIT_MILLIS, waitMillis);
    return ask(connection, query, list(LedgerEvent::parse), Routes.EVENTS);
  }

  @Override
  public boolean awaitEvent(long from, Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    long left = timeout.toMillis();
    while (true) {
      long wait = Math.clamp(left, 0, LedgerService.LONGEST_WAIT.toMillis());
      try {
        if (!events(from, 1, wait).isEmpty()) {
          return true;
        }
      } catch (UncheckedIOException e) {
        if (Thread.interrupted()) {
          throw new InterruptedException("interrupted while waiting for an event");
        }
        throw e;
      }
      left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
      if (left <= 0) {
        return false;
      }
    }
  }

  @Override
  public Supply supply() {
    return ask(Supply::parse, Routes.SUPPLY);
  }

  @Override
  public void close() {
    sender.close();
    connection.close();
  }
}
