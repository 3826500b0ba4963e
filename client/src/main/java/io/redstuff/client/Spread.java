package io.redstuff.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.redstuff.certify.CertificateVerifier;
import io.redstuff.certify.CertifiedBlob;
import io.redstuff.certify.Committee;
import io.redstuff.certify.ConfirmationCollector;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.client.SpreadReport.NodeOutcome;
import io.redstuff.client.TransferMonitor.Stage;
import io.redstuff.client.chain.Registration;
import io.redstuff.error.RedStuffException;
import io.redstuff.error.VerificationException;
import io.redstuff.message.BlobConfirmation;
import io.redstuff.message.Certificate;
import io.redstuff.message.CertificateForm;
import io.redstuff.message.SignedMessage;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Gives all nodes their slivers of a blob, and makes a certificate of what the first of them sign.
 * The others go on.
 */
final class Spread {
  private static final System.Logger LOG = System.getLogger(Spread.class.getName());
  private static final long TICK_MILLIS = 100;

  private final Peers peers;
  private final BlsEngine engine;
  private final BlobConfirmation expected;
  private final BlockingQueue<Confirmed> confirmed = new LinkedBlockingQueue<>();
  private final Set<Thread> uploads = new HashSet<>();
  private boolean cancelled;
  private final Map<Integer, Exception> failures = new ConcurrentHashMap<>();
  private final AtomicInteger underWay;
  private final CompletableFuture<SpreadReport> rest = new CompletableFuture<>();

  /** What a node has signed; nothing if it has failed. */
  private record Confirmed(Peer peer, Optional<SignedMessage<BlobConfirmation>> signed) {}

  private Spread(Peers peers, BlsEngine engine, Registration registration) {
    this.peers = peers;
    this.engine = engine;
    this.expected =
        new BlobConfirmation(
            peers.committee().committee().epoch(),
            registration.blobId(),
            registration.persistence());
    this.underWay = new AtomicInteger(peers.all().size());
  }

  /** Begins to send. The slivers must stay until {@link #rest} completes. */
  static Spread begin(
      Peers peers, BlsEngine engine, EncodedSlivers slivers, Registration registration) {
    Spread spread = new Spread(peers, engine, registration);
    for (Peer peer : peers.all()) {
      NodeUpload upload = new NodeUpload(peers, peer, slivers, registration);
      try {
        peers.threads().execute(() -> spread.run(peer, upload));
      } catch (RejectedExecutionException e) {
        spread.fail(peer, e); // the client was closed just now
      }
    }
    return spread;
  }

  private void run(Peer peer, NodeUpload upload) {
    join();
    try {
      SignedMessage<BlobConfirmation> signed = upload.call();
      if (!signed.message().equals(expected)) {
        throw new IOException(
            "%s: got %s signed, expected %s".formatted(peer, signed.message(), expected));
      }
      end(peer, Optional.of(signed));
    } catch (IOException | InterruptedException | RuntimeException e) {
      fail(peer, e);
    }
  }

  /** Has this thread interrupted when all is cancelled. */
  private synchronized void join() {
    uploads.add(Thread.currentThread());
    if (cancelled) {
      Thread.currentThread().interrupt();
    }
  }

  private void fail(Peer peer, Exception failure) {
    failures.put(peer.position(), failure);
    end(peer, Optional.empty());
  }

  private void end(Peer peer, Optional<SignedMessage<BlobConfirmation>> signed) {
    confirmed.add(new Confirmed(peer, signed));
    if (underWay.decrementAndGet() == 0) {
      rest.complete(report());
    }
  }

  private SpreadReport report() {
    return new SpreadReport(
        peers.all().stream()
            .map(
                peer ->
                    new NodeOutcome(
                        peer.member().nodeId(),
                        peer.member().weight(),
                        Optional.ofNullable(failures.get(peer.position()))))
            .toList());
  }

  /** Completes when no node is being sent anything any more. */
  CompletableFuture<SpreadReport> rest() {
    return rest;
  }

  /** Breaks off what is under way. */
  synchronized void cancel() {
    cancelled = true;
    uploads.forEach(Thread::interrupt);
  }

  /**
   * Waits until enough have signed.
   *
   * @throws SpreadException if so many have failed that it cannot be enough any more
   */
  CertifiedBlob certificate(TransferMonitor monitor)
      throws SpreadException, RedStuffException, InterruptedException {
    Committee committee = peers.committee().committee();
    ConfirmationCollector<BlobConfirmation> collector =
        ConfirmationCollector.of(committee, engine, expected);
    while (!collector.isComplete()) {
      monitor.report(
          Stage.SPREAD, Math.min(collector.weight(), collector.needed()), collector.needed());
      checkPossible(collector.needed());
      Confirmed next = confirmed.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
      if (next != null && next.signed().isPresent()) {
        add(collector, next.peer(), next.signed().get());
      }
    }
    monitor.report(Stage.SPREAD, collector.needed(), collector.needed());
    Certificate<BlobConfirmation> certificate = collector.certificate();
    try {
      return new CertificateVerifier(committee, engine)
          .verify(certificate, expected.blobId(), expected.persistence());
    } catch (VerificationException e) {
      // All its parts were verified. With this anybody can verify the whole again.
      LOG.log(
          Level.ERROR,
          "a certificate of good signatures is bad, says {0}: {1}, of the committee {2}",
          engine,
          HexFormat.of().formatHex(certificate.toBcs(CertificateForm.RUST)),
          new String(peers.committee().toJson(), UTF_8));
      throw e;
    }
  }

  private void add(
      ConfirmationCollector<BlobConfirmation> collector,
      Peer peer,
      SignedMessage<BlobConfirmation> signed) {
    try {
      collector.add(peer.member().key(), signed);
    } catch (RedStuffException e) {
      failures.put(peer.position(), e);
    }
    for (ConfirmationCollector.Rejected rejected : collector.rejected()) {
      int position = peers.committee().committee().position(rejected.member().key()).orElseThrow();
      failures.putIfAbsent(position, rejected.reason());
    }
  }

  private void checkPossible(int needed) throws SpreadException {
    int possible =
        peers.all().stream()
            .filter(peer -> !failures.containsKey(peer.position()))
            .mapToInt(peer -> peer.member().weight())
            .sum();
    if (possible < needed) {
      throw new SpreadException(
          expected.blobId(), needed, possible, List.copyOf(failures.values()));
    }
  }
}
