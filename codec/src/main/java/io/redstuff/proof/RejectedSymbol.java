package io.redstuff.proof;

import io.redstuff.SymbolId;
import io.redstuff.error.VerificationException;
import java.util.Objects;

/**
 * A symbol that was offered and not used, and why.
 *
 * @param id the cell it was offered for
 * @param reason the kind of failure
 * @param message the failure in words and numbers
 * @since 0.1.0
 */
public record RejectedSymbol(SymbolId id, VerificationException.Reason reason, String message) {
  /** A rejected symbol. */
  public RejectedSymbol {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(message, "message");
  }

  static RejectedSymbol of(GeneralRecoverySymbol symbol, VerificationException e) {
    return new RejectedSymbol(symbol.id(), e.reason(), e.getMessage());
  }
}
