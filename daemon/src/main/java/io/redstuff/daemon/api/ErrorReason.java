package io.redstuff.daemon.api;

/** Why a daemon refuses something. Those up to {@link #FORBIDDEN_BLOB} are the network's own. */
public enum ErrorReason {
  /** The blob is not stored, or not any more. */
  BLOB_NOT_FOUND,
  /** Too few nodes have given out good slivers. */
  BLOB_UNAVAILABLE,
  /** The blob is longer than what this daemon gives out. */
  BLOB_TOO_LARGE,
  /** The quilt has no such file. */
  QUILT_PATCH_NOT_FOUND,
  /** There is no such range of bytes. */
  INVALID_BYTE_RANGE,
  /** Two checks are asked for that exclude each other. */
  INVALID_CONSISTENCY_CHECK,
  /** Deletable and permanent are asked for at once. */
  INVALID_BLOB_PERSISTENCE,
  /** The request cannot be understood. */
  MALFORMED_REQUEST,
  /** Too few nodes have confirmed. */
  INSUFFICIENT_CONFIRMATIONS,
  /** The nodes do not give the blob out. */
  FORBIDDEN_BLOB,

  /** There is no such route. */
  ROUTE_NOT_FOUND,
  /** The route is there, and not for this method. */
  METHOD_NOT_ALLOWED,
  /** The body of the request is longer than what this daemon takes. */
  BODY_TOO_LARGE,
  /** The header {@code Host} names another host. */
  HOST_NOT_ALLOWED,
  /** The chain has refused it. */
  CHAIN_REFUSED,
  /** The chain does not answer. */
  CHAIN_UNAVAILABLE,
  /** The chain has no shared blobs. */
  SHARING_NOT_SUPPORTED,
  /** This daemon cannot look into the chain. */
  OBJECTS_NOT_SUPPORTED,
  /** Too much is under way. */
  TOO_MANY_REQUESTS,
  /** There is no room for the bytes at the moment. */
  NO_ROOM,
  /** The blob was marked as invalid while it was stored. */
  MARKED_INVALID,
  /** This daemon is shut down. */
  SHUTTING_DOWN,
  /** Something here has failed. */
  INTERNAL_ERROR
}
