package io.redstuff.audit;

import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.SliverId;
import io.redstuff.SliverPairIndex;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import io.redstuff.proof.OpeningVerifier;
import io.redstuff.proof.SliverOpening;
import io.redstuff.proof.SymbolClaim;
import io.redstuff.proof.SymbolVerifier;
import io.redstuff.proof.VerifiedOpening;
import io.redstuff.simd.Engine;
import io.redstuff.simd.Engines;
import io.redstuff.stream.WorkMonitor;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Verifies transcripts, with nothing at hand but the statement and the blob ids in it. Each answer
 * must be the one that is asked for, cut from the node's own sliver, and proven up to the blob id;
 * one that is not refuses the whole transcript. Answers that are missing are counted.
 *
 * <p>Not looked at: the signature and the beacon's value, which take a library for signatures.
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class AuditVerifier {
  private static final String ANSWER = "answer to challenge ";

  /** How many symbols are proven between two looks at the monitor. */
  private static final int STEP = 1 << 14;

  private final Engine engine;

  /** A verifier on the engine that this JVM selected. */
  public AuditVerifier() {
    this(Engines.selected());
  }

  /**
   * A verifier on a given engine.
   *
   * @param engine does the hashing
   */
  public AuditVerifier(Engine engine) {
    this.engine = Objects.requireNonNull(engine, "engine");
  }

  /** What the answers need: openings by blob and pair, and which answer needs which. */
  private record Matched(List<OpeningVerifier.Claim> openings, List<AuditChallenge> missed) {}

  /**
   * Verifies a transcript.
   *
   * @param expected the statement that the auditor made. Who has no other may take the transcript's
   *     own, and then knows only that this is an audit, not that it is the one he asked for
   * @param transcript what the node said
   * @param monitor hears of answers and may cancel
   * @return what it shows
   * @throws VerificationException if it is the transcript of another audit or one of its answers is
   *     not what was asked for: {@link Reason#WRONG_STATEMENT}, {@link Reason#WRONG_AXIS}, {@link
   *     Reason#WRONG_CHALLENGE} for another sliver, position or blob, {@link Reason#DUPLICATE} for
   *     a pair that is opened twice; or not proven, as {@link SliverOpening#verify} and {@link
   *     io.redstuff.proof.GeneralRecoverySymbol#verify(io.redstuff.proof.SliverHashes)} say
   * @throws java.util.concurrent.CancellationException if the monitor cancels
   */
  public AuditVerdict verify(
      AuditStatement expected, AuditTranscript transcript, WorkMonitor monitor)
      throws VerificationException {
    AuditStatement statement = transcript.statement();
    if (!statement.equals(expected)) {
      throw new VerificationException(
          Reason.WRONG_STATEMENT,
          "statement: got one with seed %s, expected %s"
              .formatted(statement.seed(), expected.seed()));
    }
    Matched matched = match(transcript);
    try (Arena arena = Arena.ofConfined()) {
      List<VerifiedOpening> openings =
          new OpeningVerifier(engine, arena).verify(statement.parameters(), matched.openings());
      prove(transcript.answers(), openings, new SymbolVerifier(engine, arena), monitor);
    }
    return new AuditVerdict(statement, matched.missed());
  }

  /** Compares answers with challenges, without hashing anything but to derive these. */
  private static Matched match(AuditTranscript transcript) throws VerificationException {
    EncodingParameters parameters = transcript.statement().parameters();
    List<OpeningVerifier.Claim> openings = new ArrayList<>();
    Map<BlobId, Set<SliverPairIndex>> opened = new HashMap<>();
    List<AuditChallenge> missed = new ArrayList<>();
    AuditSequence sequence = new AuditSequence(transcript.statement());
    Iterator<AuditAnswer> answers = transcript.answers().iterator();
    AuditAnswer answer = answers.hasNext() ? answers.next() : null;
    while (sequence.hasNext()) {
      AuditChallenge challenge = sequence.next();
      if (answer == null || answer.number() != challenge.number()) {
        missed.add(challenge);
        continue;
      }
      checkAsked(answer, challenge, parameters);
      if (answer.opening() == openings.size()) {
        SliverOpening opening = transcript.openings().get(answer.opening());
        if (!opened
            .computeIfAbsent(challenge.blob(), _ -> new HashSet<>())
            .add(challenge.pair(parameters))) {
          throw refused(
              Reason.DUPLICATE, answer, "a second opening of pair " + opening.pair(), "the first");
        }
        openings.add(new OpeningVerifier.Claim(opening, challenge.blob()));
      }
      checkOpening(answer, openings.get(answer.opening()), challenge, parameters);
      sequence.answered(answer.symbol());
      answer = answers.hasNext() ? answers.next() : null;
    }
    return new Matched(openings, missed);
  }

  private static void checkAsked(
      AuditAnswer answer, AuditChallenge challenge, EncodingParameters parameters)
      throws VerificationException {
    SliverId source = answer.symbol().source();
    SliverId own = challenge.sliver(parameters);
    if (source.axis() != own.axis()) {
      throw refused(Reason.WRONG_AXIS, answer, "a symbol cut from " + source, own);
    }
    if (!source.equals(own)) {
      throw refused(Reason.WRONG_CHALLENGE, answer, "a symbol cut from " + source, own);
    }
    int position = answer.symbol().targetIndex();
    if (position != challenge.position()) {
      throw refused(Reason.WRONG_CHALLENGE, answer, "symbol " + position, challenge.position());
    }
  }

  private static void checkOpening(
      AuditAnswer answer,
      OpeningVerifier.Claim opening,
      AuditChallenge challenge,
      EncodingParameters parameters)
      throws VerificationException {
    SliverPairIndex pair = challenge.pair(parameters);
    if (!opening.blobId().equals(challenge.blob()) || !opening.opening().pair().equals(pair)) {
      throw refused(
          Reason.WRONG_CHALLENGE,
          answer,
          "the opening of pair %s of %s".formatted(opening.opening().pair(), opening.blobId()),
          "pair %s of %s".formatted(pair, challenge.blob()));
    }
  }

  private static VerificationException refused(
      Reason reason, AuditAnswer answer, String got, Object expected) {
    return new VerificationException(
        reason, ANSWER + answer.number() + ": got " + got + ", expected " + expected);
  }

  private static void prove(
      List<AuditAnswer> answers,
      List<VerifiedOpening> openings,
      SymbolVerifier verifier,
      WorkMonitor monitor)
      throws VerificationException {
    for (int from = 0; from < answers.size(); from += STEP) {
      monitor.report(from, answers.size());
      List<AuditAnswer> now = answers.subList(from, Math.min(answers.size(), from + STEP));
      List<SymbolClaim> claims = new ArrayList<>();
      for (AuditAnswer answer : now) {
        claims.add(new SymbolClaim(openings.get(answer.opening()), answer.symbol()));
      }
      List<VerificationException> failures = new ArrayList<>();
      verifier.verify(
          claims,
          (claim, why) -> {
            if (failures.isEmpty()) {
              int number = now.get(claims.indexOf(claim)).number();
              failures.add(
                  new VerificationException(why.reason(), ANSWER + number + ": " + why.message()));
            }
          });
      if (!failures.isEmpty()) {
        throw failures.getFirst();
      }
    }
    monitor.report(answers.size(), answers.size());
  }
}
