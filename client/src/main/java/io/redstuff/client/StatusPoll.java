package io.redstuff.client;

import io.redstuff.BlobId;
import io.redstuff.client.api.BlobStatus;
import io.redstuff.client.chain.BlobStanding;
import io.redstuff.message.Quorum;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/**
 * Asks the nodes what they know of a blob, and believes what so many say that one of them must be
 * honest. Nodes hear from the chain at different times, so of several such statements the one
 * counts that is further along.
 */
final class StatusPoll {
  private final Peers peers;
  private final BlobId blobId;
  private final int shards;
  private final long epoch;

  /** A node's answer. */
  private record Vote(int weight, BlobStatus status) {}

  StatusPoll(Peers peers, BlobId blobId) {
    this.peers = peers;
    this.blobId = blobId;
    this.shards = peers.committee().committee().shards();
    this.epoch = peers.committee().committee().epoch();
  }

  /**
   * Asks.
   *
   * @throws BlobUnavailableException if too few nodes have answered, or they do not agree
   */
  BlobStanding ask(TransferMonitor monitor) throws BlobUnavailableException, InterruptedException {
    List<Callable<Vote>> tasks = new ArrayList<>();
    for (Peer peer : peers.all()) {
      tasks.add(() -> new Vote(peer.member().weight(), peer.ask(node -> node.blobStatus(blobId))));
    }
    Race<Vote> race = new Race<>(peers.threads(), tasks.size(), peers.settings().hedge());
    boolean isEnough =
        race.run(
            tasks,
            true,
            votes -> {
              monitor.report(TransferMonitor.Stage.GATHER, 0, 1);
              return Quorum.TWO_THIRDS.isReached(weight(votes, vote -> true), shards)
                  ? 0
                  : tasks.size();
            });
    List<Vote> votes = race.good();
    if (!isEnough) {
      throw new BlobUnavailableException(
              blobId,
              BlobUnavailableException.Reason.TOO_FEW_NODES,
              "nodes of %s shards told its status, expected those of %s"
                  .formatted(weight(votes, vote -> true), Quorum.TWO_THIRDS.threshold(shards)))
          .with(race.failures());
    }
    return judge(votes);
  }

  private BlobStanding judge(List<Vote> votes) throws BlobUnavailableException {
    if (isSaid(votes, BlobStatus.Invalid.class::isInstance)) {
      return BlobStanding.INVALID;
    }
    if (isSaid(votes, status -> isLive(status) && status.certifiedEpoch().isPresent())) {
      return BlobStanding.CERTIFIED;
    }
    if (isSaid(votes, this::isLive)) {
      return BlobStanding.REGISTERED;
    }
    if (isSaid(votes, this::isOver)) {
      return BlobStanding.EXPIRED;
    }
    if (isSaid(votes, status -> status instanceof BlobStatus.Nonexistent || isOver(status))) {
      return BlobStanding.UNKNOWN;
    }
    throw new BlobUnavailableException(
        blobId,
        BlobUnavailableException.Reason.TOO_FEW_NODES,
        "nodes do not agree on its status: %s".formatted(votes));
  }

  private boolean isSaid(List<Vote> votes, Predicate<BlobStatus> what) {
    return Quorum.ONE_CORRECT.isReached(weight(votes, vote -> what.test(vote.status())), shards);
  }

  private static int weight(List<Vote> votes, Predicate<Vote> which) {
    return votes.stream().filter(which).mapToInt(Vote::weight).sum();
  }

  /** Returns whether a blob is registered and paid for. */
  private boolean isLive(BlobStatus status) {
    return switch (status) {
      case BlobStatus.Permanent permanent -> epoch < permanent.endEpoch();
      case BlobStatus.Deletable deletable -> true;
      case BlobStatus.Nonexistent none -> false;
      case BlobStatus.Invalid invalid -> false;
    };
  }

  /** Returns whether a blob was paid for until now. */
  private boolean isOver(BlobStatus status) {
    return status instanceof BlobStatus.Permanent && !isLive(status);
  }
}
