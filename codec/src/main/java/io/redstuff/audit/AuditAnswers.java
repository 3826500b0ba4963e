package io.redstuff.audit;

import io.redstuff.proof.GeneralRecoverySymbol;
import io.redstuff.proof.SliverOpening;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Puts a transcript together of answers that come in the order of their challenges, wherever they
 * were made: each opening is taken once, where it is first needed. What a node keeps in one place
 * {@link AuditProver} answers as a whole.
 *
 * <p>Not thread-safe.
 *
 * @since 0.1.0
 */
public final class AuditAnswers {
  private final AuditStatement statement;
  private final List<SliverOpening> openings = new ArrayList<>();
  private final Map<SliverOpening, Integer> places = new HashMap<>();
  private final List<AuditAnswer> answers = new ArrayList<>();

  /**
   * Begins without answers.
   *
   * @param statement what the challenges follow from
   */
  public AuditAnswers(AuditStatement statement) {
    this.statement = Objects.requireNonNull(statement, "statement");
  }

  /**
   * Adds an answer. Nothing is proven.
   *
   * @param number which challenge it answers, more than those before
   * @param opening the hashes of the pair that the sliver is of
   * @param symbol the symbol with its path
   * @throws IndexOutOfBoundsException if there cannot be a challenge of this number
   */
  public void add(int number, SliverOpening opening, GeneralRecoverySymbol symbol) {
    int place =
        places.computeIfAbsent(
            opening,
            added -> {
              openings.add(added);
              return openings.size() - 1;
            });
    answers.add(new AuditAnswer(number, place, symbol));
  }

  /**
   * Returns all that was added.
   *
   * @return the transcript, not signed
   * @throws IllegalArgumentException if the answers did not come in order, or there is one to no
   *     challenge
   */
  public AuditTranscript transcript() {
    return new AuditTranscript(statement, openings, answers, Optional.empty());
  }
}
