package io.redstuff.client;

import io.redstuff.ObjectId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What became of a blob's slivers at each node.
 *
 * @param nodes the nodes, in the committee's order
 * @since 0.1.0
 */
public record SpreadReport(List<NodeOutcome> nodes) {
  /**
   * Copies the list.
   *
   * @throws NullPointerException if something is null
   */
  public SpreadReport {
    nodes = List.copyOf(nodes);
  }

  /**
   * What became of the slivers at one node.
   *
   * @param nodeId the node
   * @param weight how many shards it has
   * @param failure why it has not confirmed them; nothing if it has
   */
  public record NodeOutcome(ObjectId nodeId, int weight, Optional<Exception> failure) {
    /**
     * Checks that all is there.
     *
     * @throws NullPointerException if something is null
     */
    public NodeOutcome {
      Objects.requireNonNull(nodeId, "nodeId");
      Objects.requireNonNull(failure, "failure");
    }
  }

  /** {@return how many shards have both their slivers, as far as their nodes have said so} */
  public int confirmedWeight() {
    return nodes.stream()
        .filter(node -> node.failure().isEmpty())
        .mapToInt(NodeOutcome::weight)
        .sum();
  }
}
