package io.redstuff.message;

/**
 * How a certificate is written, of which the two official implementations have each their own.
 *
 * @since 0.1.0
 */
public enum CertificateForm {
  /** As the Rust client and nodes write it: the signature without its length. */
  RUST,
  /** As the TypeScript client writes it: the signature as a byte string, with its length. */
  TYPESCRIPT
}
