package io.redstuff.network.node.service;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.SliverPairIndex;
import io.redstuff.client.api.ApiLimits;
import io.redstuff.client.api.ErrorCode;
import io.redstuff.client.api.ErrorReason;
import io.redstuff.client.api.StoreOutcome;
import io.redstuff.codec.VerifiedSliver;
import io.redstuff.error.RedStuffException;
import io.redstuff.network.ledger.BlobState;
import io.redstuff.network.node.chain.ChainView;
import io.redstuff.network.node.storage.SliverKey;
import io.redstuff.proof.BlobMetadata;
import io.redstuff.proof.VerifiedMetadata;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.Optional;

/**
 * Takes metadata and slivers. Nothing is kept that was not verified: metadata against the blob id,
 * slivers against the metadata, their index against the pair, the pair against the shards of this
 * node. What costs nothing is looked at first.
 *
 * @since 0.1.0
 */
public final class Uploads {
  /** Where the encoding type stands in metadata without an id, and the one that there is. */
  private static final int ENCODING_TYPE_AT = 1;

  private static final int RS2 = 1;

  private final KeptBlobs blobs;
  private final ChainView chain;
  private final EncodingParameters parameters;
  private final Pending pending;

  /**
   * Takes what is sent.
   *
   * @param blobs where it is kept
   * @param pending where it waits for a registration
   */
  public Uploads(KeptBlobs blobs, Pending pending) {
    this.blobs = Objects.requireNonNull(blobs, "blobs");
    this.chain = blobs.chain();
    this.parameters = chain.parameters();
    this.pending = Objects.requireNonNull(pending, "pending");
  }

  /** Returns whether a blob is registered; refuses one that is not, unless that is waited for. */
  private boolean checkRegistered(BlobId blob, boolean mayWait) throws RefusedException {
    BlobState state = chain.blob(blob);
    if (state.invalidEpoch().isPresent()) {
      throw RefusedException.notNow(
          ErrorReason.INVALID_BLOB,
          "blob %s: invalid since epoch %s",
          blob,
          state.invalidEpoch().getAsLong());
    }
    if (state.deniedEpoch().isPresent()) {
      throw RefusedException.of(
          ErrorCode.UNAVAILABLE_FOR_LEGAL_REASONS,
          ErrorReason.FORBIDDEN_BLOB,
          "blob %s: denied since epoch %s",
          blob,
          state.deniedEpoch().getAsLong());
    }
    boolean registered = ChainView.isLive(state);
    if (!registered && !mayWait) {
      throw RefusedException.notNow(
          ErrorReason.NOT_REGISTERED, "blob %s: not registered, or expired", blob);
    }
    return registered;
  }

  /**
   * Takes metadata.
   *
   * @param blob the blob
   * @param bcs metadata without an id, in BCS
   * @param mayWait whether to keep it until the blob is registered
   * @return what became of it
   * @throws RefusedException if the blob is not registered or the metadata is not its
   * @throws IOException if the store fails
   */
  public StoreOutcome metadata(BlobId blob, byte[] bcs, boolean mayWait)
      throws RefusedException, IOException {
    boolean registered = checkRegistered(blob, mayWait);
    if (blobs.store().hasMetadata(blob)) {
      return StoreOutcome.ALREADY_STORED;
    }
    VerifiedMetadata metadata = verify(blob, bcs);
    if (registered) {
      return blobs.put(metadata) ? StoreOutcome.STORED : StoreOutcome.ALREADY_STORED;
    }
    checkSaturation(pending.add(metadata));
    return flushIfRegistered(blob);
  }

  private VerifiedMetadata verify(BlobId blob, byte[] bcs) throws RefusedException {
    if (bcs.length > ENCODING_TYPE_AT && bcs[0] == 0 && bcs[ENCODING_TYPE_AT] != RS2) {
      throw RefusedException.wrong(
          ErrorReason.UNSUPPORTED_ENCODING_TYPE,
          "encoding type: got %s, expected %s",
          bcs[ENCODING_TYPE_AT] & 0xff,
          RS2);
    }
    try {
      return blobs.codec().verify(BlobMetadata.parseWithoutId(blob, bcs), blob);
    } catch (RedStuffException e) {
      throw RefusedException.wrong(ErrorReason.INVALID_METADATA, "%s", e.getMessage());
    }
  }

  private static void checkSaturation(boolean taken) throws RefusedException {
    if (!taken) {
      throw RefusedException.notNow(
          ErrorReason.CACHE_SATURATED,
          "the buffer for blobs that are not registered yet is full: try again later");
    }
  }

  /** What was put into the buffer after the registration was heard of is written now. */
  private StoreOutcome flushIfRegistered(BlobId blob) throws IOException {
    if (!ChainView.isLive(chain.blob(blob))) {
      return StoreOutcome.BUFFERED;
    }
    pending.flush(blob);
    return StoreOutcome.STORED;
  }

  /**
   * {@return how long the data of a sliver can be}
   *
   * @param axis the kind of sliver
   */
  public long longestSliver(Axis axis) {
    return ApiLimits.sliver(parameters, axis);
  }

  /**
   * Looks at what is known of a sliver before its data are read.
   *
   * @param blob the blob
   * @param pair the pair
   * @param axis which of the two
   * @param length how long the data are said to be; negative if that is not known
   * @throws RefusedException if it cannot be taken, whatever the data are
   */
  public void checkPlace(BlobId blob, SliverPairIndex pair, Axis axis, long length)
      throws RefusedException {
    SliverKey key = Requests.key(blob, pair, axis, parameters);
    if (!chain.duties().owns(key.shard())) {
      throw Requests.notAssigned(key.shard(), chain);
    }
    if (length > longestSliver(axis)) {
      throw tooLarge(length, longestSliver(axis));
    }
  }

  /**
   * Returns what to say of a sliver that is too large.
   *
   * @param got its length
   * @param most the longest
   * @return the refusal
   */
  public static RefusedException tooLarge(long got, long most) {
    return RefusedException.of(
        ErrorCode.SIZE_EXCEEDED,
        ErrorReason.SLIVER_TOO_LARGE,
        "sliver: got %s bytes, expected at most %s",
        got,
        most);
  }

  /**
   * Takes a sliver.
   *
   * @param blob the blob
   * @param pair the pair
   * @param axis which of the two
   * @param bcs data of a sliver, in BCS
   * @param mayWait whether to keep it until the blob is registered
   * @return what became of it
   * @throws RefusedException if the shard is not this node's, the blob is not registered, its
   *     metadata are not here, or the sliver is not the one
   * @throws IOException if the store fails
   */
  public StoreOutcome sliver(
      BlobId blob, SliverPairIndex pair, Axis axis, byte[] bcs, boolean mayWait)
      throws RefusedException, IOException {
    checkPlace(blob, pair, axis, bcs.length);
    SliverKey key = Requests.key(blob, pair, axis, parameters);
    boolean registered = checkRegistered(blob, mayWait);
    if (registered) {
      pending.flush(blob);
    }
    if (blobs.store().hasSliver(key)) {
      return StoreOutcome.ALREADY_STORED;
    }
    VerifiedMetadata metadata = metadata(blob);
    VerifiedSliver sliver = verify(metadata, key.sliver(parameters), bcs);
    if (registered) {
      return blobs.put(sliver) ? StoreOutcome.STORED : StoreOutcome.ALREADY_STORED;
    }
    checkSaturation(pending.add(key, sliver));
    return flushIfRegistered(blob);
  }

  private VerifiedMetadata metadata(BlobId blob) throws RefusedException, IOException {
    Optional<VerifiedMetadata> stored = blobs.metadata(blob);
    return stored
        .or(() -> pending.metadata(blob))
        .orElseThrow(
            () ->
                RefusedException.notNow(
                    ErrorReason.METADATA_NOT_FOUND,
                    "blob %s: its metadata have to come first",
                    blob));
  }

  private VerifiedSliver verify(VerifiedMetadata metadata, SliverId expected, byte[] bcs)
      throws RefusedException {
    long longest = ApiLimits.sliver(parameters, expected.axis(), metadata.symbolSize());
    if (bcs.length > longest) {
      throw tooLarge(bcs.length, longest);
    }
    try {
      Sliver sliver = Sliver.parseView(expected.axis(), MemorySegment.ofArray(bcs));
      if (!sliver.id().equals(expected)) {
        throw RefusedException.wrong(
            ErrorReason.SLIVER_INDEX_MISMATCH,
            "sliver: got %s, expected %s",
            sliver.id(),
            expected);
      }
      return blobs.codec().verify(metadata, sliver);
    } catch (RedStuffException e) {
      throw RefusedException.wrong(ErrorReason.INVALID_SLIVER, "%s", e.getMessage());
    }
  }
}
