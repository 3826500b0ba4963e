package io.redstuff.front.page;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.ShardIndex;
import io.redstuff.SliverId;
import io.redstuff.SliverPairIndex;
import io.redstuff.SymbolId;
import io.redstuff.client.api.RecoverySymbolsQuery;
import io.redstuff.client.chain.NetworkCommittee;
import io.redstuff.client.node.NodeConnections;
import io.redstuff.client.node.NodeException;
import io.redstuff.client.node.StorageNodeClient;
import io.redstuff.error.VerificationException;
import io.redstuff.proof.GeneralRecoverySymbol;
import io.redstuff.proof.VerifiedMetadata;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Has each node prove a symbol of each of its slivers of a blob. For that it has to read the whole
 * sliver, so it finds out itself what its disk has spoilt.
 */
final class SliverCheck {
  private final NodeConnections connections;
  private final NetworkCommittee committee;
  private final VerifiedMetadata metadata;
  private final EncodingParameters parameters;

  SliverCheck(NodeConnections connections, NetworkCommittee committee, VerifiedMetadata metadata) {
    this.connections = connections;
    this.committee = committee;
    this.metadata = metadata;
    this.parameters = committee.parameters();
  }

  /**
   * What was found.
   *
   * @param proven how many slivers are proven to be there
   * @param lacking those that are not, of nodes that answer
   * @param silent how many nodes do not answer
   */
  record Found(int proven, List<SliverId> lacking, int silent) {}

  /** Asks all nodes, one after the other. */
  Found run() throws InterruptedException {
    int proven = 0;
    int silent = 0;
    List<SliverId> lacking = new ArrayList<>();
    for (int position = 0; position < committee.addresses().size(); position++) {
      StorageNodeClient node = connections.client(committee.addresses().get(position), parameters);
      boolean answers = true;
      for (Axis axis : Axis.values()) {
        Set<SliverId> wanted = slivers(position, axis);
        Optional<Set<SliverId>> good = answers ? proven(node, axis, wanted) : Optional.empty();
        answers = good.isPresent();
        if (answers) {
          proven += good.get().size();
          wanted.removeAll(good.get());
          lacking.addAll(wanted);
        }
      }
      silent += answers ? 0 : 1;
    }
    return new Found(proven, lacking, silent);
  }

  private Set<SliverId> slivers(int position, Axis axis) {
    Set<SliverId> slivers = new HashSet<>();
    for (ShardIndex shard : committee.committee().shardsOf(position).orElseThrow()) {
      SliverPairIndex pair = shard.pair(metadata.blobId(), parameters);
      slivers.add(axis == Axis.PRIMARY ? pair.primary() : pair.secondary(parameters));
    }
    return slivers;
  }

  /** Returns of which slivers a node proves a symbol; nothing if it does not answer. */
  private Optional<Set<SliverId>> proven(StorageNodeClient node, Axis axis, Set<SliverId> slivers)
      throws InterruptedException {
    if (slivers.isEmpty()) {
      return Optional.of(Set.of());
    }
    List<SymbolId> symbols = slivers.stream().map(sliver -> SymbolId.of(sliver, 0)).toList();
    try {
      List<GeneralRecoverySymbol> answer =
          node.recoverySymbols(
              metadata.blobId(),
              new RecoverySymbolsQuery.Ids(symbols, Optional.of(axis)),
              metadata.symbolSize());
      Set<SliverId> good = new HashSet<>();
      for (GeneralRecoverySymbol symbol : answer) {
        if (isGood(symbol)) {
          good.add(symbol.source());
        }
      }
      return Optional.of(good);
    } catch (NodeException e) {
      boolean isThere = e.kind() == NodeException.Kind.REFUSED;
      return isThere ? Optional.of(Set.of()) : Optional.empty();
    }
  }

  private boolean isGood(GeneralRecoverySymbol symbol) {
    try {
      symbol.verify(metadata);
      return true;
    } catch (VerificationException _) {
      return false; // counts as not proven, which is told
    }
  }
}
