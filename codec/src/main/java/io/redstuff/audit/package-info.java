/**
 * Audits: whether a node still has its slivers, and how sure one can be of it.
 *
 * <p>An auditor makes an {@link io.redstuff.audit.AuditStatement}, from which an {@link
 * io.redstuff.audit.AuditSequence} of challenges follows, each for one symbol of one of the node's
 * slivers. The node's {@link io.redstuff.audit.AuditProver} answers with symbols and their paths,
 * in an {@link io.redstuff.audit.AuditTranscript}. Anybody's {@link
 * io.redstuff.audit.AuditVerifier} turns it into an {@link io.redstuff.audit.AuditVerdict} or
 * throws: the blob ids in the statement are all it takes. A verdict never says that all is there;
 * it says how much may be missing, at which risk, and on which assumptions.
 *
 * <p>Nothing here signs, or checks a signature or a beacon. Tags keep the bytes of audits apart
 * from those of the network's messages.
 */
package io.redstuff.audit;
