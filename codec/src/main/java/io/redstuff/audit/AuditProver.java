package io.redstuff.audit;

import io.redstuff.EncodingParameters;
import io.redstuff.SliverId;
import io.redstuff.audit.AuditResponse.Unanswered;
import io.redstuff.internal.work.WorkCrew;
import io.redstuff.proof.GeneralRecoverySymbol;
import io.redstuff.proof.SliverOpening;
import io.redstuff.stream.WorkMonitor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Answers audits from what a node keeps. A sliver that is asked for more than one symbol is read,
 * checked and expanded once: in parallel mode the challenges are sorted by sliver and worked on by
 * several threads, in sequential mode the slivers asked for last are kept as far as memory goes.
 *
 * <p>What cannot be answered, since a sliver is missing or bad or there is nothing of a blob, is
 * told, and keeps nobody from answering the rest.
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class AuditProver {
  /** What is kept in sequential mode unless it is said otherwise, in bytes. */
  public static final long DEFAULT_MEMORY = 256L << 20;

  /** How often the monitor hears: each thread has expanded so many slivers. */
  private static final int SLIVERS_PER_THREAD = 4;

  private final BlobEncodings encodings;
  private final long memory;
  private final int threads;

  private AuditProver(BlobEncodings encodings, long memory, int threads) {
    this.encodings = Objects.requireNonNull(encodings, "encodings");
    this.memory = memory;
    this.threads = threads;
  }

  /**
   * Answers from some encodings, with a thread for each processor.
   *
   * @param encodings where to find what is kept of a blob
   * @return the prover
   */
  public static AuditProver of(BlobEncodings encodings) {
    return new AuditProver(encodings, DEFAULT_MEMORY, Runtime.getRuntime().availableProcessors());
  }

  /**
   * Returns the same with another bound for what is kept in sequential mode.
   *
   * @param bytes how many bytes of expanded slivers and metadata; one sliver is kept whatever its
   *     length
   * @return the prover
   * @throws IllegalArgumentException if the number is not positive
   */
  public AuditProver withMemory(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("memory: got " + bytes + " bytes, expected more than 0");
    }
    return new AuditProver(encodings, bytes, threads);
  }

  /**
   * Returns the same with another number of threads.
   *
   * @param count how many may work in parallel mode, the calling one included
   * @return the prover
   * @throws IllegalArgumentException if the number is not positive
   */
  public AuditProver withParallelism(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("parallelism: got " + count + ", expected at least 1");
    }
    return new AuditProver(encodings, memory, count);
  }

  /** A sliver, and what it is asked for. */
  private record Asked(AuditedBlob blob, SliverId sliver, List<AuditChallenge> challenges) {}

  /** What there is to say to one challenge: a symbol and the opening, or why there is none. */
  record Reply(Optional<GeneralRecoverySymbol> symbol, SliverOpening opening, String reason) {}

  /**
   * Answers all challenges that can be answered.
   *
   * @param statement what is audited
   * @param monitor hears of challenges worked off, and may cancel
   * @return the answers, not signed, and what could not be answered
   * @throws java.util.concurrent.CancellationException if the monitor cancels, or an interrupt ends
   *     the reading of a sliver
   */
  public AuditResponse answer(AuditStatement statement, WorkMonitor monitor) {
    return statement.mode() == AuditMode.PARALLEL
        ? inParallel(statement, monitor)
        : inSequence(statement, monitor);
  }

  private AuditResponse inParallel(AuditStatement statement, WorkMonitor monitor) {
    List<AuditChallenge> challenges = new ArrayList<>(statement.challenges());
    for (AuditSequence sequence = new AuditSequence(statement); sequence.hasNext(); ) {
      challenges.add(sequence.next());
    }
    List<Asked> all = bySliver(statement.parameters(), challenges);
    Reply[] replies = new Reply[challenges.size()];
    int round = threads * SLIVERS_PER_THREAD;
    long done = 0;
    for (int from = 0; from < all.size(); from += round) {
      monitor.report(done, replies.length);
      List<Asked> now = all.subList(from, Math.min(all.size(), from + round));
      WorkCrew.run(threads, now.size(), (_, i) -> reply(now.get(i), replies));
      done += now.stream().mapToInt(asked -> asked.challenges().size()).sum();
      Collections.fill(now, null); // so that blobs that are done with take no memory
    }
    monitor.report(done, replies.length);
    Collected collected = new Collected(statement);
    challenges.forEach(challenge -> collected.add(challenge, replies[challenge.number()]));
    return collected.response();
  }

  /** Sorts challenges by sliver; those of one blob come one after another. */
  private List<Asked> bySliver(EncodingParameters parameters, List<AuditChallenge> challenges) {
    List<AuditChallenge> sorted = new ArrayList<>(challenges);
    sorted.sort(
        Comparator.comparing(AuditChallenge::blob)
            .thenComparing(AuditChallenge::shard)
            .thenComparing(AuditChallenge::axis));
    List<Asked> all = new ArrayList<>();
    AuditChallenge previous = null;
    for (AuditChallenge challenge : sorted) {
      boolean sameBlob = previous != null && previous.blob().equals(challenge.blob());
      SliverId sliver = challenge.sliver(parameters);
      if (!sameBlob || !all.getLast().sliver().equals(sliver)) {
        AuditedBlob blob =
            sameBlob
                ? all.getLast().blob()
                : new AuditedBlob(encodings, challenge.blob(), parameters);
        all.add(new Asked(blob, sliver, new ArrayList<>()));
      }
      all.getLast().challenges().add(challenge);
      previous = challenge;
    }
    return all;
  }

  private static void reply(Asked asked, Reply[] replies) {
    try (AuditedSliver sliver = asked.blob().expand(asked.sliver())) {
      for (AuditChallenge challenge : asked.challenges()) {
        replies[challenge.number()] = sliver.reply(challenge.position());
      }
    }
  }

  private AuditResponse inSequence(AuditStatement statement, WorkMonitor monitor) {
    EncodingParameters parameters = statement.parameters();
    Collected collected = new Collected(statement);
    AuditSequence sequence = new AuditSequence(statement);
    try (KeptSlivers kept = new KeptSlivers(encodings, parameters, memory)) {
      while (sequence.hasNext()) {
        AuditChallenge challenge = sequence.next();
        monitor.report(challenge.number(), statement.challenges());
        Reply reply =
            kept.get(challenge.blob(), challenge.sliver(parameters)).reply(challenge.position());
        reply.symbol().ifPresent(sequence::answered);
        collected.add(challenge, reply);
      }
    }
    monitor.report(statement.challenges(), statement.challenges());
    return collected.response();
  }

  /** Puts a response together of replies that come in the order of the challenges. */
  private static final class Collected {
    private final AuditStatement statement;
    private final AuditAnswers answers;
    private final List<Unanswered> unanswered = new ArrayList<>();

    Collected(AuditStatement statement) {
      this.statement = statement;
      this.answers = new AuditAnswers(statement);
    }

    void add(AuditChallenge challenge, Reply reply) {
      if (reply.symbol().isPresent()) {
        answers.add(challenge.number(), reply.opening(), reply.symbol().get());
      } else {
        SliverId sliver = challenge.sliver(statement.parameters());
        unanswered.add(new Unanswered(challenge, sliver, reply.reason()));
      }
    }

    AuditResponse response() {
      return new AuditResponse(answers.transcript(), unanswered);
    }
  }
}
