package io.redstuff.client.api;

/**
 * The reasons that storage nodes give with an error. Others may come: a reason is a text.
 *
 * @since 0.1.0
 */
public enum ErrorReason {
  /** The node has no metadata of the blob. */
  METADATA_NOT_FOUND,
  /** The node does not have the sliver. */
  SLIVER_NOT_FOUND,
  /** The node does not give the blob out. */
  FORBIDDEN_BLOB,
  /** The blob is not registered, as far as the node knows, or has expired. */
  NOT_REGISTERED,
  /** The node does not have all slivers of the blob that belong to its shards. */
  MISSING_SLIVERS,
  /** The node buffers too much already. */
  CACHE_SATURATED,
  /** The sliver is too large. */
  SLIVER_TOO_LARGE,
  /** The metadata is not that of the blob. */
  INVALID_METADATA,
  /** The blob was marked as invalid. */
  INVALID_BLOB,
  /** The sliver is not that of the blob. */
  INVALID_SLIVER,
  /** The sliver says that it is another than the path says. */
  SLIVER_INDEX_MISMATCH,
  /** The blob is encoded in a way that the node does not know. */
  UNSUPPORTED_ENCODING_TYPE,
  /** The shard is another node's. */
  SHARD_NOT_ASSIGNED,
  /** There is no such sliver or symbol. */
  INDEX_OUT_OF_RANGE,
  /** No shard of the node has the symbol. */
  SYMBOL_NOT_PRESENT_AT_SHARDS,
  /** No symbol was asked for. */
  NO_SYMBOLS_SPECIFIED,
  /** The query for symbols is none. */
  INVALID_FILTER,
  /** No sliver was asked for. */
  NO_TARGET_SLIVERS_SPECIFIED,
  /** The proof proves nothing. */
  INVALID_PROOF,
  /** The request is of another epoch. */
  INVALID_EPOCH,
  /** The sender is no node of the committee. */
  REQUEST_UNAUTHORIZED,
  /** More slivers are asked for than the node gives at once. */
  SLIVER_COUNT_EXCEEDS_LIMIT,
  /** The message was not signed by the sender. */
  MESSAGE_VERIFICATION_FAILED,
  /** The body is of another type than the route takes. */
  INVALID_CONTENT_TYPE,
  /** The node has too much to do. */
  UNAVAILABLE,
  /** The node has failed. */
  INTERNAL_ERROR
}
