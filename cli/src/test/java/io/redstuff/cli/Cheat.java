package io.redstuff.cli;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.codec.EncodedBlob;
import io.redstuff.codec.RedStuff;
import io.redstuff.proof.MerkleTree;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.simd.Engines;
import io.redstuff.simd.LeafHasher;
import io.redstuff.store.DirectoryStore;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * A writer who commits to slivers that do not belong together: starts from an honest encoding,
 * changes it, and writes a directory in which every sliver matches the metadata unless said
 * otherwise.
 */
final class Cheat {

  private static final int HASH_BYTES = 32;

  /** What stands before the hashes: id, version, encoding type, length, number of pairs. */
  private static final int HEADER_BYTES = 32 + 2 + Long.BYTES + 1;

  private final RedStuff codec;
  private final EncodingParameters parameters;
  private final Map<SliverId, Sliver> slivers = new TreeMap<>();
  private final byte[] hashes;
  private long blobLength;
  private SliverId uncommitted;

  private Cheat(int shards, byte[] blob) {
    codec = RedStuff.forShards(shards);
    parameters = codec.parameters();
    hashes = new byte[64 * shards];
    blobLength = blob.length;
    for (Axis axis : Axis.values()) {
      take(axis, blob);
    }
  }

  /** An honest writer's slivers, to begin with. */
  static Cheat with(int shards, byte[] blob) {
    return new Cheat(shards, blob);
  }

  /**
   * Puts the primary slivers of one blob and the secondary slivers of another of the same length
   * into {@code directory}, with metadata that every one of them matches.
   */
  static void mix(Path directory, int shards, byte[] primaryBlob, byte[] secondaryBlob)
      throws IOException {
    Cheat cheat = with(shards, primaryBlob);
    cheat.take(Axis.SECONDARY, secondaryBlob);
    cheat.write(directory);
  }

  private void take(Axis axis, byte[] blob) {
    try (EncodedBlob encoded = codec.encode(blob)) {
      for (int i = 0; i < parameters.shards(); i++) {
        Sliver sliver = encoded.sliver(new SliverId(axis, i));
        put(
            Sliver.copyOf(sliver.id(), sliver.symbolSize(), sliver.toBytes()),
            encoded.metadata().sliverHash(sliver.id()));
      }
    }
  }

  /** Changes a byte of a sliver and commits to what is there then. */
  Cheat alter(SliverId id, int byteIndex) {
    byte[] bytes = slivers.get(id).toBytes();
    bytes[byteIndex] ^= 0x40;
    commitTo(Sliver.copyOf(id, slivers.get(id).symbolSize(), bytes));
    return this;
  }

  /** Leaves a sliver as it is and commits to none, with an empty node; for less than 128 shards. */
  Cheat commitToNothing(SliverId id) {
    Arrays.fill(hashes, hashAt(id), hashAt(id) + HASH_BYTES, (byte) 0);
    uncommitted = id;
    return this;
  }

  /**
   * Leaves a sliver as it is and commits to it in a tree over as many leaves as are said: fewer
   * symbols than it expands to, or more.
   */
  Cheat commitInTreeOver(SliverId id, int leaves) {
    put(slivers.get(id), root(slivers.get(id), leaves));
    return this;
  }

  /** Leaves a sliver as it is and commits to another hash, which no sliver has. */
  Cheat commitWrongly(SliverId id) {
    hashes[hashAt(id)] ^= 1;
    return this;
  }

  /** Gives two slivers of one axis each other's content and commits to it. */
  Cheat swap(SliverId a, SliverId b) {
    int size = slivers.get(a).symbolSize();
    byte[] first = slivers.get(a).toBytes();
    byte[] second = slivers.get(b).toBytes();
    commitTo(Sliver.copyOf(a, size, second));
    commitTo(Sliver.copyOf(b, size, first));
    return this;
  }

  /** Commits to a shorter blob than was encoded, so that what follows its end is not zero. */
  Cheat shorten(int bytes) {
    blobLength -= bytes;
    return this;
  }

  /** Writes what {@code redstuff encode} would write; gives the blob id. */
  String write(Path directory) throws IOException {
    DirectoryStore places = DirectoryStore.at(directory);
    for (Sliver sliver : slivers.values()) {
      SliverId id = sliver.id();
      Path file = places.file(id, parameters);
      Files.createDirectories(file.getParent());
      Files.write(file, sliver.toBcs());
    }
    VerifiedMetadata metadata = VerifiedMetadata.ofHashes(parameters, blobLength, hashes);
    byte[] bcs = metadata.toBcs();
    Files.write(places.metadataFile(), uncommitted == null ? bcs : withEmptyNode(bcs));
    return metadata.blobId().toString();
  }

  /** The same id has the metadata in which an empty node stands for a digest of zeros. */
  private byte[] withEmptyNode(byte[] bcs) {
    int node = HEADER_BYTES + hashAt(uncommitted) / HASH_BYTES * (1 + HASH_BYTES);
    byte[] shorter = Arrays.copyOf(bcs, bcs.length - HASH_BYTES);
    int rest = node + 1 + HASH_BYTES;
    System.arraycopy(bcs, rest, shorter, node + 1, bcs.length - rest);
    shorter[node] = 0;
    return shorter;
  }

  private void commitTo(Sliver sliver) {
    put(sliver, root(sliver, parameters.shards()));
  }

  private void put(Sliver sliver, byte[] hash) {
    slivers.put(sliver.id(), sliver);
    System.arraycopy(hash, 0, hashes, hashAt(sliver.id()), HASH_BYTES);
  }

  private int hashAt(SliverId id) {
    return 64 * id.pair(parameters).value() + (id.axis() == Axis.PRIMARY ? 0 : 32);
  }

  /**
   * The root over the first symbols of an expanded sliver, whatever is in it, and zeros after them;
   * over n it is its hash.
   */
  private byte[] root(Sliver sliver, int leaves) {
    int size = sliver.symbolSize();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment symbols = arena.allocate((long) leaves * size);
      for (int i = 0; i < Math.min(leaves, parameters.shards()); i++) {
        MemorySegment.copy(
            codec.symbol(sliver, i), 0, symbols, ValueLayout.JAVA_BYTE, (long) i * size, size);
      }
      LeafHasher hasher = new LeafHasher(Engines.selected(), arena);
      return MerkleTree.ofLeaves(hasher, symbols, 0, size, size, leaves).root();
    }
  }
}
