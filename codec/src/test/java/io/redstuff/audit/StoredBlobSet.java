package io.redstuff.audit;

import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.ObjectId;
import io.redstuff.ShardIndex;
import io.redstuff.SliverId;
import io.redstuff.codec.RedStuff;
import io.redstuff.codec.TestBlobs;
import io.redstuff.store.MemoryStore;
import io.redstuff.store.StoredEncoding;
import io.redstuff.stream.BlobSource;
import io.redstuff.stream.WorkMonitor;
import io.redstuff.stream.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Encoded blobs in memory, to be audited. */
final class StoredBlobSet {
  final RedStuff codec;
  final TreeMap<BlobId, StoredEncoding> encodings = new TreeMap<>();

  private StoredBlobSet(RedStuff codec) {
    this.codec = codec;
  }

  /** Encodes blobs of some lengths. */
  static StoredBlobSet of(int shards, int... lengths) {
    StoredBlobSet set = new StoredBlobSet(RedStuff.forShards(shards).withParallelism(1));
    for (int i = 0; i < lengths.length; i++) {
      BlobSource blob = BlobSource.of(MemorySegment.ofArray(TestBlobs.bytes(lengths[i], 7 + i)));
      try {
        StoredEncoding stored =
            StoredEncoding.create(
                new MemoryStore(),
                set.codec,
                blob,
                Workspace.ofMemory(256L << 20),
                WorkMonitor.NONE);
        set.encodings.put(stored.metadata().blobId(), stored);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return set;
  }

  EncodingParameters parameters() {
    return codec.parameters();
  }

  List<BlobId> blobs() {
    return List.copyOf(encodings.keySet());
  }

  /** Returns where the encodings are found. */
  BlobEncodings all() {
    return BlobEncodings.of(encodings);
  }

  /** Returns the same without some slivers. */
  BlobEncodings without(BiPredicate<BlobId, SliverId> lost) {
    return changed(
        stored -> {
          BlobId blob = stored.metadata().blobId();
          MemoryStore store = (MemoryStore) stored.store();
          MemoryStore left =
              MemoryStore.of(
                  stored.metadata(),
                  store.slivers().stream()
                      .filter(sliver -> !lost.test(blob, sliver.id()))
                      .toList());
          return StoredEncoding.of(left, codec, stored.metadata());
        });
  }

  /** Returns other encodings in the place of these. */
  BlobEncodings changed(UnaryOperator<StoredEncoding> change) {
    Map<BlobId, StoredEncoding> changed = new TreeMap<>(encodings);
    changed.replaceAll((_, stored) -> change.apply(stored));
    return BlobEncodings.of(changed);
  }

  /** Returns what is asked of a node with some shards, all if none are given. */
  AuditStatement statement(int challenges, AuditAxes axes, AuditMode mode, int... nodeShards) {
    IntStream its =
        nodeShards.length == 0
            ? IntStream.range(0, parameters().shards())
            : Arrays.stream(nodeShards);
    byte[] node = new byte[ObjectId.BYTES];
    node[0] = 9;
    return new AuditStatement(
        parameters(),
        5,
        ObjectId.of(node),
        its.mapToObj(ShardIndex::of).toList(),
        blobs(),
        challenges,
        axes,
        mode,
        AuditRandomness.ofNonce(nonce(challenges)));
  }

  /** Returns another nonce for each number. */
  static AuditHash nonce(int number) {
    byte[] nonce = new byte[AuditHash.BYTES];
    nonce[0] = (byte) number;
    nonce[1] = (byte) (number >> 8);
    return AuditHash.of(nonce);
  }

  /** Returns the same statement with another nonce. */
  static AuditStatement withNonce(AuditStatement statement, int number) {
    return new AuditStatement(
        statement.parameters(),
        statement.epoch(),
        statement.nodeId(),
        statement.shards(),
        statement.blobs(),
        statement.challenges(),
        statement.axes(),
        statement.mode(),
        AuditRandomness.ofNonce(nonce(number)));
  }
}
