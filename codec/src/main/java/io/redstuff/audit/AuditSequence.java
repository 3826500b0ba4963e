package io.redstuff.audit;

import io.redstuff.proof.GeneralRecoverySymbol;
import io.redstuff.simd.hash.Blake2b;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.NoSuchElementException;

/**
 * The challenges of an audit, one after another.
 *
 * <p>Challenge i is drawn from {@code h = BLAKE2b-256(tag || seed || u64 i || previous)}: blob,
 * shard, axis and position in this order, {@linkplain UniformDraws each as likely as the others}.
 * In parallel mode {@code previous} is nothing. In sequential mode it is, from the second challenge
 * on, {@code BLAKE2b-256(tag || previous || symbol || siblings)} of the answer before, with the 32
 * bytes of each sibling as they are hashed, and {@code BLAKE2b-256(tag || previous)} if there was
 * none. So nobody can choose among several forms of one answer.
 *
 * <p>Not thread-safe.
 *
 * @since 0.1.0
 */
public final class AuditSequence {
  private final AuditStatement statement;
  private final byte[] seed;
  private final boolean sequential;
  private byte[] previous = {};
  private GeneralRecoverySymbol answer;
  private int next;

  /**
   * Begins with the first challenge.
   *
   * @param statement what all challenges follow from
   */
  public AuditSequence(AuditStatement statement) {
    this.statement = statement;
    this.seed = statement.seed().toBytes();
    this.sequential = statement.mode() == AuditMode.SEQUENTIAL;
  }

  /** {@return whether there are more challenges} */
  public boolean hasNext() {
    return next < statement.challenges();
  }

  /**
   * Returns the next challenge. In sequential mode the one before has to be answered first, or
   * counts as not answered.
   *
   * @return the challenge
   * @throws NoSuchElementException if there are no more
   */
  public AuditChallenge next() {
    if (!hasNext()) {
      throw new NoSuchElementException("challenges: got all " + next);
    }
    if (sequential && next > 0) {
      previous = link();
      answer = null;
    }
    int number = next++;
    byte[] index =
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(number).array();
    UniformDraws draws =
        new UniformDraws(Blake2b.hash(AuditTag.CHALLENGE.bytes(), seed, index, previous));
    return new AuditChallenge(
        number,
        statement.blobs().get(draws.below(statement.blobs().size())),
        statement.shards().get(draws.below(statement.shards().size())),
        statement.axes().axes().get(draws.below(statement.axes().axes().size())),
        draws.below(statement.parameters().shards()));
  }

  /**
   * Tells the answer to the last challenge, from which the next one follows in sequential mode.
   *
   * @param symbol the symbol with its path
   */
  public void answered(GeneralRecoverySymbol symbol) {
    answer = symbol;
  }

  private byte[] link() {
    byte[] tag = AuditTag.ANSWER.bytes();
    return answer == null
        ? Blake2b.hash(tag, previous)
        : Blake2b.hash(tag, previous, answer.data(), answer.proof().digests());
  }
}
