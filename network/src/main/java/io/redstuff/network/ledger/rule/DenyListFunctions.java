package io.redstuff.network.ledger.rule;

import static io.redstuff.network.ledger.rule.Execution.demand;

import io.redstuff.chain.ChainEvent;
import io.redstuff.message.DenyListBlobDeleted;
import io.redstuff.message.DenyListUpdate;
import io.redstuff.message.IntentType;
import io.redstuff.message.ProtocolVersion;
import io.redstuff.message.Quorum;
import io.redstuff.network.ledger.Abort;
import io.redstuff.network.ledger.LedgerException;
import io.redstuff.network.ledger.object.StorageNodeCap;
import io.redstuff.network.ledger.transaction.SharedObject;
import java.util.Map;

/** Deny lists and the version of the protocol, which nodes vouch for: parts of {@code system}. */
final class DenyListFunctions {
  private DenyListFunctions() {}

  static void enter(Map<String, Function> functions) {
    Function.silent(functions, "system::register_deny_list_update", DenyListFunctions::announce);
    Function.silent(functions, "system::update_deny_list", DenyListFunctions::update);
    Function.silent(functions, "system::delete_deny_listed_blob", DenyListFunctions::deleteBlob);
    Function.silent(functions, "system::update_protocol_version", DenyListFunctions::updateVersion);
  }

  private static StorageNodeCap member(Arguments in) throws LedgerException {
    StorageNodeCap cap = in.shared(SharedObject.SYSTEM).cap();
    demand(
        in.execution().state().committee().contains(cap.node()),
        Abort.NOT_COMMITTEE_MEMBER,
        "got %s, expected a node of the committee",
        cap.node());
    return cap;
  }

  private static void checkLater(StorageNodeCap cap, long sequence) throws LedgerException {
    demand(
        Long.compareUnsigned(sequence, cap.denyListSequence()) > 0,
        Abort.INCORRECT_DENY_LIST_SEQUENCE,
        "got change %s, expected one after %s",
        Long.toUnsignedString(sequence),
        Long.toUnsignedString(cap.denyListSequence()));
  }

  /** Checks and tells of nothing: the contract's event is none that this library reads. */
  private static void announce(Arguments in) throws LedgerException {
    StorageNodeCap cap = member(in);
    in.u256("deny_list_root");
    long sequence = in.u64("deny_list_sequence");
    in.end();
    checkLater(cap, sequence);
  }

  private static void update(Arguments in) throws LedgerException {
    StorageNodeCap cap = member(in);
    DenyListUpdate message =
        Certificates.take(in, IntentType.DENY_LIST_UPDATE, DenyListUpdate.class, Quorum.TWO_THIRDS);
    demand(
        message.nodeId().equals(cap.node()),
        Abort.INCORRECT_DENY_LIST_NODE,
        "got a list of %s, expected one of %s",
        message.nodeId(),
        cap.node());
    checkLater(cap, message.sequenceNumber());
    demand(
        message.size() >= 0,
        Abort.ARITHMETIC,
        "got a list of %s bytes, expected fewer than 2^63",
        Long.toUnsignedString(message.size()));
    Execution execution = in.execution();
    execution.keep(cap.withDenyList(message.sequenceNumber(), message.root(), message.size()));
    execution.state().put(execution.state().node(cap.node()).withDenyListSize(message.size()));
  }

  private static void deleteBlob(Arguments in) throws LedgerException {
    in.shared(SharedObject.SYSTEM);
    DenyListBlobDeleted message =
        Certificates.take(
            in, IntentType.DENY_LIST_BLOB_DELETED, DenyListBlobDeleted.class, Quorum.ONE_CORRECT);
    Execution execution = in.execution();
    if (execution.state().denied.get(message.blobId()).isEmpty()) {
      execution.state().denied.put(message.blobId(), message.epoch());
    }
    execution.emit(new ChainEvent.DenyListBlobDeleted(message.epoch(), message.blobId()));
  }

  private static void updateVersion(Arguments in) throws LedgerException {
    member(in);
    ProtocolVersion message =
        Certificates.take(
            in, IntentType.PROTOCOL_VERSION, ProtocolVersion.class, Quorum.TWO_THIRDS);
    long epoch = in.execution().state().system().epoch();
    demand(
        message.startEpoch() >= epoch,
        Abort.INVALID_START_EPOCH,
        "got epoch %s, expected at least %s",
        message.startEpoch(),
        epoch);
    in.execution()
        .emit(
            new ChainEvent.ProtocolVersionUpdated(
                epoch, message.startEpoch(), message.protocolVersion()));
  }
}
