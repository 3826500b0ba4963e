package io.redstuff.network.ledger.rule;

import io.redstuff.BlobId;
import io.redstuff.ObjectId;
import io.redstuff.SuiAddress;
import io.redstuff.certify.Committee;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.chain.Frost;
import io.redstuff.chain.ShardAssignment;
import io.redstuff.error.RedStuffException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import io.redstuff.network.ledger.Abort;
import io.redstuff.network.ledger.Genesis;
import io.redstuff.network.ledger.LedgerException;
import io.redstuff.network.ledger.object.EpochCommittee;
import io.redstuff.network.ledger.object.LedgerObject;
import io.redstuff.network.ledger.object.OwnedObject;
import io.redstuff.network.ledger.object.StorageNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * All that the ledger knows, in memory. One thread executes, commits and publishes; {@link
 * LedgerReader} reads what is durable.
 */
public final class LedgerState {
  private static final String SYSTEM = "system";

  private static final RowFormat<ObjectId> OBJECT_ID =
      new RowFormat<>(ObjectId::toBytes, ObjectId::of);
  private static final RowFormat<BlobId> BLOB_ID = new RowFormat<>(BlobId::toBytes, BlobId::of);
  private static final RowFormat<Long> EPOCH =
      new RowFormat<>(
          epoch -> BcsWriter.toBytes(out -> out.u32(epoch)),
          bytes -> new BcsReader(bytes).u32("epoch"));
  private static final RowFormat<String> NAME =
      new RowFormat<>(
          name -> BcsWriter.toBytes(out -> out.text(name)),
          bytes -> new BcsReader(bytes).text("name"));

  final Table<AddressKey, Account> accounts =
      table(
          "accounts",
          new RowFormat<>(AddressKey::toBytes, AddressKey::of),
          new RowFormat<>(Account::toBcs, Account::parse));
  final Table<ObjectId, OwnedObject> objects =
      new Table<>(
          "objects",
          OBJECT_ID,
          new RowFormat<>(OwnedObject::toBcs, OwnedObject::parse),
          this::index);
  final Table<ObjectId, StorageNode> nodes =
      table("nodes", OBJECT_ID, new RowFormat<>(StorageNode::toBcs, StorageNode::parse));
  final Table<Long, EpochCommittee> committees =
      table("committees", EPOCH, new RowFormat<>(EpochCommittee::toBcs, EpochCommittee::parse));
  final Table<Long, EpochAccount> epochs =
      table("epochs", EPOCH, new RowFormat<>(EpochAccount::toBcs, EpochAccount::parse));
  final Table<BlobId, Long> invalid = table("invalid_blobs", BLOB_ID, EPOCH);
  final Table<BlobId, Long> denied = table("denied_blobs", BLOB_ID, EPOCH);
  final Table<ObjectId, Votes> slashing =
      table("slashing", OBJECT_ID, new RowFormat<>(Votes::toBcs, Votes::parse));
  final Table<String, Votes> ballots =
      table("ballots", NAME, new RowFormat<>(Votes::toBcs, Votes::parse));
  final Table<String, ActiveSet> activeSets =
      table("active_set", NAME, new RowFormat<>(ActiveSet::toBcs, ActiveSet::parse));
  final Table<String, SystemRow> systems =
      table("system", NAME, new RowFormat<>(SystemRow::toBcs, SystemRow::parse));

  private final List<Table<?, ?>> tables =
      List.of(
          accounts,
          objects,
          nodes,
          committees,
          epochs,
          invalid,
          denied,
          slashing,
          ballots,
          activeSets,
          systems);

  private final BlsEngine engine;

  /** The blob objects of each blob, of what is durable. */
  private final Map<BlobId, SortedSet<ObjectId>> registrations = new HashMap<>();

  /** The committee that verified last, and what it was made of; keys take long to read. */
  private Committee verifying;

  private EpochCommittee verifyingSource;

  /**
   * Makes a state that holds nothing, to be loaded or begun.
   *
   * @param engine for signatures of nodes
   */
  public LedgerState(BlsEngine engine) {
    this.engine = engine;
  }

  private static <K, V> Table<K, V> table(String name, RowFormat<K> keys, RowFormat<V> values) {
    return new Table<>(name, keys, values, (key, before, after) -> {});
  }

  private void index(ObjectId id, Optional<OwnedObject> before, Optional<OwnedObject> after) {
    blobId(before)
        .ifPresent(
            blob ->
                registrations.computeIfPresent(
                    blob,
                    (key, ids) -> {
                      ids.remove(id);
                      return ids.isEmpty() ? null : ids;
                    }));
    blobId(after)
        .ifPresent(blob -> registrations.computeIfAbsent(blob, key -> new TreeSet<>()).add(id));
  }

  private static Optional<BlobId> blobId(Optional<OwnedObject> owned) {
    return owned
        .map(OwnedObject::object)
        .filter(LedgerObject.Blob.class::isInstance)
        .map(object -> ((LedgerObject.Blob) object).blob().blobId());
  }

  SortedSet<ObjectId> registrations(BlobId blobId) {
    return registrations.getOrDefault(blobId, new TreeSet<>());
  }

  /** Returns the tables, for who keeps them. */
  public List<Table<?, ?>> tables() {
    return tables;
  }

  /** Returns whether there is anything in it. */
  public boolean isEmpty() {
    return systems.get(SYSTEM).isEmpty();
  }

  /**
   * Begins: what follows waits to be written.
   *
   * @param genesis how
   */
  public void begin(Genesis genesis) {
    systems.put(SYSTEM, SystemRow.of(genesis));
    activeSets.put(SYSTEM, ActiveSet.EMPTY);
    committees.put(
        0L, new EpochCommittee(0, new ShardAssignment(new TreeMap<>()), new TreeMap<>()));
    genesis.balances().forEach((address, frost) -> put(address, Account.NEW.withBalance(frost)));
    commit();
  }

  /** Keeps the changes of the current transaction. */
  void commit() {
    tables.forEach(Table::commit);
  }

  /** Forgets the changes of the current transaction. */
  void rollBack() {
    tables.forEach(Table::rollBack);
  }

  /** Makes what waits to be written visible: it is durable now. */
  public void publish() {
    tables.forEach(Table::publish);
  }

  /** Forgets what waits to be written. */
  public void discard() {
    tables.forEach(Table::discard);
  }

  SystemRow system() {
    return systems.get(SYSTEM).orElseThrow();
  }

  SystemRow durableSystem() {
    return systems.durable().get(SYSTEM);
  }

  void put(SystemRow row) {
    systems.put(SYSTEM, row);
  }

  Account account(SuiAddress address) {
    return accounts.get(new AddressKey(address)).orElse(Account.NEW);
  }

  Account durableAccount(SuiAddress address) {
    return accounts.durable().getOrDefault(new AddressKey(address), Account.NEW);
  }

  void put(SuiAddress address, Account account) {
    accounts.put(new AddressKey(address), account);
  }

  StorageNode node(ObjectId id) throws LedgerException {
    return nodes.get(id).orElseThrow(missing(Abort.POOL_NOT_FOUND, id));
  }

  void put(StorageNode node) {
    nodes.put(node.id(), node);
  }

  static Supplier<LedgerException> missing(Abort abort, ObjectId id) {
    return () -> new LedgerException(abort, "got " + id + ", expected one that is there");
  }

  EpochAccount epochAccount(long epoch) {
    return epochs.get(epoch).orElse(EpochAccount.EMPTY);
  }

  EpochCommittee committee() {
    return committees.get(system().epoch()).orElseThrow();
  }

  Optional<EpochCommittee> nextCommittee() {
    return committees.get(system().epoch() + 1);
  }

  ActiveSet activeSet() {
    return activeSets.get(SYSTEM).orElseThrow();
  }

  /** Notes what a node will have staked when shards are shared out next. */
  void updateActiveSet(StorageNode node) {
    long epoch = system().epoch() + (nextCommittee().isPresent() ? 2 : 1);
    activeSets.put(
        SYSTEM, activeSet().with(node.id(), node.pool().stakeAt(epoch), system().maxNodes()));
  }

  BlsEngine engine() {
    return engine;
  }

  /** Returns the committee of the current epoch, for verifying; there is none in epoch 0. */
  Committee verifyingCommittee() throws RedStuffException {
    EpochCommittee source = committee();
    if (!source.equals(verifyingSource)) {
      verifying = source.toCommittee(engine);
      verifyingSource = source;
    }
    return verifying;
  }

  /** Burns what was taken out of somewhere. */
  void burn(Frost amount) {
    put(system().withBurnt(system().burnt().plus(amount)));
  }
}
