package io.redstuff.network.ledger.rule;

import static io.redstuff.network.ledger.rule.Execution.demand;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.redstuff.ObjectId;
import io.redstuff.SuiAddress;
import io.redstuff.certify.SignedMessages;
import io.redstuff.chain.Frost;
import io.redstuff.error.RedStuffException;
import io.redstuff.message.ProofOfPossession;
import io.redstuff.message.PublicKeyBytes;
import io.redstuff.message.SignatureBytes;
import io.redstuff.message.SignedMessage;
import io.redstuff.network.ledger.Abort;
import io.redstuff.network.ledger.LedgerException;
import io.redstuff.network.ledger.object.Commission;
import io.redstuff.network.ledger.object.NodeInfo;
import io.redstuff.network.ledger.object.NodeVotes;
import io.redstuff.network.ledger.object.StakingPool;
import io.redstuff.network.ledger.object.StorageNode;
import io.redstuff.network.ledger.object.StorageNodeCap;
import io.redstuff.network.ledger.transaction.SharedObject;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Registers nodes, and changes what they said of themselves: parts of {@code staking}. */
final class NodeFunctions {
  private static final int MOST_NAME_BYTES = 100;
  private static final int MOST_ADDRESS_BYTES = 259;
  private static final int NETWORK_KEY_BYTES = 33;

  /** A new commission holds from the epoch after the next on. */
  private static final int COMMISSION_DELAY = 2;

  private NodeFunctions() {}

  static void enter(Map<String, Function> functions) {
    Function.giving(functions, "staking::register_candidate", NodeFunctions::register);
    Function.silent(functions, "staking::set_next_public_key", NodeFunctions::setNextPublicKey);
    Function.silent(functions, "staking::set_network_address", NodeFunctions::setNetworkAddress);
    Function.silent(functions, "staking::set_next_commission", NodeFunctions::setNextCommission);
    Function.silent(functions, "staking::collect_commission", NodeFunctions::collectCommission);
    Function.silent(
        functions, "staking::set_commission_receiver", NodeFunctions::setCommissionReceiver);
    Function.silent(
        functions, "staking::set_governance_authorized", NodeFunctions::setGovernanceAuthorized);
  }

  private static ObjectId register(Arguments in) throws LedgerException {
    in.shared(SharedObject.STAKING);
    String name = in.text("name");
    String address = in.text("network_address");
    byte[] publicKey = in.bytes("public_key");
    byte[] networkPublicKey = in.bytes("network_public_key");
    byte[] possession = in.bytes("proof_of_possession");
    int rate = in.u16("commission_rate");
    Frost storagePrice = in.frost("storage_price");
    Frost writePrice = in.frost("write_price");
    long capacity = in.u64("node_capacity");
    in.end();
    Execution execution = in.execution();
    PublicKeyBytes key = checkKey(execution, publicKey, possession);
    checkLength(Abort.INVALID_NAME_LENGTH, name, MOST_NAME_BYTES);
    checkLength(Abort.INVALID_NETWORK_ADDRESS_LENGTH, address, MOST_ADDRESS_BYTES);
    checkRate(rate);
    demand(
        networkPublicKey.length == NETWORK_KEY_BYTES,
        Abort.INVALID_NETWORK_PUBLIC_KEY,
        "got %s bytes, expected %s",
        networkPublicKey.length,
        NETWORK_KEY_BYTES);
    LedgerState state = execution.state();
    long activation = state.system().epoch() + (state.nextCommittee().isPresent() ? 1 : 0);
    ObjectId id = execution.newId();
    state.put(
        new StorageNode(
            id,
            new NodeInfo(
                name, address, key, Optional.empty(), HexFormat.of().formatHex(networkPublicKey)),
            new NodeVotes(storagePrice, writePrice, capacity),
            StakingPool.of(activation),
            new Commission(rate, new TreeMap<>(), Frost.ZERO, execution.sender()),
            execution.sender(),
            0));
    return execution.keep(StorageNodeCap.of(execution.newId(), id));
  }

  /** Checks that the sender has the secret of a key, which no other node has. */
  private static PublicKeyBytes checkKey(Execution execution, byte[] publicKey, byte[] possession)
      throws LedgerException {
    demand(
        publicKey.length == PublicKeyBytes.BYTES,
        Abort.INVALID_KEY_LENGTH,
        "got %s bytes, expected %s",
        publicKey.length,
        PublicKeyBytes.BYTES);
    demand(
        possession.length == SignatureBytes.BYTES,
        Abort.INVALID_PROOF_OF_POSSESSION,
        "got %s bytes, expected %s",
        possession.length,
        SignatureBytes.BYTES);
    LedgerState state = execution.state();
    PublicKeyBytes key = PublicKeyBytes.of(publicKey);
    for (StorageNode node : state.nodes.all().values()) {
      demand(
          !node.info().publicKey().equals(key) && !node.info().keyWhenSelected().equals(key),
          Abort.DUPLICATE_KEY,
          "got the key of node %s, expected another",
          node.id());
    }
    long epoch = state.system().epoch();
    try {
      new SignedMessages(state.engine())
          .verifyPossession(
              new SignedMessage<>(
                  new ProofOfPossession(epoch, execution.sender(), key),
                  SignatureBytes.of(possession)),
              execution.sender(),
              epoch);
    } catch (RedStuffException e) {
      throw new LedgerException(Abort.INVALID_PROOF_OF_POSSESSION, e.getMessage());
    }
    return key;
  }

  private static void checkLength(Abort abort, String text, int most) throws LedgerException {
    int length = text.getBytes(UTF_8).length;
    demand(length <= most, abort, "got %s bytes, expected at most %s", length, most);
  }

  private static void checkRate(int rate) throws LedgerException {
    demand(
        rate <= Commission.WHOLE,
        Abort.INCORRECT_COMMISSION_RATE,
        "got %s basis points, expected at most %s",
        rate,
        Commission.WHOLE);
  }

  private static void setNextPublicKey(Arguments in) throws LedgerException {
    StorageNode node = ownNode(in);
    byte[] publicKey = in.bytes("public_key");
    byte[] possession = in.bytes("proof_of_possession");
    in.end();
    PublicKeyBytes key = checkKey(in.execution(), publicKey, possession);
    in.execution().state().put(node.with(node.info().withNextPublicKey(key)));
  }

  private static void setNetworkAddress(Arguments in) throws LedgerException {
    StorageNode node = ownNode(in);
    String address = in.text("network_address");
    in.end();
    checkLength(Abort.INVALID_NETWORK_ADDRESS_LENGTH, address, MOST_ADDRESS_BYTES);
    in.execution().state().put(node.with(node.info().withNetworkAddress(address)));
  }

  private static void setNextCommission(Arguments in) throws LedgerException {
    StorageNode node = ownNode(in);
    int rate = in.u16("commission_rate");
    in.end();
    checkRate(rate);
    LedgerState state = in.execution().state();
    state.put(
        node.with(node.commission().withRate(state.system().epoch() + COMMISSION_DELAY, rate)));
  }

  /** Takes the staking object and the cap of a node; returns the node. */
  static StorageNode ownNode(Arguments in) throws LedgerException {
    ObjectId id = in.shared(SharedObject.STAKING).cap().node();
    return in.execution().state().node(id);
  }

  private static void collectCommission(Arguments in) throws LedgerException {
    StorageNode node = in.shared(SharedObject.STAKING).node("node_id");
    in.end();
    checkSender(in, node.commission().receiver());
    in.execution().state().put(node.with(node.commission().withBalance(Frost.ZERO)));
    in.execution().give(in.execution().sender(), node.commission().balance());
  }

  private static void setCommissionReceiver(Arguments in) throws LedgerException {
    StorageNode node = in.shared(SharedObject.STAKING).node("node_id");
    SuiAddress receiver = in.address("receiver");
    in.end();
    checkSender(in, node.commission().receiver());
    in.execution().state().put(node.with(node.commission().withReceiver(receiver)));
  }

  private static void setGovernanceAuthorized(Arguments in) throws LedgerException {
    StorageNode node = in.shared(SharedObject.STAKING).node("node_id");
    SuiAddress authorized = in.address("authorized");
    in.end();
    checkSender(in, node.governance());
    in.execution().state().put(node.withGovernance(authorized));
  }

  private static void checkSender(Arguments in, SuiAddress expected) throws LedgerException {
    demand(
        in.execution().sender().equals(expected),
        Abort.AUTHORIZATION_FAILURE,
        "got sender %s, expected %s",
        in.execution().sender(),
        expected);
  }
}
