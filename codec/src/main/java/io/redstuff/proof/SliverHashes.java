package io.redstuff.proof;

import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.SliverId;
import java.lang.foreign.MemorySegment;

/**
 * Hashes of slivers of one blob that are known to belong to its id: those of all slivers, of the
 * two of one pair, or of a single one. Slivers and symbols are proven against them.
 *
 * @since 0.1.0
 */
public sealed interface SliverHashes permits VerifiedMetadata, VerifiedOpening, KnownSliverHash {

  /** {@return the encoding parameters} */
  EncodingParameters parameters();

  /** {@return the id of the blob} */
  BlobId blobId();

  /** {@return the symbol size of all slivers in bytes, even, from 2 to 65534} */
  int symbolSize();

  /**
   * Returns the hash of a sliver: the Merkle root over the {@code n} symbols of its expanded row or
   * column.
   *
   * @param sliver which sliver
   * @return a fresh copy of its 32 bytes, or none if it is not known or there is none
   * @throws IndexOutOfBoundsException if there is no such sliver
   */
  byte[] sliverHash(SliverId sliver);

  /**
   * Compares a digest with the hash of a sliver, without allocating.
   *
   * @param sliver which sliver
   * @param digest memory with the digest in it, native or heap
   * @param offset where in {@code digest} its 32 bytes begin
   * @return whether they are the hash of that sliver, which no bytes are if it is not known or
   *     there is none
   * @throws IndexOutOfBoundsException if there is no such sliver, or the 32 bytes do not lie within
   *     {@code digest}
   */
  boolean matches(SliverId sliver, MemorySegment digest, long offset);
}
