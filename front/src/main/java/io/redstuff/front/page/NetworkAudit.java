package io.redstuff.front.page;

import io.redstuff.BlobId;
import io.redstuff.audit.AuditVerdict;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.client.chain.BlobRegistry;
import io.redstuff.client.chain.NetworkCommittee;
import io.redstuff.error.RedStuffException;
import io.redstuff.network.audit.NodeAuditor;
import io.redstuff.network.local.NetworkDescription;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/** Asks all nodes for symbols of what they ought to have, chosen by chance. */
final class NetworkAudit implements AutoCloseable {
  /** What the bound on the missing part holds for: 2^-40. */
  static final int CONFIDENCE_BITS = 40;

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final BlobRegistry registry;
  private final List<NetworkDescription.Node> described;
  private final NodeAuditor auditor = new NodeAuditor(BlsEngine.preferred(), PATIENCE);

  /**
   * What an audit has shown.
   *
   * @param epoch the epoch whose nodes were asked
   * @param blobs about how many blobs
   * @param challenges how many symbols each was asked for
   * @param confidenceBits the bounds are wrong with a probability below 2^-this
   * @param passed how many nodes have answered all
   * @param nodes what each has answered
   */
  record Report(
      long epoch, int blobs, int challenges, int confidenceBits, int passed, List<Node> nodes) {}

  /**
   * What one node has answered.
   *
   * @param node its name
   * @param answers how many challenges it has answered, each with a proof
   * @param largestMissing the largest part of its slivers that may not be there, from 0 to 1
   * @param failure why it has answered nothing; empty if it has answered
   */
  record Node(String node, int answers, double largestMissing, String failure) {}

  NetworkAudit(BlobRegistry registry, List<NetworkDescription.Node> described) {
    this.registry = registry;
    this.described = described;
  }

  /** Audits each node, one after the other. */
  Report run(SortedSet<BlobId> blobs, int challenges) throws IOException, InterruptedException {
    NetworkCommittee committee = registry.committees().current();
    List<String> ids =
        committee.committee().members().stream().map(it -> it.nodeId().toString()).toList();
    List<Node> nodes = new ArrayList<>();
    for (NetworkDescription.Node node : described) {
      int position = ids.indexOf(node.id());
      if (position >= 0) {
        nodes.add(run(committee, position, node.name(), blobs, challenges));
      }
    }
    int passed = (int) nodes.stream().filter(node -> node.answers() == challenges).count();
    return new Report(
        committee.committee().epoch(), blobs.size(), challenges, CONFIDENCE_BITS, passed, nodes);
  }

  private Node run(
      NetworkCommittee committee,
      int position,
      String name,
      SortedSet<BlobId> blobs,
      int challenges)
      throws InterruptedException {
    try {
      AuditVerdict verdict = auditor.audit(committee, position, blobs, challenges);
      return new Node(name, verdict.answers(), verdict.largestMissing(CONFIDENCE_BITS), "");
    } catch (IOException | RedStuffException e) {
      String why = e.getMessage() == null ? "it does not answer" : e.getMessage();
      return new Node(name, 0, 1, why);
    }
  }

  @Override
  public void close() {
    auditor.close();
  }
}
