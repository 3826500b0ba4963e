package io.redstuff.front.page;

import java.util.List;

/**
 * What there is to see of a network. Amounts are whole FROST in decimal digits: they may be too
 * large for a number in JavaScript.
 *
 * @param chainId what the ledger is known by
 * @param epoch the epoch
 * @param phase how far it has come: {@code sync} while nodes get their shards, {@code done}, {@code
 *     next-selected}
 * @param shards how many shards there are
 * @param primaries how many primary slivers decode a blob
 * @param secondaries how many secondary slivers do
 * @param faulty how many shards may be lost at most
 * @param mostEpochs for how many epochs storage is sold
 * @param totalCapacity how many encoded bytes the nodes can hold
 * @param usedCapacity how many of them are sold for this epoch
 * @param storagePrice what a MiB costs for an epoch
 * @param writePrice what writing a MiB costs
 * @param account the account that stores
 * @param balance what it can spend
 * @param burnt what nobody has any more
 * @param blobs how many blobs the list has
 * @param control whether nodes may be stopped and spoilt through the page
 * @param nodes the nodes, in the order of their names
 */
record NetworkView(
    String chainId,
    long epoch,
    String phase,
    int shards,
    int primaries,
    int secondaries,
    int faulty,
    long mostEpochs,
    long totalCapacity,
    long usedCapacity,
    String storagePrice,
    String writePrice,
    String account,
    String balance,
    String burnt,
    int blobs,
    boolean control,
    List<Node> nodes) {

  /**
   * A node.
   *
   * @param name its name
   * @param id the node on the ledger
   * @param address where it is found
   * @param state {@code running}, {@code stopped}, or what is being done with it: {@code starting},
   *     {@code stopping}
   * @param shards its shards in this epoch
   * @param stake what is staked with it
   * @param commission what it has kept of its rewards
   */
  record Node(
      String name,
      String id,
      String address,
      String state,
      List<Integer> shards,
      String stake,
      String commission) {}
}
