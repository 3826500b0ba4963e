package io.redstuff.network.ledger.remote;

import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsWriter;
import io.redstuff.network.ledger.Abort;
import io.redstuff.network.ledger.Receipt;
import io.redstuff.network.ledger.transaction.SignedTransaction;
import io.redstuff.network.wire.Fields;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Sends transactions in order, on a thread of its own: as many together as wait while others are on
 * their way. When an answer was lost, it is found out what became of each before it is sent again.
 */
final class TransactionSender implements AutoCloseable {
  private static final int MOST_TOGETHER = 256;

  /** Leaves room for one more of the longest in what a server takes. */
  private static final int BYTES_TOGETHER = LedgerService.MOST_BYTES / 2;

  private static final long PAUSE_MILLIS = 50;

  private final LedgerConnection connection;
  private final Duration patience;
  private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
  private final Thread thread;
  private boolean closed;

  /** A transaction and who waits for it. */
  private static final class Waiting {
    /** Stands at the end of the queue. */
    static final Waiting END = new Waiting(null, new byte[0]);

    private final SignedTransaction transaction;
    private final byte[] bcs;
    private final CompletableFuture<Receipt> receipt = new CompletableFuture<>();

    Waiting(SignedTransaction transaction, byte[] bcs) {
      this.transaction = transaction;
      this.bcs = bcs;
    }
  }

  TransactionSender(LedgerConnection connection, Duration patience) {
    this.connection = connection;
    this.patience = patience;
    this.thread = Thread.ofVirtual().name("ledger sender").start(this::run);
  }

  synchronized CompletableFuture<Receipt> submit(SignedTransaction transaction) {
    if (closed) {
      throw new IllegalStateException("the ledger was closed");
    }
    Waiting waiting = new Waiting(transaction, transaction.toBcs());
    queue.add(waiting);
    return waiting.receipt;
  }

  private void run() {
    try {
      boolean ended = false;
      while (!ended) {
        List<Waiting> together = take();
        ended = together.remove(Waiting.END);
        if (!together.isEmpty()) {
          send(together);
        }
      }
    } catch (InterruptedException _) {
      // closed in a hurry: what waits fails below
    }
    for (Waiting left = queue.poll(); left != null; left = queue.poll()) {
      fail(left, new IOException("the connection was closed"));
    }
  }

  private List<Waiting> take() throws InterruptedException {
    List<Waiting> together = new ArrayList<>();
    Waiting next = queue.take();
    long bytes = 0;
    while (next != null) {
      together.add(next);
      bytes += next.bcs.length;
      boolean more = together.size() < MOST_TOGETHER && bytes < BYTES_TOGETHER;
      next = more ? queue.poll() : null;
    }
    return together;
  }

  private void send(List<Waiting> together) throws InterruptedException {
    List<Waiting> open = together;
    long deadline = System.nanoTime() + patience.toNanos();
    boolean again = false;
    while (!open.isEmpty()) {
      try {
        if (again) {
          open = withoutExecuted(open);
        }
        if (!open.isEmpty()) {
          complete(open, exchange(open), again);
        }
        return;
      } catch (IOException e) {
        if (System.nanoTime() - deadline >= 0) {
          open.forEach(waiting -> fail(waiting, e));
          return;
        }
      } catch (MalformedDataException e) {
        open.forEach(waiting -> fail(waiting, e));
        return;
      }
      again = true;
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  private List<Outcome> exchange(List<Waiting> together)
      throws IOException, InterruptedException, MalformedDataException {
    byte[] body =
        BcsWriter.toBytes(
            out -> Fields.list(out, together, waiting -> Fields.bytes(out, waiting.bcs)));
    List<Outcome> outcomes = Outcome.parse(connection.post(body));
    if (outcomes.size() != together.size()) {
      throw new MalformedDataException(
          0,
          "outcomes: got %s, expected one for each of %s transactions"
              .formatted(outcomes.size(), together.size()));
    }
    return outcomes;
  }

  private void complete(List<Waiting> together, List<Outcome> outcomes, boolean again)
      throws IOException, InterruptedException, MalformedDataException {
    for (int i = 0; i < together.size(); i++) {
      Waiting waiting = together.get(i);
      boolean late =
          again
              && outcomes.get(i) instanceof Outcome.Refused refused
              && refused.abort() == Abort.WRONG_SEQUENCE;
      // What was sent before may have been executed just now, and be refused the second time.
      Optional<Receipt> receipt = late ? receipt(waiting) : Optional.empty();
      if (receipt.isPresent()) {
        waiting.receipt.complete(receipt.get());
      } else {
        outcomes.get(i).complete(waiting.receipt);
      }
    }
  }

  /** Completes those that were executed; returns the others. */
  private List<Waiting> withoutExecuted(List<Waiting> together)
      throws IOException, InterruptedException, MalformedDataException {
    List<Waiting> open = new ArrayList<>();
    for (Waiting waiting : together) {
      Optional<Receipt> receipt = receipt(waiting);
      receipt.ifPresentOrElse(waiting.receipt::complete, () -> open.add(waiting));
    }
    return open;
  }

  private Optional<Receipt> receipt(Waiting waiting)
      throws IOException, InterruptedException, MalformedDataException {
    String digest = waiting.transaction.transaction().digest().toString();
    Optional<byte[]> bcs = connection.get("", Routes.TRANSACTIONS, digest);
    return bcs.isPresent() ? Optional.of(Receipt.parse(bcs.get())) : Optional.empty();
  }

  private static void fail(Waiting waiting, Exception e) {
    waiting.receipt.completeExceptionally(LedgerConnection.failed(e));
  }

  /** Ends when what was submitted is answered, or not to be had. */
  @Override
  public void close() {
    synchronized (this) {
      if (!closed) {
        closed = true;
        queue.add(Waiting.END);
      }
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
        thread.interrupt();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
