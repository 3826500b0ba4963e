package io.redstuff.client;

import io.redstuff.certify.CommitteeMember;
import io.redstuff.client.api.ErrorReason;
import io.redstuff.client.node.NodeException;
import io.redstuff.client.node.StorageNodeClient;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** A node of the committee: how it is asked, and how it has answered so far. Thread-safe. */
final class Peer {
  private static final int MOST_LIES = 1000;
  private static final int FAULTS_PER_LIE = 1000;

  private final int position;
  private final CommitteeMember member;
  private final StorageNodeClient client;
  private final Semaphore permits;
  private final AtomicInteger faults = new AtomicInteger();
  private final AtomicInteger lies = new AtomicInteger();

  Peer(int position, CommitteeMember member, StorageNodeClient client, int requests) {
    this.position = position;
    this.member = member;
    this.client = client;
    this.permits = new Semaphore(requests);
  }

  /** A request to a node. */
  @FunctionalInterface
  interface Request<T> {
    T send(StorageNodeClient node) throws NodeException, InterruptedException;
  }

  int position() {
    return position;
  }

  CommitteeMember member() {
    return member;
  }

  /**
   * Returns how much speaks against asking it: how many requests have failed since the last that
   * was answered well, and much more for each lie.
   */
  int faults() {
    return Math.min(lies.get(), MOST_LIES) * FAULTS_PER_LIE + faults.get();
  }

  /**
   * Counts an answer that was found to be wrong later. It is not forgiven: who lies about one thing
   * may well answer another question.
   */
  void distrust() {
    lies.incrementAndGet();
  }

  /** Sends a request when the node is not asked too much at the same time. */
  <T> T ask(Request<T> request) throws NodeException, InterruptedException {
    permits.acquire();
    try {
      T answer = request.send(client);
      faults.set(0);
      return answer;
    } catch (NodeException e) {
      if (e.kind() != NodeException.Kind.REFUSED || e.isPassing()) {
        faults.incrementAndGet();
      }
      throw e;
    } finally {
      permits.release();
    }
  }

  /** Sends a request, and again if it failed in passing. */
  <T> T askAgain(RetryPolicy retries, Request<T> request)
      throws NodeException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        return ask(request);
      } catch (NodeException e) {
        if (attempt >= retries.attempts() || !isWorthAnother(e)) {
          throw e;
        }
        retries.pause(attempt);
      }
    }
  }

  /** Nodes hear of registrations and metadata a little later than clients. */
  private static boolean isWorthAnother(NodeException e) {
    return e.isPassing()
        || e.is(ErrorReason.NOT_REGISTERED)
        || e.is(ErrorReason.METADATA_NOT_FOUND)
        || e.is(ErrorReason.CACHE_SATURATED);
  }

  @Override
  public String toString() {
    return "node %s at %s".formatted(member.nodeId(), client.address());
  }
}
