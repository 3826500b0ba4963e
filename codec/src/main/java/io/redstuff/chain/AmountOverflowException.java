package io.redstuff.chain;

import java.io.Serial;

/**
 * An amount of FROST that does not fit 63 bits: more than there will ever be. The contract, which
 * counts in 64 bits, would abort or ask for what nobody has.
 *
 * @since 0.1.0
 */
public final class AmountOverflowException extends ArithmeticException {
  @Serial private static final long serialVersionUID = 1L;

  AmountOverflowException(String message) {
    super(message);
  }
}
