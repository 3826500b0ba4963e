package io.redstuff.front.page;

import io.redstuff.EncodingParameters;
import io.redstuff.ShardIndex;
import io.redstuff.SuiAddress;
import io.redstuff.network.ledger.Ledger;
import io.redstuff.network.ledger.SystemState;
import io.redstuff.network.ledger.object.EpochPhase;
import io.redstuff.network.ledger.object.StorageNode;
import io.redstuff.network.local.LocalNetwork;
import io.redstuff.network.local.NetworkDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads from the ledger what is to be seen of the network. */
final class NetworkReader {
  private final LocalNetwork network;
  private final NodeStates states;
  private final BlobIndex blobs;
  private final SuiAddress account;
  private final boolean control;

  NetworkReader(
      LocalNetwork network,
      NodeStates states,
      BlobIndex blobs,
      SuiAddress account,
      boolean control) {
    this.network = network;
    this.states = states;
    this.blobs = blobs;
    this.account = account;
    this.control = control;
  }

  /** Returns what there is now. */
  NetworkView read() {
    Ledger ledger = network.ledger();
    SystemState system = ledger.system();
    EncodingParameters parameters = EncodingParameters.forShards(system.shards());
    return new NetworkView(
        ledger.chainId().toString(),
        system.epoch(),
        phase(system.phase()),
        system.shards(),
        parameters.primarySourceSymbols(),
        parameters.secondarySourceSymbols(),
        parameters.maxFaulty(),
        system.parameters().maxEpochsAhead(),
        system.totalCapacity(),
        system.usedCapacity(),
        Long.toString(system.prices().storagePerUnit().value()),
        Long.toString(system.prices().writePerUnit().value()),
        account.toString(),
        Long.toString(ledger.balance(account).value()),
        Long.toString(ledger.supply().burnt().value()),
        blobs.size(),
        control,
        nodes(system));
  }

  private List<NetworkView.Node> nodes(SystemState system) {
    Map<String, StorageNode> known =
        network.ledger().nodes().stream()
            .collect(Collectors.toMap(node -> node.id().toString(), Function.identity()));
    List<NetworkView.Node> nodes = new ArrayList<>();
    for (NetworkDescription.Node described : network.description().nodes()) {
      StorageNode node = known.get(described.id());
      List<ShardIndex> shards =
          system.committee().assignment().shards().getOrDefault(node.id(), List.of());
      nodes.add(
          new NetworkView.Node(
              described.name(),
              described.id(),
              node.info().networkAddress(),
              states.state(described.name()),
              shards.stream().map(ShardIndex::value).toList(),
              Long.toString(node.pool().stake()),
              Long.toString(node.commission().balance().value())));
    }
    return nodes;
  }

  private static String phase(EpochPhase phase) {
    return switch (phase) {
      case EpochPhase.Sync _ -> "sync";
      case EpochPhase.Done _ -> "done";
      case EpochPhase.NextSelected _ -> "next-selected";
    };
  }
}
