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
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * A writer who commits to slivers that do not belong together: starts from an honest encoding,
 * changes it, and writes a directory in which every sliver matches the metadata unless said
 * otherwise.
 */
final class Cheat {

  private final RedStuff codec;
  private final EncodingParameters parameters;
  private final Map<SliverId, Sliver> slivers = new TreeMap<>();
  private final byte[] hashes;
  private long blobLength;

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
            Sliver.of(sliver.id(), sliver.symbolSize(), sliver.toBytes()),
            encoded.metadata().sliverHash(sliver.id()));
      }
    }
  }

  /** Changes a byte of a sliver and commits to what is there then. */
  Cheat alter(SliverId id, int byteIndex) {
    byte[] bytes = slivers.get(id).toBytes();
    bytes[byteIndex] ^= 0x40;
    commitTo(Sliver.of(id, slivers.get(id).symbolSize(), bytes));
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
    commitTo(Sliver.of(a, size, second));
    commitTo(Sliver.of(b, size, first));
    return this;
  }

  /** Commits to a shorter blob than was encoded, so that what follows its end is not zero. */
  Cheat shorten(int bytes) {
    blobLength -= bytes;
    return this;
  }

  /** Writes what {@code redstuff encode} would write; gives the blob id. */
  String write(Path directory) throws IOException {
    SliverDirectory places = SliverDirectory.at(directory);
    for (Sliver sliver : slivers.values()) {
      SliverId id = sliver.id();
      Path file = places.file(id.axis(), id.pair(parameters), parameters).path();
      Files.createDirectories(file.getParent());
      Files.write(file, sliver.toBcs());
    }
    VerifiedMetadata metadata = VerifiedMetadata.ofHashes(parameters, blobLength, hashes);
    Files.write(places.metadataFile(), metadata.toBcs());
    return metadata.blobId().toString();
  }

  private void commitTo(Sliver sliver) {
    put(sliver, root(sliver));
  }

  private void put(Sliver sliver, byte[] hash) {
    slivers.put(sliver.id(), sliver);
    System.arraycopy(hash, 0, hashes, hashAt(sliver.id()), 32);
  }

  private int hashAt(SliverId id) {
    return 64 * id.pair(parameters).value() + (id.axis() == Axis.PRIMARY ? 0 : 32);
  }

  /** The hash of a sliver, whatever is in it. */
  private byte[] root(Sliver sliver) {
    int size = sliver.symbolSize();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment symbols = arena.allocate((long) parameters.shards() * size);
      for (int i = 0; i < parameters.shards(); i++) {
        MemorySegment.copy(
            codec.symbol(sliver, i), 0, symbols, ValueLayout.JAVA_BYTE, (long) i * size, size);
      }
      LeafHasher hasher = new LeafHasher(Engines.selected(), arena);
      return MerkleTree.ofLeaves(hasher, symbols, 0, size, size, parameters.shards()).root();
    }
  }
}
