package io.redstuff.network.ledger;

import io.redstuff.BlobId;
import io.redstuff.ObjectId;
import io.redstuff.SuiAddress;
import io.redstuff.chain.Frost;
import io.redstuff.network.ledger.object.EpochCommittee;
import io.redstuff.network.ledger.object.OwnedObject;
import io.redstuff.network.ledger.object.StorageNode;
import io.redstuff.network.ledger.transaction.ChainId;
import io.redstuff.network.ledger.transaction.SignedTransaction;
import io.redstuff.network.ledger.transaction.TransactionDigest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What nodes and clients see of a chain: they send transactions, ask what is, and follow what
 * happens.
 *
 * <p>What can be read has been made durable: it will still hold after a crash. Each method looks at
 * one moment; between two calls anything may happen. Thread-safe.
 *
 * @since 0.1.0
 */
public interface Ledger extends AutoCloseable {

  /** {@return what the ledger is known by, which stands in its transactions} */
  ChainId chainId();

  /**
   * Sends a transaction. Those that one thread sends one after the other are executed in this
   * order.
   *
   * @param transaction the transaction
   * @return completes when the transaction is executed and durable, whether it succeeded or failed
   *     and used up its sequence number; completes with a {@link LedgerException} if it was refused
   *     and nothing happened ({@link Abort#INVALID_SIGNATURE}, {@link Abort#WRONG_CHAIN}, {@link
   *     Abort#WRONG_SEQUENCE}), and with another exception if the ledger cannot write
   */
  CompletableFuture<Receipt> submit(SignedTransaction transaction);

  /**
   * Sends a transaction and waits for it.
   *
   * @param transaction the transaction
   * @return what it gave
   * @throws LedgerException if it failed or was refused
   * @throws InterruptedException if the thread was interrupted; the transaction may be executed
   *     nevertheless
   */
  default Receipt execute(SignedTransaction transaction)
      throws LedgerException, InterruptedException {
    return LedgerFutures.await(submit(transaction)).orThrow();
  }

  /**
   * Returns what became of a transaction.
   *
   * @param digest the transaction
   * @return its receipt, if it was executed
   */
  Optional<Receipt> receipt(TransactionDigest digest);

  /**
   * Returns the sequence number that an account's next transaction must have.
   *
   * @param account the account
   * @return the number of those that were executed
   */
  long nextSequence(SuiAddress account);

  /**
   * Returns what an account can spend.
   *
   * @param account the account
   * @return the amount; nothing if it is not known
   */
  Frost balance(SuiAddress account);

  /**
   * Returns an object.
   *
   * @param id the object
   * @return the object and its owner, if there is one
   */
  Optional<OwnedObject> object(ObjectId id);

  /**
   * Returns what an account owns.
   *
   * @param account the account
   * @return its objects, by ascending id
   */
  List<OwnedObject> owned(SuiAddress account);

  /** {@return what holds for everybody} */
  SystemState system();

  /**
   * Returns the committee of an epoch.
   *
   * @param epoch the epoch
   * @return its committee, if it is settled; epoch 0 has an empty one
   */
  Optional<EpochCommittee> committee(long epoch);

  /**
   * Returns a node.
   *
   * @param id the node
   * @return the node, if there is one
   */
  Optional<StorageNode> node(ObjectId id);

  /** {@return all nodes, of the committee or not, by ascending id} */
  List<StorageNode> nodes();

  /**
   * Returns what is known of a blob.
   *
   * @param blobId the blob
   * @return what is known, which may be nothing
   */
  BlobState blob(BlobId blobId);

  /**
   * Returns events in order.
   *
   * @param from the number of the first one, from 0
   * @param most how many at most
   * @return the events from that number on
   */
  List<LedgerEvent> events(long from, int most);

  /**
   * Waits until there is an event.
   *
   * @param from the number of the event
   * @param timeout how long to wait
   * @return whether there is one with that number
   * @throws InterruptedException if the thread was interrupted
   */
  boolean awaitEvent(long from, Duration timeout) throws InterruptedException;

  /** {@return where all FROST are} */
  Supply supply();

  /** Ends the ledger, when what was sent is executed. */
  @Override
  void close();
}
