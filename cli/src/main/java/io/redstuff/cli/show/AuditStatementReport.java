package io.redstuff.cli.show;

import io.redstuff.audit.AuditRandomness;
import io.redstuff.audit.AuditStatement;
import io.redstuff.audit.Beacon;
import java.util.Locale;

/**
 * What an audit asks for; its components are the JSON.
 *
 * @param shards number of shards, n
 * @param epoch the epoch
 * @param node the node that is audited
 * @param nodeShards how many of its shards are
 * @param blobs how many blobs are
 * @param slivers how many slivers it ought to have of them
 * @param challenges how many challenges there are
 * @param axes which slivers are asked for
 * @param mode whether all challenges are known at once
 * @param beaconRound the round of the beacon; null without one
 * @param earliestRound the first round that was not known when the list was settled; null without a
 *     beacon
 * @param nonce the auditor's nonce
 * @param seed what the challenges follow from
 */
public record AuditStatementReport(
    int shards,
    long epoch,
    String node,
    int nodeShards,
    int blobs,
    long slivers,
    int challenges,
    String axes,
    String mode,
    Long beaconRound,
    Long earliestRound,
    String nonce,
    String seed) {

  /** Returns the report on a statement. */
  public static AuditStatementReport of(AuditStatement statement) {
    AuditRandomness randomness = statement.randomness();
    boolean hasBeacon = randomness.beacon() instanceof Beacon.Drand;
    return new AuditStatementReport(
        statement.parameters().shards(),
        statement.epoch(),
        statement.nodeId().toString(),
        statement.shards().size(),
        statement.blobs().size(),
        statement.slivers(),
        statement.challenges(),
        statement.axes().toString().toLowerCase(Locale.ROOT),
        statement.mode().toString().toLowerCase(Locale.ROOT),
        hasBeacon ? (Long) randomness.beacon().roundOrZero() : null,
        hasBeacon ? (Long) randomness.earliestRound() : null,
        randomness.nonce().toString(),
        statement.seed().toString());
  }

  /** Returns the report for people, in lines. */
  public String toText() {
    return lines(new Text(10)).toString();
  }

  /** Adds the lines of the report to others. */
  Text lines(Text text) {
    text.line("node", "%s in epoch %s".formatted(node, epoch))
        .line(
            "audited",
            "%s of %s shards, %s, %s %s"
                .formatted(
                    nodeShards,
                    shards,
                    blobs + (blobs == 1 ? " blob" : " blobs"),
                    Text.slivers(slivers),
                    axes.equals("both") ? "of both axes" : "(" + axes + ")"))
        .line("challenges", "%s, %s".formatted(challenges, mode));
    if (beaconRound != null) {
      text.line("beacon", "drand round %s, at least %s".formatted(beaconRound, earliestRound));
    }
    return text.line("nonce", nonce).line("seed", seed);
  }
}
