/**
 * Proof that a blob is available: confirmations of storage nodes, collected to a certificate, and
 * certificates verified, offline.
 *
 * <p>A {@link io.redstuff.certify.Committee} says who may vouch, and with how many shards. {@link
 * io.redstuff.certify.NodeSigner} signs for a node, {@link
 * io.redstuff.certify.ConfirmationCollector} makes a certificate of confirmations, {@link
 * io.redstuff.certify.CertificateVerifier} turns one that was received into a {@link
 * io.redstuff.certify.CertifiedBlob}, the only way to which is a check.
 *
 * <p>A {@link io.redstuff.certify.DrandChain} verifies the randomness that audits begin with.
 */
package io.redstuff.certify;
