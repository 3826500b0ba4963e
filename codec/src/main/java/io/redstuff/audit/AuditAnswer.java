package io.redstuff.audit;

import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import io.redstuff.proof.GeneralRecoverySymbol;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * What a node says to one challenge: the symbol, cut from its own sliver, with its path to that
 * sliver's hash. The symbol's source is the node's sliver, its target the sliver of the other axis
 * that crosses it at the position asked for.
 *
 * <p>On the wire: u32 number, u32 opening, the general recovery symbol as a byte string.
 *
 * @param number which challenge, from 0 on
 * @param opening which of the transcript's openings has the sliver's hash, from 0 on
 * @param symbol the symbol with its path; nothing is proven
 * @since 0.1.0
 */
public record AuditAnswer(int number, int opening, GeneralRecoverySymbol symbol) {
  private static final String WHAT = "audit answer";

  /** The least that an answer takes: both numbers, a length, a symbol and a path of no bytes. */
  static final int MIN_BCS_LENGTH = 16;

  /**
   * Checks the numbers.
   *
   * @throws IndexOutOfBoundsException if one is negative, or not below {@link
   *     AuditStatement#MAX_CHALLENGES}
   */
  public AuditAnswer {
    Objects.checkIndex(number, AuditStatement.MAX_CHALLENGES);
    Objects.checkIndex(opening, AuditStatement.MAX_CHALLENGES);
    Objects.requireNonNull(symbol, "symbol");
  }

  /**
   * Reads the wire form.
   *
   * @param bcs the whole encoding
   * @return the answer; nothing is proven
   * @throws MalformedDataException if it is not canonical BCS of an answer
   */
  public static AuditAnswer parse(byte[] bcs) throws MalformedDataException {
    return BcsReader.parse(MemorySegment.ofArray(bcs), WHAT, AuditAnswer::read);
  }

  static AuditAnswer read(BcsReader in) throws MalformedDataException {
    int number = AuditBcs.number(in);
    int opening = AuditBcs.index("opening", in);
    return new AuditAnswer(number, opening, in.embedded("symbol", GeneralRecoverySymbol::parse));
  }

  /** {@return the wire form, canonical BCS} */
  public byte[] toBcs() {
    return BcsWriter.toBytes(this::write);
  }

  void write(BcsWriter out) {
    out.u32(number).u32(opening).bytes(MemorySegment.ofArray(symbol.toBcs()));
  }
}
