package io.redstuff.proof;

import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import java.lang.foreign.ValueLayout;

/**
 * A node of a Merkle tree on the wire: empty, or a digest. In memory it is an array of no or 32
 * bytes. An empty node is hashed as 32 zero bytes but is not written like a digest of zeros, so the
 * two are kept apart.
 */
final class Node {

  /** The length of a digest in bytes. */
  static final int DIGEST_BYTES = 32;

  /** The variant of an empty node, which nothing follows. */
  static final int EMPTY_VARIANT = 0;

  /** The variant of a digest, which 32 bytes follow. */
  static final int DIGEST_VARIANT = 1;

  /** The length of an encoded empty node in bytes: the shortest node there is. */
  static final int MIN_BCS_LENGTH = 1;

  /** The length of an encoded digest in bytes: the longest node there is. */
  static final int MAX_BCS_LENGTH = 1 + DIGEST_BYTES;

  /** The empty node. */
  static final byte[] EMPTY = {};

  private Node() {}

  static byte[] read(BcsReader reader, String what) throws MalformedDataException {
    return reader.variant(what, 2) == EMPTY_VARIANT
        ? EMPTY
        : reader.fixed(what, DIGEST_BYTES).toArray(ValueLayout.JAVA_BYTE);
  }

  /** Reads a node for its form only, without copying it. */
  static void skip(BcsReader reader, String what) throws MalformedDataException {
    if (reader.variant(what, 2) != EMPTY_VARIANT) {
      reader.fixed(what, DIGEST_BYTES);
    }
  }

  static void write(BcsWriter writer, byte[] node) {
    writer.variant(isEmpty(node) ? EMPTY_VARIANT : DIGEST_VARIANT).fixed(node);
  }

  static int bcsLength(byte[] node) {
    return 1 + node.length;
  }

  static boolean isEmpty(byte[] node) {
    return node.length == 0;
  }
}
