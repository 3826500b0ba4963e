package io.redstuff.network.ledger.rule;

import static io.redstuff.network.ledger.rule.Execution.demand;

import io.redstuff.ObjectId;
import io.redstuff.chain.ChainEvent;
import io.redstuff.chain.Frost;
import io.redstuff.chain.PriceVote;
import io.redstuff.chain.Prices;
import io.redstuff.message.Quorum;
import io.redstuff.network.ledger.Abort;
import io.redstuff.network.ledger.LedgerException;
import io.redstuff.network.ledger.object.EpochCommittee;
import io.redstuff.network.ledger.object.NodeVotes;
import io.redstuff.network.ledger.object.StorageNode;
import io.redstuff.network.ledger.object.SystemParameters;
import io.redstuff.network.ledger.transaction.GovernedParameter;
import io.redstuff.network.ledger.transaction.SharedObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Nodes vote for prices, capacity and parameters, and against each other: parts of {@code staking},
 * {@code slashing}, and the ledger's own {@code governance}.
 */
final class VotingFunctions {
  private VotingFunctions() {}

  static void enter(Map<String, Function> functions) {
    Function.silent(
        functions, "staking::set_storage_price_vote", VotingFunctions::voteStoragePrice);
    Function.silent(functions, "staking::set_write_price_vote", VotingFunctions::voteWritePrice);
    Function.silent(functions, "staking::set_node_capacity_vote", VotingFunctions::voteCapacity);
    Function.silent(functions, "staking::update_prices", VotingFunctions::updatePrices);
    Function.silent(functions, "slashing::vote_for_slashing", VotingFunctions::voteForSlashing);
    Function.silent(functions, "slashing::execute_slashing", VotingFunctions::slash);
    Function.silent(functions, "governance::vote_for_parameter", VotingFunctions::voteForParameter);
  }

  private static void voteStoragePrice(Arguments in) throws LedgerException {
    StorageNode node = NodeFunctions.ownNode(in);
    Frost price = in.frost("storage_price");
    NodeVotes votes = node.votes();
    keep(in, node, new NodeVotes(price, votes.writePrice(), votes.capacity()));
  }

  private static void voteWritePrice(Arguments in) throws LedgerException {
    StorageNode node = NodeFunctions.ownNode(in);
    Frost price = in.frost("write_price");
    NodeVotes votes = node.votes();
    keep(in, node, new NodeVotes(votes.storagePrice(), price, votes.capacity()));
  }

  private static void voteCapacity(Arguments in) throws LedgerException {
    StorageNode node = NodeFunctions.ownNode(in);
    long capacity = in.u64("node_capacity");
    NodeVotes votes = node.votes();
    keep(in, node, new NodeVotes(votes.storagePrice(), votes.writePrice(), capacity));
  }

  private static void keep(Arguments in, StorageNode node, NodeVotes votes) throws LedgerException {
    in.end();
    in.execution().state().put(node.with(votes));
  }

  private static void updatePrices(Arguments in) throws LedgerException {
    in.shared(SharedObject.STAKING).shared(SharedObject.SYSTEM).end();
    updatePrices(in.execution());
  }

  /** Makes the prices follow from the votes of the committee. */
  static void updatePrices(Execution execution) throws LedgerException {
    LedgerState state = execution.state();
    EpochCommittee committee = state.committee();
    Prices prices = SystemRow.NO_PRICES;
    if (committee.shards() > 0) {
      List<PriceVote> storage = new ArrayList<>();
      List<PriceVote> write = new ArrayList<>();
      for (ObjectId id : committee.keys().keySet()) {
        NodeVotes votes = state.node(id).votes();
        storage.add(new PriceVote(votes.storagePrice(), committee.weight(id)));
        write.add(new PriceVote(votes.writePrice(), committee.weight(id)));
      }
      prices = new Prices(PriceVote.decide(storage), PriceVote.decide(write));
    }
    SystemRow system = state.system();
    state.put(system.withPrices(prices));
    execution.emit(
        new ChainEvent.PricesUpdated(
            system.epoch(), prices.storagePerUnit().value(), prices.writePerUnit().value()));
  }

  /** Takes a node for which the sender may vote, and which is of the committee. */
  private static ObjectId voter(Arguments in) throws LedgerException {
    StorageNode node = in.node("node_id");
    demand(
        in.execution().sender().equals(node.governance()),
        Abort.NOT_AUTHORIZED,
        "got sender %s, expected %s",
        in.execution().sender(),
        node.governance());
    demand(
        in.execution().state().committee().contains(node.id()),
        Abort.NOT_IN_COMMITTEE,
        "got %s, expected a node of the committee",
        node.id());
    return node.id();
  }

  private static void voteForSlashing(Arguments in) throws LedgerException {
    in.shared(SharedObject.STAKING);
    ObjectId voter = voter(in);
    StorageNode candidate = in.node("candidate_node_id");
    in.end();
    LedgerState state = in.execution().state();
    long epoch = state.system().epoch();
    Votes votes =
        state
            .slashing
            .get(candidate.id())
            .filter(it -> it.epoch() == epoch)
            .orElse(Votes.none(epoch));
    demand(
        !votes.byNode().containsKey(voter),
        Abort.DUPLICATE_VOTE,
        "got a vote of %s, which has voted",
        voter);
    state.slashing.put(candidate.id(), votes.with(voter, 1));
  }

  private static void slash(Arguments in) throws LedgerException {
    in.shared(SharedObject.STAKING);
    StorageNode candidate = in.node("candidate_node_id");
    in.end();
    LedgerState state = in.execution().state();
    Votes votes =
        state
            .slashing
            .get(candidate.id())
            .orElseThrow(
                () ->
                    new LedgerException(
                        Abort.NO_PROPOSAL_FOR_NODE, "got no vote against " + candidate.id()));
    long epoch = state.system().epoch();
    demand(
        votes.epoch() == epoch,
        Abort.WRONG_EPOCH,
        "got votes of epoch %s, expected %s",
        votes.epoch(),
        epoch);
    int weight = weight(state, votes.byNode().keySet());
    demand(
        isEnough(state, weight),
        Abort.NOT_ENOUGH_VOTES,
        "got votes of %s shards, expected %s",
        weight,
        Quorum.TWO_THIRDS.threshold(state.system().shards()));
    state.slashing.remove(candidate.id());
    state.burn(candidate.commission().balance());
    state.put(candidate.with(candidate.commission().withBalance(Frost.ZERO)));
  }

  private static int weight(LedgerState state, Iterable<ObjectId> voters) {
    int weight = 0;
    for (ObjectId voter : voters) {
      weight += state.committee().weight(voter);
    }
    return weight;
  }

  private static boolean isEnough(LedgerState state, int weight) {
    return Quorum.TWO_THIRDS.isReached(weight, state.system().shards());
  }

  private static void voteForParameter(Arguments in) throws LedgerException {
    in.shared(SharedObject.STAKING);
    ObjectId voter = voter(in);
    int number = in.u8("parameter");
    long value = in.u64("value");
    in.end();
    GovernedParameter parameter =
        GovernedParameter.ofNumber(number)
            .orElseThrow(
                () ->
                    new LedgerException(
                        Abort.INVALID_PARAMETER, "got " + number + ", which is no parameter"));
    demand(
        parameter.allows(value),
        Abort.INVALID_PARAMETER,
        "%s: got %s, expected %s",
        parameter,
        value,
        parameter.range());
    LedgerState state = in.execution().state();
    state.ballots.put(parameter.name(), ballot(state, parameter).with(voter, value));
  }

  /** Returns what was voted for in this epoch. */
  private static Votes ballot(LedgerState state, GovernedParameter parameter) {
    long epoch = state.system().epoch();
    return state
        .ballots
        .get(parameter.name())
        .filter(votes -> votes.epoch() == epoch)
        .orElse(Votes.none(epoch));
  }

  /** Returns the parameters that were voted for in the epoch that ends. */
  static SystemParameters decideParameters(LedgerState state) {
    SystemParameters parameters = state.system().parameters();
    for (GovernedParameter parameter : GovernedParameter.values()) {
      Votes votes = ballot(state, parameter);
      for (long value : votes.byNode().values()) {
        List<ObjectId> voters =
            votes.byNode().entrySet().stream()
                .filter(vote -> vote.getValue() == value)
                .map(Map.Entry::getKey)
                .toList();
        if (isEnough(state, weight(state, voters))) {
          parameters = parameters.with(parameter, value);
        }
      }
    }
    return parameters;
  }
}
