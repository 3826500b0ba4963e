package io.redstuff.certify;

import io.redstuff.error.RedStuffException;

/**
 * What became of one of many certificates.
 *
 * @since 0.1.0
 */
public sealed interface Verdict {
  /**
   * It is good.
   *
   * @param blob what it certifies
   */
  record Certified(CertifiedBlob blob) implements Verdict {}

  /**
   * It is not.
   *
   * @param reason why
   */
  record Refused(RedStuffException reason) implements Verdict {}
}
