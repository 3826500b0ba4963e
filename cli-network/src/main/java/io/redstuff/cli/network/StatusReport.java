package io.redstuff.cli.network;

import io.redstuff.chain.Frost;
import io.redstuff.cli.show.Text;
import java.util.List;

/**
 * What {@code redstuff network status} tells; its components are the JSON it prints. Amounts are
 * text, since they may have more digits than a reader of JSON keeps.
 *
 * @param chainId what the ledger is known by
 * @param epoch the epoch
 * @param phase how far it has come: sync, done or next-selected
 * @param shards the number of shards
 * @param totalCapacity how many encoded bytes can be sold
 * @param usedCapacity how many of them are
 * @param storagePrice FROST for a MiB and an epoch
 * @param writePrice FROST for a MiB that is written
 * @param burnt FROST that are no more
 * @param clientBalance FROST that the account has that commands store with
 * @param blobs how many blobs the network owes
 * @param nodes the nodes
 */
record StatusReport(
    String chainId,
    long epoch,
    String phase,
    int shards,
    long totalCapacity,
    long usedCapacity,
    String storagePrice,
    String writePrice,
    String burnt,
    String clientBalance,
    int blobs,
    List<Node> nodes) {

  /**
   * A node.
   *
   * @param name its name
   * @param id the node on the ledger
   * @param address where it is
   * @param running whether it runs
   * @param shards how many shards it has
   * @param stake FROST that are staked with it
   * @param commission FROST that it earned and did not collect
   */
  record Node(
      String name,
      String id,
      String address,
      boolean running,
      int shards,
      String stake,
      String commission) {}

  /** Returns the report for people, in lines. */
  String toText() {
    StringBuilder text = new StringBuilder();
    text.append(
        new Text(8)
            .line("epoch", epoch + " (" + phase + ")")
            .line("shards", Integer.toString(shards))
            .line("blobs", Integer.toString(blobs))
            .line("sold", Text.bytes(usedCapacity) + " of " + Text.bytes(totalCapacity))
            .line("prices", storagePrice + " storage, " + writePrice + " write, FROST for a MiB")
            .line("client", wal(clientBalance))
            .line("burnt", wal(burnt))
            .toString());
    for (Node node : nodes) {
      text.append(
          "%-10s %-8s %-22s %4s shards  %s%n"
              .formatted(
                  node.name(),
                  node.running() ? "runs" : "stopped",
                  node.address(),
                  node.shards(),
                  wal(node.stake())));
    }
    return text.toString();
  }

  private static String wal(String frost) {
    return Frost.of(Long.parseLong(frost)).toWal().toPlainString() + " WAL";
  }
}
