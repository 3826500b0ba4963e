package io.redstuff.network.node.service;

import io.redstuff.EncodingParameters;
import io.redstuff.ObjectId;
import io.redstuff.certify.SignedMessages;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.client.api.ApiHeaders;
import io.redstuff.client.api.ErrorCode;
import io.redstuff.client.api.ErrorReason;
import io.redstuff.client.api.ShardSlivers;
import io.redstuff.error.RedStuffException;
import io.redstuff.message.PublicKeyBytes;
import io.redstuff.message.SignedMessage;
import io.redstuff.message.SyncShardRequest;
import io.redstuff.network.ledger.object.EpochCommittee;
import io.redstuff.network.node.chain.Duties;
import io.redstuff.network.node.storage.KeptSliver;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Gives slivers of a shard to the node that takes the shard over, and to nobody else.
 *
 * @since 0.1.0
 */
public final class ShardExport {
  private final KeptBlobs blobs;
  private final BlsEngine engine;
  private final int mostSlivers;
  private final long mostBytes;

  /**
   * Gives out what is kept.
   *
   * @param blobs where it is kept
   * @param engine verifies who asks
   * @param mostSlivers how many slivers may be asked for
   * @param mostBytes how long an answer gets, but for its last sliver
   */
  public ShardExport(KeptBlobs blobs, BlsEngine engine, int mostSlivers, long mostBytes) {
    this.blobs = Objects.requireNonNull(blobs, "blobs");
    this.engine = Objects.requireNonNull(engine, "engine");
    this.mostSlivers = mostSlivers;
    this.mostBytes = mostBytes;
  }

  /**
   * Gives slivers out.
   *
   * @param authorization the header with the public key of who asks; null for none
   * @param bcs what is asked for, signed, in BCS
   * @return the slivers from the blob on that was asked for, perhaps fewer than asked for
   * @throws RefusedException if who asks is not the new owner of the shard, or the shard is not
   *     here
   * @throws IOException if the store fails
   */
  public ShardSlivers export(String authorization, byte[] bcs)
      throws RefusedException, IOException {
    PublicKeyBytes key = key(authorization);
    Duties duties = blobs.chain().duties();
    ObjectId asking = member(key, duties.committee());
    SyncShardRequest request = verify(key, bcs);
    check(request, asking, duties);
    EncodingParameters parameters = blobs.chain().parameters();
    List<ShardSlivers.Entry> entries = new ArrayList<>();
    for (KeptSliver kept :
        blobs
            .store()
            .slivers(
                request.shard(),
                request.axis(),
                request.startingBlobId(),
                (int) request.sliverCount(),
                mostBytes)) {
      try {
        entries.add(new ShardSlivers.Entry(kept.key().blob(), kept.view(parameters)));
      } catch (IllegalArgumentException e) {
        blobs.throwAway(kept.key(), e.getMessage());
      }
    }
    return new ShardSlivers(entries);
  }

  private static PublicKeyBytes key(String authorization) throws RefusedException {
    if (authorization == null) {
      throw RefusedException.of(
          ErrorCode.UNAUTHENTICATED,
          ErrorReason.REQUEST_UNAUTHORIZED,
          "authorization: got none, expected the public key of a node in base64");
    }
    try {
      return ApiHeaders.parseAuthorization(authorization);
    } catch (RedStuffException e) {
      throw RefusedException.of(
          ErrorCode.UNAUTHENTICATED, ErrorReason.REQUEST_UNAUTHORIZED, "%s", e.getMessage());
    }
  }

  private static ObjectId member(PublicKeyBytes key, EpochCommittee committee)
      throws RefusedException {
    return committee.keys().entrySet().stream()
        .filter(entry -> entry.getValue().equals(key))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(
            () -> unauthorized("key: got %s, of no node of epoch %s", key, committee.epoch()));
  }

  private static RefusedException unauthorized(String message, Object... values) {
    return RefusedException.of(
        ErrorCode.PERMISSION_DENIED, ErrorReason.REQUEST_UNAUTHORIZED, message, values);
  }

  private SyncShardRequest verify(PublicKeyBytes key, byte[] bcs) throws RefusedException {
    try {
      return new SignedMessages(engine)
          .verify(
              SignedMessage.parse(SyncShardRequest.class, bcs), engine.publicKey(key.toBytes()));
    } catch (RedStuffException e) {
      throw RefusedException.wrong(
          ErrorReason.MESSAGE_VERIFICATION_FAILED, "request: %s", e.getMessage());
    }
  }

  private void check(SyncShardRequest request, ObjectId asking, Duties duties)
      throws RefusedException, IOException {
    if (request.epoch() != duties.epoch() || request.requestEpoch() != duties.epoch()) {
      throw RefusedException.wrong(
          ErrorReason.INVALID_EPOCH,
          "epoch: got %s of a message of %s, expected %s",
          request.requestEpoch(),
          request.epoch(),
          duties.epoch());
    }
    Requests.checkIndex("shard", request.shard().value(), blobs.chain().parameters());
    if (Long.compareUnsigned(request.sliverCount(), mostSlivers) > 0) {
      throw RefusedException.wrong(
          ErrorReason.SLIVER_COUNT_EXCEEDS_LIMIT,
          "slivers: got %s, expected at most %s",
          Long.toUnsignedString(request.sliverCount()),
          mostSlivers);
    }
    if (!duties
        .committee()
        .assignment()
        .shards()
        .getOrDefault(asking, List.of())
        .contains(request.shard())) {
      throw unauthorized("shard: got %s, which is not the sender's", request.shard());
    }
    boolean had =
        duties.previousOwner(request.shard()).filter(blobs.chain().node()::equals).isPresent();
    if (!had && !duties.owns(request.shard())) {
      throw Requests.notAssigned(request.shard(), blobs.chain());
    }
  }
}
