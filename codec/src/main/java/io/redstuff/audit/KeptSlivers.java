package io.redstuff.audit;

import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.SliverId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The slivers that were asked for last, and the metadata of their blobs, as many as memory has room
 * for. For one thread.
 */
final class KeptSlivers implements AutoCloseable {
  /** What metadata and the tree over them take for each shard. */
  private static final long BLOB_BYTES = 160;

  private final BlobEncodings encodings;
  private final EncodingParameters parameters;

  /** How many blobs to keep, in a quarter of the memory. */
  private final long mostBlobs;

  /** How much the slivers may take, the rest of it. */
  private final long mostBytes;

  // From the one that was asked for longest ago to the last one.
  private final Map<BlobId, AuditedBlob> blobs = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<Key, AuditedSliver> slivers = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  private record Key(BlobId blob, SliverId sliver) {}

  /** Keeps slivers in so many bytes, and one of them in any case. */
  KeptSlivers(BlobEncodings encodings, EncodingParameters parameters, long memory) {
    this.encodings = encodings;
    this.parameters = parameters;
    this.mostBlobs = Math.max(1, memory / 4 / (BLOB_BYTES * parameters.shards()));
    this.mostBytes = memory - memory / 4;
  }

  /** Returns a sliver, if it is there and good; valid until the next is asked for. */
  AuditedSliver get(BlobId blob, SliverId sliver) {
    Key key = new Key(blob, sliver);
    AuditedSliver kept = slivers.get(key);
    if (kept == null) {
      kept = blob(blob).expand(sliver);
      if (kept.isThere()) {
        slivers.put(key, kept);
        bytes += kept.bytes(parameters.shards());
        makeRoom();
      }
    }
    return kept;
  }

  private AuditedBlob blob(BlobId id) {
    AuditedBlob blob = blobs.computeIfAbsent(id, _ -> new AuditedBlob(encodings, id, parameters));
    if (blobs.size() > mostBlobs) {
      blobs.remove(blobs.keySet().iterator().next());
    }
    return blob;
  }

  private void makeRoom() {
    while (bytes > mostBytes && slivers.size() > 1) {
      AuditedSliver oldest = slivers.remove(slivers.keySet().iterator().next());
      bytes -= oldest.bytes(parameters.shards());
      oldest.close();
    }
  }

  @Override
  public void close() {
    slivers.values().forEach(AuditedSliver::close);
  }
}
