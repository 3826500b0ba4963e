package io.redstuff.proof;

import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Nodes of a Merkle tree as they are on the wire: each is empty or a digest. An empty node is
 * hashed as 32 zero bytes but not written like a digest of zeros, and the two are kept apart: the
 * nodes lie one after another as they are hashed, and a bit for each says whether it is empty.
 *
 * <p>Immutable.
 */
final class Nodes {

  /** The length of a digest in bytes. */
  static final int DIGEST_BYTES = 32;

  /** The length of an encoded empty node in bytes: the shortest node there is. */
  static final int MIN_BCS_LENGTH = 1;

  /** The length of an encoded digest in bytes: the longest node there is. */
  static final int MAX_BCS_LENGTH = 1 + DIGEST_BYTES;

  private static final int EMPTY_VARIANT = 0;
  private static final int DIGEST_VARIANT = 1;

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  /** Kept in place of any other set without a bit; never written to. */
  private static final BitSet NONE = new BitSet(0);

  private final byte[] digests;
  private final BitSet empty;

  /** Takes ownership: of each empty node the bit is set and the bytes are zero. */
  Nodes(byte[] digests, BitSet empty) {
    this.digests = digests;
    this.empty = empty.isEmpty() ? NONE : empty;
  }

  /** Returns digests that lie one after another, and takes ownership of them. */
  static Nodes ofDigests(byte[] digests) {
    return new Nodes(digests, NONE);
  }

  /** Returns the next nodes, whose names take turns. */
  static Nodes read(BcsReader reader, int count, String... names) throws MalformedDataException {
    byte[] digests = new byte[count * DIGEST_BYTES];
    BitSet empty = new BitSet(count);
    for (int i = 0; i < count; i++) {
      String name = names[i % names.length];
      if (isDigestNext(reader, name)) {
        MemorySegment digest = reader.fixed(name, DIGEST_BYTES);
        MemorySegment.copy(
            digest, ValueLayout.JAVA_BYTE, 0, digests, i * DIGEST_BYTES, DIGEST_BYTES);
      } else {
        empty.set(i);
      }
    }
    return new Nodes(digests, empty);
  }

  /** Reads nodes for their form only, without copying them. */
  static void skip(BcsReader reader, int count, String... names) throws MalformedDataException {
    for (int i = 0; i < count; i++) {
      String name = names[i % names.length];
      if (isDigestNext(reader, name)) {
        reader.fixed(name, DIGEST_BYTES);
      }
    }
  }

  private static boolean isDigestNext(BcsReader reader, String name) throws MalformedDataException {
    return reader.variant(name, DIGEST_VARIANT + 1) == DIGEST_VARIANT;
  }

  void write(BcsWriter writer) {
    MemorySegment all = MemorySegment.ofArray(digests);
    for (int i = 0; i < count(); i++) {
      if (empty.get(i)) {
        writer.variant(EMPTY_VARIANT);
      } else {
        writer.variant(DIGEST_VARIANT).fixed(all.asSlice((long) i * DIGEST_BYTES, DIGEST_BYTES));
      }
    }
  }

  int count() {
    return digests.length / DIGEST_BYTES;
  }

  boolean isEmpty(int index) {
    return empty.get(index);
  }

  /** Returns a copy of the bytes of a digest; none of an empty node. */
  byte[] get(int index) {
    int from = index * DIGEST_BYTES;
    return Arrays.copyOfRange(digests, from, from + (isEmpty(index) ? 0 : DIGEST_BYTES));
  }

  /** Compares a digest with a node, without allocating; none equals an empty one. */
  boolean matches(int index, MemorySegment digest, long offset) {
    long difference = 0;
    for (int i = 0; i < DIGEST_BYTES; i += Long.BYTES) {
      long word = (long) WORD.get(digests, index * DIGEST_BYTES + i);
      difference |= word ^ digest.get(ValueLayout.JAVA_LONG_UNALIGNED, offset + i);
    }
    return difference == 0 && !isEmpty(index);
  }

  /** Returns the nodes as they are hashed, 32 bytes each, not to be written to. */
  byte[] digests() {
    return digests;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Nodes that
        && empty.equals(that.empty)
        && Arrays.equals(digests, that.digests);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(digests) + empty.hashCode();
  }
}
