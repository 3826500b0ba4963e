package io.redstuff.network.ledger.transaction;

import io.redstuff.ObjectId;
import io.redstuff.SuiAddress;
import io.redstuff.chain.Frost;
import io.redstuff.message.ProofOfPossession;
import io.redstuff.message.SignedMessage;

/**
 * The calls beside those of {@link io.redstuff.chain.SystemCalls}, which {@link Call#of} completes:
 * of storage, attributes and staking, with the contract's names and the order of its parameters.
 *
 * <p>Where the contract takes a coin as a whole, or gives one, a call here takes an amount out of
 * what the sender has, or adds to it. The module {@code governance} is the ledger's own.
 *
 * <p>Epochs are from 0 to 2^32 - 1; methods throw {@link IllegalArgumentException} for others.
 *
 * @since 0.1.0
 */
public final class Calls {
  private static final String STORAGE = "storage_resource";
  private static final String BLOB = "blob";
  private static final String STAKING = "staking";
  private static final String STAKED_WAL = "staked_wal";
  private static final String SLASHING = "slashing";

  private Calls() {}

  /**
   * Names an object that the sender owns.
   *
   * @param id the object
   * @return the argument
   */
  public static CallInput object(ObjectId id) {
    return new CallInput.Owned(id);
  }

  /**
   * Names what an earlier call of the transaction gave.
   *
   * @param call its position
   * @return the argument
   * @throws IndexOutOfBoundsException if the position does not fit 16 bits
   */
  public static CallInput result(int call) {
    return new CallInput.Result(call);
  }

  private static CallBuilder on(String module, String function) {
    return new CallBuilder(module, function);
  }

  private static CallBuilder staking(String function) {
    return on(STAKING, function).shared(SharedObject.STAKING);
  }

  /**
   * Gives FROST to another account.
   *
   * @param amount how many
   * @param recipient the account, which need not have been known before
   * @return the call
   */
  public static Call pay(Frost amount, SuiAddress recipient) {
    return on("pay", "split_and_transfer")
        .shared(SharedObject.PURSE)
        .u64(amount.value())
        .id(recipient)
        .build();
  }

  /**
   * Gives an object away: who owns the object owns the blob.
   *
   * @param object the object
   * @param recipient the account
   * @return the call
   */
  public static Call transfer(CallInput object, SuiAddress recipient) {
    return on("transfer", "public_transfer").input(object).id(recipient).build();
  }

  /**
   * Splits storage in time; gives the later part.
   *
   * @param storage the storage, of which the earlier part stays
   * @param epoch the first epoch of the later part
   * @return the call
   */
  public static Call splitByEpoch(CallInput storage, long epoch) {
    return on(STORAGE, "split_by_epoch").input(storage).u32(epoch).build();
  }

  /**
   * Splits storage in size; gives the rest.
   *
   * @param storage the storage, of which {@code size} bytes stay
   * @param size how many encoded bytes; unsigned
   * @return the call
   */
  public static Call splitBySize(CallInput storage, long size) {
    return on(STORAGE, "split_by_size").input(storage).u64(size).build();
  }

  /**
   * Fuses storage of the same size whose periods follow each other, or of the same period.
   *
   * @param first the storage that grows
   * @param second the storage that is used up
   * @return the call
   */
  public static Call fuse(CallInput first, CallInput second) {
    return on(STORAGE, "fuse").input(first).input(second).build();
  }

  /**
   * Fuses storage of the same size whose periods follow each other.
   *
   * @param first the storage that grows
   * @param second the storage that is used up
   * @return the call
   */
  public static Call fusePeriods(CallInput first, CallInput second) {
    return on(STORAGE, "fuse_periods").input(first).input(second).build();
  }

  /**
   * Fuses storage of the same period.
   *
   * @param first the storage that grows
   * @param second the storage that is used up
   * @return the call
   */
  public static Call fuseAmount(CallInput first, CallInput second) {
    return on(STORAGE, "fuse_amount").input(first).input(second).build();
  }

  /**
   * Notes an attribute with a blob, or changes it.
   *
   * @param blob the blob object
   * @param key the key
   * @param value the value
   * @return the call
   */
  public static Call setAttribute(CallInput blob, String key, String value) {
    return on(BLOB, "insert_or_update_metadata_pair").input(blob).text(key).text(value).build();
  }

  /**
   * Removes an attribute of a blob.
   *
   * @param blob the blob object
   * @param key the key
   * @return the call
   */
  public static Call removeAttribute(CallInput blob, String key) {
    return on(BLOB, "remove_metadata_pair").input(blob).text(key).build();
  }

  /**
   * Registers a storage node; gives its {@code StorageNodeCap}, with which the node acts.
   *
   * @param name at most 100 bytes
   * @param networkAddress host and port, at most 259 bytes
   * @param networkPublicKey the key of its TLS certificate, 33 bytes
   * @param possession shows that the node has the secret of the key in it; made for the sender and
   *     the current epoch
   * @param commissionRate its commission in basis points, from 0 to 10,000
   * @param storagePrice its vote for the price of a unit of storage and an epoch
   * @param writePrice its vote for the price of a unit that is written
   * @param capacity how many encoded bytes it can hold; unsigned
   * @return the call
   */
  public static Call registerCandidate(
      String name,
      String networkAddress,
      byte[] networkPublicKey,
      SignedMessage<ProofOfPossession> possession,
      int commissionRate,
      Frost storagePrice,
      Frost writePrice,
      long capacity) {
    return staking("register_candidate")
        .text(name)
        .text(networkAddress)
        .bytes(possession.message().publicKey().toBytes())
        .bytes(networkPublicKey)
        .bytes(possession.signature().toBytes())
        .u16(commissionRate)
        .u64(storagePrice.value())
        .u64(writePrice.value())
        .u64(capacity)
        .build();
  }

  /**
   * Stakes with a node; gives a {@code StakedWal}.
   *
   * @param amount how many FROST
   * @param node the node
   * @return the call
   */
  public static Call stake(Frost amount, ObjectId node) {
    return staking("stake_with_pool").u64(amount.value()).id(node).build();
  }

  /**
   * Asks for staked FROST back, which can then be had an epoch or two later.
   *
   * @param stakedWal the stake
   * @return the call
   */
  public static Call requestWithdrawStake(CallInput stakedWal) {
    return staking("request_withdraw_stake").input(stakedWal).build();
  }

  /**
   * Takes staked FROST back, with its rewards.
   *
   * @param stakedWal the stake
   * @return the call
   */
  public static Call withdrawStake(CallInput stakedWal) {
    return staking("withdraw_stake").input(stakedWal).build();
  }

  /**
   * Splits a stake; gives the part that is split off.
   *
   * @param stakedWal the stake, of which the rest stays
   * @param amount how many FROST
   * @return the call
   */
  public static Call splitStake(CallInput stakedWal, Frost amount) {
    return on(STAKED_WAL, "split").input(stakedWal).u64(amount.value()).build();
  }

  /**
   * Joins two stakes with the same node that became active in the same epoch.
   *
   * @param first the stake that grows
   * @param second the stake that is used up
   * @return the call
   */
  public static Call joinStakes(CallInput first, CallInput second) {
    return on(STAKED_WAL, "join").input(first).input(second).build();
  }

  /**
   * Lets a node that was crowded out be one of those that shards are shared out among, if it has
   * more stake than another.
   *
   * @param cap the node's {@code StorageNodeCap}
   * @return the call
   */
  public static Call tryJoinActiveSet(CallInput cap) {
    return staking("try_join_active_set").input(cap).build();
  }

  /**
   * Settles committee and capacity of the next epoch, when half of the epoch is over.
   *
   * @return the call
   */
  public static Call votingEnd() {
    return staking("voting_end").build();
  }

  /**
   * Begins the next epoch, when this one is over.
   *
   * @return the call
   */
  public static Call initiateEpochChange() {
    return staking("initiate_epoch_change_v2").shared(SharedObject.SYSTEM).build();
  }

  /**
   * Says that a node has all data of its shards.
   *
   * @param cap the node's {@code StorageNodeCap}
   * @param epoch the current epoch
   * @return the call
   */
  public static Call epochSyncDone(CallInput cap, long epoch) {
    return staking("epoch_sync_done").input(cap).u32(epoch).build();
  }

  /**
   * Sets a node's commission from the epoch after the next on.
   *
   * @param cap the node's {@code StorageNodeCap}
   * @param basisPoints from 0 to 10,000
   * @return the call
   */
  public static Call setNextCommission(CallInput cap, int basisPoints) {
    return staking("set_next_commission").input(cap).u16(basisPoints).build();
  }

  /**
   * Votes for the price of a unit of storage and an epoch; see {@link #updatePrices}.
   *
   * @param cap the node's {@code StorageNodeCap}
   * @param price the price
   * @return the call
   */
  public static Call voteStoragePrice(CallInput cap, Frost price) {
    return staking("set_storage_price_vote").input(cap).u64(price.value()).build();
  }

  /**
   * Votes for the price of a unit that is written; see {@link #updatePrices}.
   *
   * @param cap the node's {@code StorageNodeCap}
   * @param price the price
   * @return the call
   */
  public static Call voteWritePrice(CallInput cap, Frost price) {
    return staking("set_write_price_vote").input(cap).u64(price.value()).build();
  }

  /**
   * Says how much a node can hold, from which the capacity of the next epoch follows.
   *
   * @param cap the node's {@code StorageNodeCap}
   * @param bytes how many encoded bytes; unsigned
   * @return the call
   */
  public static Call voteCapacity(CallInput cap, long bytes) {
    return staking("set_node_capacity_vote").input(cap).u64(bytes).build();
  }

  /**
   * Makes the prices follow from the votes, at once.
   *
   * @return the call
   */
  public static Call updatePrices() {
    return staking("update_prices").shared(SharedObject.SYSTEM).build();
  }

  /**
   * Changes the key with which a node signs, from the next epoch that it is selected for on.
   *
   * @param cap the node's {@code StorageNodeCap}
   * @param possession shows that the node has the secret of the key in it; made for the sender and
   *     the current epoch
   * @return the call
   */
  public static Call setNextPublicKey(CallInput cap, SignedMessage<ProofOfPossession> possession) {
    return staking("set_next_public_key")
        .input(cap)
        .bytes(possession.message().publicKey().toBytes())
        .bytes(possession.signature().toBytes())
        .build();
  }

  /**
   * Changes where a node is found.
   *
   * @param cap the node's {@code StorageNodeCap}
   * @param networkAddress host and port, at most 259 bytes
   * @return the call
   */
  public static Call setNetworkAddress(CallInput cap, String networkAddress) {
    return staking("set_network_address").input(cap).text(networkAddress).build();
  }

  /**
   * Collects a node's commission, which who receives it may.
   *
   * @param node the node
   * @return the call
   */
  public static Call collectCommission(ObjectId node) {
    return staking("collect_commission").id(node).build();
  }

  /**
   * Lets another account receive a node's commission.
   *
   * @param node the node
   * @param receiver the account
   * @return the call
   */
  public static Call setCommissionReceiver(ObjectId node, SuiAddress receiver) {
    return staking("set_commission_receiver").id(node).id(receiver).build();
  }

  /**
   * Lets another account vote for a node.
   *
   * @param node the node
   * @param authorized the account
   * @return the call
   */
  public static Call setGovernanceAuthorized(ObjectId node, SuiAddress authorized) {
    return staking("set_governance_authorized").id(node).id(authorized).build();
  }

  /**
   * Votes, for a node, that another one loses its commission.
   *
   * @param node the node that votes
   * @param candidate the node that it votes against
   * @return the call
   */
  public static Call voteForSlashing(ObjectId node, ObjectId candidate) {
    return slashing("vote_for_slashing").id(node).id(candidate).build();
  }

  /**
   * Burns a node's commission, when nodes of two thirds of the shards have voted for it.
   *
   * @param candidate the node
   * @return the call
   */
  public static Call executeSlashing(ObjectId candidate) {
    return slashing("execute_slashing").id(candidate).build();
  }

  private static CallBuilder slashing(String function) {
    return on(SLASHING, function).shared(SharedObject.STAKING);
  }

  /**
   * Votes, for a node, for the value of a parameter. When nodes of two thirds of the shards have
   * voted for the same value in an epoch, it holds from the next one on.
   *
   * @param node the node that votes
   * @param parameter which parameter
   * @param value its value
   * @return the call
   */
  public static Call voteForParameter(ObjectId node, GovernedParameter parameter, long value) {
    return on("governance", "vote_for_parameter")
        .shared(SharedObject.STAKING)
        .id(node)
        .u8(parameter.number())
        .u64(value)
        .build();
  }
}
