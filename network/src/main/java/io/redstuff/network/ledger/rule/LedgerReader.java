package io.redstuff.network.ledger.rule;

import io.redstuff.BlobId;
import io.redstuff.ObjectId;
import io.redstuff.SuiAddress;
import io.redstuff.chain.BlobObject;
import io.redstuff.chain.Frost;
import io.redstuff.network.ledger.BlobState;
import io.redstuff.network.ledger.Supply;
import io.redstuff.network.ledger.SystemState;
import io.redstuff.network.ledger.object.EpochCommittee;
import io.redstuff.network.ledger.object.LedgerObject;
import io.redstuff.network.ledger.object.OwnedObject;
import io.redstuff.network.ledger.object.StakedWal;
import io.redstuff.network.ledger.object.StorageNode;
import io.redstuff.network.ledger.transaction.ChainId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads what is durable. The caller keeps the state from changing meanwhile. */
public final class LedgerReader {
  private final LedgerState state;

  /**
   * Reads a state.
   *
   * @param state the state
   */
  public LedgerReader(LedgerState state) {
    this.state = state;
  }

  /** Returns what the ledger is known by. */
  public ChainId chainId() {
    return state.durableSystem().chainId();
  }

  /** Returns how many transactions of an account were executed. */
  public long nextSequence(SuiAddress account) {
    return state.durableAccount(account).sequence();
  }

  /** Returns what an account can spend. */
  public Frost balance(SuiAddress account) {
    return state.durableAccount(account).balance();
  }

  /** Returns an object. */
  public Optional<OwnedObject> object(ObjectId id) {
    return Optional.ofNullable(state.objects.durable().get(id));
  }

  /** Returns what an account owns, by ascending id. */
  public List<OwnedObject> owned(SuiAddress account) {
    return state.objects.durable().values().stream()
        .filter(owned -> owned.owner().equals(account))
        .sorted(Comparator.comparing(owned -> owned.object().id()))
        .toList();
  }

  /** Returns what holds for everybody. */
  public SystemState system() {
    SystemRow row = state.durableSystem();
    Map<Long, EpochCommittee> committees = state.committees.durable();
    EpochAccount account = state.epochs.durable().getOrDefault(row.epoch(), EpochAccount.EMPTY);
    return new SystemState(
        row.epoch(),
        row.phase(),
        row.shards(),
        row.parameters(),
        row.prices(),
        row.totalCapacity(),
        account.usedCapacity(),
        Instant.ofEpochMilli(row.firstEpochStart()),
        committees.get(row.epoch()),
        Optional.ofNullable(committees.get(row.epoch() - 1)),
        Optional.ofNullable(committees.get(row.epoch() + 1)));
  }

  /** Returns the committee of an epoch, if it is settled. */
  public Optional<EpochCommittee> committee(long epoch) {
    return Optional.ofNullable(state.committees.durable().get(epoch));
  }

  /** Returns a node. */
  public Optional<StorageNode> node(ObjectId id) {
    return Optional.ofNullable(state.nodes.durable().get(id));
  }

  /** Returns all nodes, by ascending id. */
  public List<StorageNode> nodes() {
    return state.nodes.durable().values().stream()
        .sorted(Comparator.comparing(StorageNode::id))
        .toList();
  }

  /** Returns what is known of a blob. */
  public BlobState blob(BlobId blobId) {
    List<BlobObject> registrations = new ArrayList<>();
    for (ObjectId id : state.registrations(blobId)) {
      LedgerObject object = state.objects.durable().get(id).object();
      registrations.add(((LedgerObject.Blob) object).blob());
    }
    return new BlobState(
        blobId,
        state.durableSystem().epoch(),
        registrations,
        epoch(state.invalid, blobId),
        epoch(state.denied, blobId));
  }

  private static OptionalLong epoch(Table<BlobId, Long> table, BlobId blobId) {
    Long epoch = table.durable().get(blobId);
    return epoch == null ? OptionalLong.empty() : OptionalLong.of(epoch);
  }

  /** Returns where all FROST are. */
  public Supply supply() {
    SystemRow row = state.durableSystem();
    return new Supply(
        row.supply(),
        row.burnt(),
        sum(state.accounts, Account::balance),
        sum(
            state.objects,
            owned -> owned.object() instanceof StakedWal stake ? stake.principal() : Frost.ZERO),
        sum(state.nodes, node -> node.pool().rewards()),
        sum(state.nodes, node -> node.commission().balance()),
        sum(state.epochs, EpochAccount::rewards));
  }

  private static <V> Frost sum(Table<?, V> table, java.util.function.Function<V, Frost> amount) {
    return table.durable().values().stream().map(amount).reduce(Frost.ZERO, Frost::plus);
  }
}
