package io.redstuff.network.ledger.local;

import io.redstuff.BlobId;
import io.redstuff.ObjectId;
import io.redstuff.SuiAddress;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.chain.Frost;
import io.redstuff.error.VerificationException;
import io.redstuff.network.ledger.Abort;
import io.redstuff.network.ledger.BlobState;
import io.redstuff.network.ledger.Genesis;
import io.redstuff.network.ledger.Ledger;
import io.redstuff.network.ledger.LedgerEvent;
import io.redstuff.network.ledger.LedgerException;
import io.redstuff.network.ledger.Receipt;
import io.redstuff.network.ledger.Supply;
import io.redstuff.network.ledger.SystemState;
import io.redstuff.network.ledger.object.EpochCommittee;
import io.redstuff.network.ledger.object.OwnedObject;
import io.redstuff.network.ledger.object.StorageNode;
import io.redstuff.network.ledger.rule.Executor;
import io.redstuff.network.ledger.rule.LedgerReader;
import io.redstuff.network.ledger.rule.LedgerState;
import io.redstuff.network.ledger.transaction.ChainId;
import io.redstuff.network.ledger.transaction.SignedTransaction;
import io.redstuff.network.ledger.transaction.TransactionDigest;
import io.redstuff.store.Durability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;

/**
 * A ledger in this process: a model of the Walrus contract. Its state is in memory and, if it has a
 * file, there too before anybody sees it.
 *
 * <p>One thread executes all transactions. Those that wait while it writes are written together, so
 * that many at a time cost hardly more than one. If writing fails, so does everything that was to
 * be written and whatever is sent later; what can be read is what the file has.
 *
 * <p>It is a model, and no chain: who has the file can change it, and nothing can be proven to
 * others from it.
 *
 * @since 0.1.0
 */
public final class LocalLedger implements Ledger {
  private final LedgerStore store;
  private final LedgerReader reader;
  private final LedgerWriter writer;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  private LocalLedger(LedgerStore store, LedgerState state, InstantSource clock) {
    this.store = store;
    this.reader = new LedgerReader(state);
    this.writer = new LedgerWriter(store, state, new Executor(state), clock, lock.writeLock());
  }

  /**
   * Begins a ledger that is kept in memory only.
   *
   * @param genesis how it begins
   * @param clock the time
   * @param engine for signatures of nodes
   * @return the ledger
   */
  public static LocalLedger inMemory(Genesis genesis, InstantSource clock, BlsEngine engine) {
    LedgerState state = new LedgerState(engine);
    state.begin(genesis);
    state.publish();
    return new LocalLedger(new MemoryStore(), state, clock);
  }

  /**
   * Begins a ledger in a file.
   *
   * @param file the file of SQLite; it may be there if no ledger is in it. Others beside it have
   *     the same name and an ending more
   * @param genesis how it begins
   * @param clock the time
   * @param engine for signatures of nodes
   * @return the ledger, which forces to the disk what it writes
   * @throws IOException if there is a ledger in the file, or it cannot be written
   */
  public static LocalLedger create(
      Path file, Genesis genesis, InstantSource clock, BlsEngine engine) throws IOException {
    return create(file, Durability.FORCED, genesis, clock, engine);
  }

  /**
   * Begins a ledger in a file.
   *
   * @param file the file of SQLite; it may be there if no ledger is in it. Others beside it have
   *     the same name and an ending more
   * @param durability whether it forces to the disk what it writes
   * @param genesis how it begins
   * @param clock the time
   * @param engine for signatures of nodes
   * @return the ledger
   * @throws IOException if there is a ledger in the file, or it cannot be written
   */
  public static LocalLedger create(
      Path file, Durability durability, Genesis genesis, InstantSource clock, BlsEngine engine)
      throws IOException {
    return load(
        file,
        durability,
        clock,
        engine,
        (store, state) -> {
          if (!state.isEmpty()) {
            throw new IOException(file + ": got a ledger, expected none");
          }
          state.begin(genesis);
          store.write(state, List.of(), List.of());
          state.publish();
        });
  }

  /**
   * Goes on with a ledger in a file.
   *
   * @param file the file of SQLite
   * @param clock the time
   * @param engine for signatures of nodes
   * @return the ledger, as it was when it last wrote; it forces to the disk what it writes
   * @throws IOException if there is no ledger in it, it cannot be read, or it is in use
   */
  public static LocalLedger open(Path file, InstantSource clock, BlsEngine engine)
      throws IOException {
    return open(file, Durability.FORCED, clock, engine);
  }

  /**
   * Goes on with a ledger in a file.
   *
   * @param file the file of SQLite
   * @param durability whether it forces to the disk what it writes
   * @param clock the time
   * @param engine for signatures of nodes
   * @return the ledger, as it was when it last wrote
   * @throws IOException if there is no ledger in it, it cannot be read, or it is in use
   */
  public static LocalLedger open(
      Path file, Durability durability, InstantSource clock, BlsEngine engine) throws IOException {
    if (!Files.exists(file)) {
      throw new IOException(file + ": got no file, expected a ledger");
    }
    return load(
        file,
        durability,
        clock,
        engine,
        (store, state) -> {
          if (state.isEmpty()) {
            throw new IOException(file + ": got no ledger in it, expected one");
          }
        });
  }

  /** What is to be done with what a file holds. */
  @FunctionalInterface
  private interface Start {
    void start(LedgerStore store, LedgerState state) throws IOException;
  }

  private static LocalLedger load(
      Path file, Durability durability, InstantSource clock, BlsEngine engine, Start start)
      throws IOException {
    LedgerStore store = SqliteStore.open(file, durability);
    try {
      LedgerState state = new LedgerState(engine);
      store.load(state);
      start.start(store, state);
      return new LocalLedger(store, state, clock);
    } catch (UncheckedIOException e) {
      store.close();
      throw e.getCause();
    } catch (IOException e) {
      store.close();
      throw e;
    }
  }

  private <T> T read(Function<LedgerReader, T> what) {
    lock.readLock().lock();
    try {
      return what.apply(reader);
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public ChainId chainId() {
    return read(LedgerReader::chainId);
  }

  @Override
  public CompletableFuture<Receipt> submit(SignedTransaction transaction) {
    try {
      transaction.verify();
    } catch (VerificationException e) {
      return CompletableFuture.failedFuture(
          new LedgerException(Abort.INVALID_SIGNATURE, e.getMessage()));
    }
    return writer.submit(transaction.transaction());
  }

  @Override
  public Optional<Receipt> receipt(TransactionDigest digest) {
    return store.receipt(digest);
  }

  @Override
  public long nextSequence(SuiAddress account) {
    return read(from -> from.nextSequence(account));
  }

  @Override
  public Frost balance(SuiAddress account) {
    return read(from -> from.balance(account));
  }

  @Override
  public Optional<OwnedObject> object(ObjectId id) {
    return read(from -> from.object(id));
  }

  @Override
  public List<OwnedObject> owned(SuiAddress account) {
    return read(from -> from.owned(account));
  }

  @Override
  public SystemState system() {
    return read(LedgerReader::system);
  }

  @Override
  public Optional<EpochCommittee> committee(long epoch) {
    return read(from -> from.committee(epoch));
  }

  @Override
  public Optional<StorageNode> node(ObjectId id) {
    return read(from -> from.node(id));
  }

  @Override
  public List<StorageNode> nodes() {
    return read(LedgerReader::nodes);
  }

  @Override
  public BlobState blob(BlobId blobId) {
    return read(from -> from.blob(blobId));
  }

  @Override
  public List<LedgerEvent> events(long from, int most) {
    int visible = (int) Math.max(0, Math.min(most, writer.eventCount() - from));
    return store.events(from, visible);
  }

  @Override
  public boolean awaitEvent(long from, Duration timeout) throws InterruptedException {
    return writer.awaitEvent(from, timeout);
  }

  @Override
  public Supply supply() {
    return read(LedgerReader::supply);
  }

  @Override
  public void close() {
    writer.close();
    store.close();
  }
}
