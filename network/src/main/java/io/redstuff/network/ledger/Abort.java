package io.redstuff.network.ledger;

import io.redstuff.error.MalformedDataException;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Why a transaction was not executed. Where the contract has the same reason it has the same
 * module, name and code here; those of the module {@code transaction} are the ledger's own.
 *
 * @since 0.1.0
 */
public enum Abort {
  // Transactions, before or beside the contract.
  /** The signature is not the sender's. */
  INVALID_SIGNATURE("transaction", "EInvalidSignature", 0),
  /** The transaction is for another ledger. */
  WRONG_CHAIN("transaction", "EWrongChain", 1),
  /** The sequence number is not the sender's next: it was executed before, or one is missing. */
  WRONG_SEQUENCE("transaction", "EWrongSequence", 2),
  /** There is no such function. */
  FUNCTION_NOT_FOUND("transaction", "EFunctionNotFound", 3),
  /** An argument is not what the function takes there. */
  INVALID_ARGUMENT("transaction", "EInvalidArgument", 4),
  /** There is no such object, or no longer. */
  OBJECT_NOT_FOUND("transaction", "EObjectNotFound", 5),
  /** The object is another account's. */
  NOT_OWNER("transaction", "ENotOwner", 6),
  /** A number came out that does not fit. */
  ARITHMETIC("transaction", "EArithmetic", 7),
  /** Another node has the same public key, which a committee would not admit. */
  DUPLICATE_KEY("transaction", "EDuplicateKey", 8),
  /** The blob is longer than the shards can hold. */
  BLOB_TOO_LARGE("transaction", "EBlobTooLarge", 9),
  /** A parameter cannot have that value. */
  INVALID_PARAMETER("transaction", "EInvalidParameter", 10),
  /** The sender has less than is to be paid; the framework's. */
  NOT_ENOUGH("balance", "ENotEnough", 2),
  /** There is no such attribute; the framework's. */
  KEY_DOES_NOT_EXIST("vec_map", "EKeyDoesNotExist", 1),

  // system_state_inner
  /** There is not so much capacity. */
  STORAGE_EXCEEDED("system_state_inner", "EStorageExceeded", 1),
  /** The period is empty or too far ahead. */
  INVALID_EPOCHS_AHEAD("system_state_inner", "EInvalidEpochsAhead", 2),
  /** The node is not of the committee. */
  NOT_COMMITTEE_MEMBER("system_state_inner", "ENotCommitteeMember", 8),
  /** The change of a deny list is not later than the last. */
  INCORRECT_DENY_LIST_SEQUENCE("system_state_inner", "EIncorrectDenyListSequence", 9),
  /** The certificate is about the deny list of another node. */
  INCORRECT_DENY_LIST_NODE("system_state_inner", "EIncorrectDenyListNode", 10),
  /** Storage of no size. */
  INVALID_RESOURCE_SIZE("system_state_inner", "EInvalidResourceSize", 11),
  /** A version of the protocol that would begin in the past. */
  INVALID_START_EPOCH("system_state_inner", "EInvalidStartEpoch", 12),

  // storage_resource
  /** Storage cannot be split there. */
  INVALID_EPOCH("storage_resource", "EInvalidEpoch", 0),
  /** Periods that do not go together. */
  INCOMPATIBLE_EPOCHS("storage_resource", "EIncompatibleEpochs", 1),
  /** Sizes that do not go together. */
  INCOMPATIBLE_AMOUNT("storage_resource", "EIncompatibleAmount", 2),

  // blob, encoding
  /** The blob is not certified. */
  NOT_CERTIFIED("blob", "ENotCertified", 0),
  /** The blob is permanent. */
  BLOB_NOT_DELETABLE("blob", "EBlobNotDeletable", 1),
  /** The storage is of another period. */
  RESOURCE_BOUNDS("blob", "EResourceBounds", 2),
  /** The storage is too small. */
  RESOURCE_SIZE("blob", "EResourceSize", 3),
  /** The blob is certified already. */
  ALREADY_CERTIFIED("blob", "EAlreadyCertified", 5),
  /** The blob id does not follow from root, length and encoding, or the certificate has another. */
  INVALID_BLOB_ID("blob", "EInvalidBlobId", 6),
  /** The blob has no attributes. */
  MISSING_METADATA("blob", "EMissingMetadata", 8),
  /** The certificate says permanent of a deletable blob, or the other way round. */
  INVALID_BLOB_PERSISTENCE_TYPE("blob", "EInvalidBlobPersistenceType", 9),
  /** The certificate is about another object. */
  INVALID_BLOB_OBJECT("blob", "EInvalidBlobObject", 10),
  /** The encoding is not RS2. */
  INVALID_ENCODING_TYPE("encoding", "EInvalidEncodingType", 0),

  // bls_aggregate, messages
  /** The bitmap of signers is too long or names somebody who is not there. */
  INVALID_BITMAP("bls_aggregate", "EInvalidBitmap", 0),
  /** The signature is not the signers'. */
  SIG_VERIFICATION("bls_aggregate", "ESigVerification", 1),
  /** The signers have too few shards. */
  NOT_ENOUGH_STAKE("bls_aggregate", "ENotEnoughStake", 2),
  /** The message is for another application. */
  INCORRECT_APP_ID("messages", "EIncorrectAppId", 0),
  /** The message is of another epoch. */
  INCORRECT_EPOCH("messages", "EIncorrectEpoch", 1),
  /** The message is of another kind. */
  INVALID_MSG_TYPE("messages", "EInvalidMsgType", 2),
  /** The message is of another version. */
  INCORRECT_INTENT_VERSION("messages", "EIncorrectIntentVersion", 3),
  /** A public key that has not 48 bytes. */
  INVALID_KEY_LENGTH("messages", "EInvalidKeyLength", 6),

  // staking_inner
  /** Not at this time of an epoch. */
  WRONG_EPOCH_STATE("staking_inner", "EWrongEpochState", 0),
  /** The epoch is not the current one. */
  INVALID_SYNC_EPOCH("staking_inner", "EInvalidSyncEpoch", 1),
  /** The node has said so before. */
  DUPLICATE_SYNC_DONE("staking_inner", "EDuplicateSyncDone", 2),
  /** Nobody has staked. */
  NO_STAKE("staking_inner", "ENoStake", 3),
  /** The node is not of the committee. */
  NOT_IN_COMMITTEE("staking_inner", "ENotInCommittee", 4),
  /** There is no such node. */
  POOL_NOT_FOUND("staking_inner", "EPoolNotFound", 8),

  // staking_pool, staked_wal, storage_node
  /** The proof of possession is not one of the key, the sender and the epoch. */
  INVALID_PROOF_OF_POSSESSION("staking_pool", "EInvalidProofOfPossession", 4),
  /** A stake of nothing. */
  ZERO_STAKE("staking_pool", "EZeroStake", 7),
  /** The stake was asked back already. */
  NOT_STAKED("staking_pool", "ENotStaked", 8),
  /** The stake has to be asked back first. */
  NOT_WITHDRAWING("staking_pool", "ENotWithdrawing", 10),
  /** The stake can be had later only. */
  WITHDRAW_EPOCH_NOT_REACHED("staking_pool", "EWithdrawEpochNotReached", 11),
  /** The stake can be withdrawn at once. */
  WITHDRAW_DIRECTLY("staking_pool", "EWithdrawDirectly", 13),
  /** A commission of more than everything. */
  INCORRECT_COMMISSION_RATE("staking_pool", "EIncorrectCommissionRate", 14),
  /** The sender may not do so for the node. */
  AUTHORIZATION_FAILURE("staking_pool", "EAuthorizationFailure", 15),
  /** The network address is too long. */
  INVALID_NETWORK_ADDRESS_LENGTH("staking_pool", "EInvalidNetworkAddressLength", 16),
  /** The name is too long. */
  INVALID_NAME_LENGTH("staking_pool", "EInvalidNameLength", 17),
  /** The stake is so little that it is no share. */
  ZERO_SHARES("staking_pool", "EZeroShares", 18),
  /** The stakes are of different nodes, epochs or states. */
  METADATA_MISMATCH("staked_wal", "EMetadataMismatch", 1),
  /** A stake cannot be split so. */
  INVALID_AMOUNT("staked_wal", "EInvalidAmount", 2),
  /** A network key that has not 33 bytes. */
  INVALID_NETWORK_PUBLIC_KEY("storage_node", "EInvalidNetworkPublicKey", 0),

  // slashing
  /** The sender may not vote for the node. */
  NOT_AUTHORIZED("slashing", "ENotAuthorized", 0),
  /** The node has voted already. */
  DUPLICATE_VOTE("slashing", "EDuplicateVote", 1),
  /** Nobody has voted against the node. */
  NO_PROPOSAL_FOR_NODE("slashing", "ENoProposalForNode", 2),
  /** The votes were of an earlier epoch. */
  WRONG_EPOCH("slashing", "EWrongEpoch", 3),
  /** Too few shards have voted. */
  NOT_ENOUGH_VOTES("slashing", "ENotEnoughVotes", 4);

  private static final Map<String, Abort> BY_NAME =
      Stream.of(values()).collect(Collectors.toMap(Abort::qualifiedName, Function.identity()));

  private final String module;
  private final String moveName;
  private final int code;

  Abort(String module, String moveName, int code) {
    this.module = module;
    this.moveName = moveName;
    this.code = code;
  }

  /** {@return the module of the contract, as in {@code blob}} */
  public String module() {
    return module;
  }

  /** {@return the name in that module, as in {@code EResourceSize}} */
  public String moveName() {
    return moveName;
  }

  /** {@return the number in that module} */
  public int code() {
    return code;
  }

  /** {@return as in {@code blob::EResourceSize}} */
  public String qualifiedName() {
    return module + "::" + moveName;
  }

  /**
   * Returns the abort with a name.
   *
   * @param qualifiedName as in {@code blob::EResourceSize}
   * @return the abort
   * @throws MalformedDataException if there is none of that name here
   */
  public static Abort parse(String qualifiedName) throws MalformedDataException {
    Abort abort = BY_NAME.get(qualifiedName);
    if (abort == null) {
      String shown =
          qualifiedName.length() <= 80 ? qualifiedName : qualifiedName.substring(0, 80) + "...";
      throw new MalformedDataException(0, "abort: got '" + shown + "', expected one that is known");
    }
    return abort;
  }
}
