package io.redstuff.cli.network;

import io.redstuff.client.SpreadReport;
import io.redstuff.client.chain.Registration;
import java.util.List;

/**
 * What {@code redstuff network store} tells; its components are the JSON it prints.
 *
 * @param blobId the blob
 * @param objectId the blob object
 * @param endEpoch until when it is paid for, exclusive
 * @param deletable whether it may be deleted before
 * @param confirmedShards how many shards have confirmed it
 * @param failures why nodes have not, each with the node
 */
record StoreReport(
    String blobId,
    String objectId,
    long endEpoch,
    boolean deletable,
    int confirmedShards,
    List<String> failures) {
  static StoreReport of(Registration registration, SpreadReport spread) {
    return new StoreReport(
        registration.blobId().toString(),
        registration.objectId().toString(),
        registration.endEpoch(),
        registration.deletable(),
        spread.confirmedWeight(),
        spread.nodes().stream()
            .filter(node -> node.failure().isPresent())
            .map(node -> node.nodeId() + ": " + node.failure().get().getMessage())
            .toList());
  }
}
