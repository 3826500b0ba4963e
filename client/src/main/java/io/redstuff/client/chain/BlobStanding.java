package io.redstuff.client.chain;

/**
 * What the chain, or the nodes by majority, know of a blob.
 *
 * @since 0.1.0
 */
public enum BlobStanding {
  /** Nobody has registered it. */
  UNKNOWN,
  /** It is registered, and the nodes have not confirmed it yet. */
  REGISTERED,
  /** The network owes it. */
  CERTIFIED,
  /** It was paid for until an epoch that is over, or deleted. */
  EXPIRED,
  /** It was found to be inconsistent: there is no blob that its slivers are the encoding of. */
  INVALID,
  /** The nodes do not give it out. */
  DENIED
}
