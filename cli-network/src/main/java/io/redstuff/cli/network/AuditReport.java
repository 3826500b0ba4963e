package io.redstuff.cli.network;

import io.redstuff.cli.show.Text;
import java.util.List;
import java.util.Locale;

/**
 * What {@code redstuff network audit} tells; its components are the JSON it prints.
 *
 * @param epoch the epoch
 * @param blobs how many blobs were audited
 * @param challenges how many symbols each node was asked for
 * @param nodes what came of it
 */
record AuditReport(long epoch, int blobs, int challenges, List<Node> nodes) {

  /**
   * What came of the audit of a node.
   *
   * @param name its name
   * @param answered how many challenges it answered, each proven
   * @param largestMissing what part of its slivers may be missing, but for a chance of 2^-40
   * @param failure why there is no answer, or a wrong one; empty if all is well
   */
  record Node(String name, int answered, double largestMissing, String failure) {}

  /** Returns whether all nodes answered everything. */
  boolean allAnswered() {
    return nodes.stream().allMatch(node -> node.answered() == challenges);
  }

  /** Returns the report for people, in lines. */
  String toText() {
    StringBuilder text = new StringBuilder();
    text.append(
        "epoch %s, %s blobs, %s challenges for each node%n".formatted(epoch, blobs, challenges));
    for (Node node : nodes) {
      text.append(
          node.failure().isEmpty()
              ? String.format(
                  Locale.ROOT,
                  "%-10s %s of %s answered, at most %.2f %% missing%n",
                  node.name(),
                  node.answered(),
                  challenges,
                  100 * node.largestMissing())
              : "%-10s failed: %s%n".formatted(node.name(), Text.oneLine(node.failure())));
    }
    return text.toString();
  }
}
