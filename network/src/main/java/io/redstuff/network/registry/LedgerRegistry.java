package io.redstuff.network.registry;

import io.redstuff.BlobId;
import io.redstuff.ObjectId;
import io.redstuff.certify.CertifiedBlob;
import io.redstuff.certify.Committee;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.chain.BlobObject;
import io.redstuff.chain.Frost;
import io.redstuff.chain.MoveCall;
import io.redstuff.chain.SystemCalls;
import io.redstuff.client.chain.BlobRegistry;
import io.redstuff.client.chain.BlobStanding;
import io.redstuff.client.chain.NetworkCommittee;
import io.redstuff.client.chain.NetworkCommittees;
import io.redstuff.client.chain.Registration;
import io.redstuff.client.chain.RegistryException;
import io.redstuff.client.node.NetworkKey;
import io.redstuff.client.node.NodeAddress;
import io.redstuff.error.RedStuffException;
import io.redstuff.error.VerificationException;
import io.redstuff.network.ledger.AccountSession;
import io.redstuff.network.ledger.BlobState;
import io.redstuff.network.ledger.Ledger;
import io.redstuff.network.ledger.LedgerException;
import io.redstuff.network.ledger.Receipt;
import io.redstuff.network.ledger.SystemState;
import io.redstuff.network.ledger.object.EpochCommittee;
import io.redstuff.network.ledger.object.EpochPhase;
import io.redstuff.network.ledger.object.LedgerObject;
import io.redstuff.network.ledger.object.NodeInfo;
import io.redstuff.network.ledger.object.StorageNode;
import io.redstuff.network.ledger.transaction.Call;
import io.redstuff.network.ledger.transaction.Calls;
import io.redstuff.proof.VerifiedMetadata;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * A {@link Ledger} as clients of storage nodes see it: an account of it pays and registers, and
 * nodes are found where they say on it. Thread-safe.
 *
 * @since 0.1.0
 */
public final class LedgerRegistry implements BlobRegistry {
  private static final System.Logger LOG = System.getLogger(LedgerRegistry.class.getName());

  /**
   * Where nobody is: that name is reserved for it (RFC 2606). A node may have told the ledger
   * anything as its address, and is down for us then; the others are not.
   */
  private static final NodeAddress NOWHERE = NodeAddress.of("http://address.invalid:1");

  private final Ledger ledger;
  private final AccountSession session;
  private final BlsEngine engine;

  /** Committees by epoch that were asked for of late: their keys need not be checked twice. */
  private final Map<Long, Committee> known = new ConcurrentHashMap<>();

  /**
   * Makes a registry.
   *
   * @param ledger the ledger; stays open
   * @param session the account that pays
   * @param engine for keys of nodes
   */
  public LedgerRegistry(Ledger ledger, AccountSession session, BlsEngine engine) {
    this.ledger = Objects.requireNonNull(ledger, "ledger");
    this.session = Objects.requireNonNull(session, "session");
    this.engine = Objects.requireNonNull(engine, "engine");
  }

  /** Asks the ledger something. */
  @FunctionalInterface
  private interface Asking<T> {
    T ask() throws RegistryException;
  }

  private static <T> T asked(Asking<T> asking) throws RegistryException {
    try {
      return asking.ask();
    } catch (UncheckedIOException e) {
      throw new RegistryException(e.getMessage(), e);
    }
  }

  /**
   * Asks for the nodes of the current epoch.
   *
   * @return the committee
   * @throws RegistryException if the ledger does not answer
   */
  public NetworkCommittee committee() throws RegistryException {
    return committees().current();
  }

  @Override
  public NetworkCommittees committees() throws RegistryException {
    SystemState system = asked(ledger::system);
    Optional<EpochCommittee> before =
        system
            .previousCommittee()
            .filter(committee -> system.phase() instanceof EpochPhase.Sync)
            .filter(committee -> committee.shards() > 0); // that of epoch 0 has none
    Map<ObjectId, StorageNode> nodes =
        asked(ledger::nodes).stream().collect(Collectors.toMap(StorageNode::id, node -> node));
    return new NetworkCommittees(
        committee(system.committee(), nodes),
        before.isPresent() ? Optional.of(committee(before.get(), nodes)) : Optional.empty());
  }

  private NetworkCommittee committee(EpochCommittee current, Map<ObjectId, StorageNode> nodes)
      throws RegistryException {
    List<NodeAddress> addresses = new ArrayList<>();
    for (ObjectId id : current.keys().keySet()) {
      try {
        addresses.add(address(nodes.get(id).info()));
      } catch (IllegalArgumentException | RedStuffException e) {
        LOG.log(Level.WARNING, "node {0} cannot be reached: {1}", id, e.getMessage());
        addresses.add(NOWHERE);
      }
    }
    try {
      Committee committee = known.get(current.epoch());
      if (committee == null) {
        committee = current.toCommittee(engine);
        known.keySet().removeIf(epoch -> epoch + 1 < current.epoch());
        known.put(current.epoch(), committee);
      }
      return new NetworkCommittee(committee, addresses);
    } catch (RedStuffException | IllegalArgumentException e) {
      throw new RegistryException(
          "committee of epoch " + current.epoch() + ": " + e.getMessage(), e);
    }
  }

  /** A node without TLS says so by its scheme; others have a certificate with their key. */
  private static NodeAddress address(NodeInfo info) throws RedStuffException {
    String address = info.networkAddress();
    return address.contains("://")
        ? NodeAddress.of(address)
        : new NodeAddress(
            URI.create("https://" + address),
            Optional.of(NetworkKey.parse("0x" + info.networkPublicKey())));
  }

  @Override
  public Registration register(VerifiedMetadata metadata, int epochs, boolean deletable)
      throws RegistryException, InterruptedException {
    long encoded = metadata.parameters().encodedLength(metadata.blobLength());
    Receipt receipt =
        execute(
            Call.of(SystemCalls.reserveSpace(encoded, epochs)),
            Call.of(SystemCalls.registerBlob(metadata, deletable), Calls.result(0)));
    ObjectId object = receipt.result(1);
    BlobObject blob = asked(() -> blob(object));
    return new Registration(metadata.blobId(), object, blob.storage().endEpoch(), blob.deletable());
  }

  private BlobObject blob(ObjectId object) throws RegistryException {
    return ledger
        .object(object)
        .map(owned -> owned.object() instanceof LedgerObject.Blob held ? held.blob() : null)
        .orElseThrow(() -> new RegistryException("object " + object + ": is no blob", null));
  }

  @Override
  public void certify(Registration registration, CertifiedBlob blob)
      throws RegistryException, InterruptedException {
    int members = asked(() -> ledger.system().committee().keys().size());
    MoveCall call;
    try {
      call = SystemCalls.certifyBlob(blob.certificate(), members);
    } catch (VerificationException e) {
      throw new RegistryException("certificate: " + e.getMessage(), e);
    }
    execute(Call.of(call, Calls.object(registration.objectId())));
  }

  @Override
  public Optional<BlobStanding> standing(BlobId blobId) throws RegistryException {
    return asked(() -> Optional.of(standing(ledger.blob(blobId))));
  }

  private static BlobStanding standing(BlobState state) {
    if (state.invalidEpoch().isPresent()) {
      return BlobStanding.INVALID;
    }
    if (state.deniedEpoch().isPresent()) {
      return BlobStanding.DENIED;
    }
    if (state.isAvailable()) {
      return BlobStanding.CERTIFIED;
    }
    if (!state.live().isEmpty()) {
      return BlobStanding.REGISTERED;
    }
    return state.registrations().isEmpty() ? BlobStanding.UNKNOWN : BlobStanding.EXPIRED;
  }

  /**
   * Returns what the account can spend.
   *
   * @return the amount
   * @throws RegistryException if the ledger does not answer
   */
  public Frost balance() throws RegistryException {
    return asked(() -> ledger.balance(session.address()));
  }

  /**
   * Executes calls for the account.
   *
   * @param calls the calls, all of which are made or none
   * @return what they gave
   * @throws RegistryException if the ledger refuses them or does not answer
   * @throws InterruptedException if the thread was interrupted; they may be made nevertheless
   */
  public Receipt execute(Call... calls) throws RegistryException, InterruptedException {
    try {
      return session.execute(calls);
    } catch (LedgerException | UncheckedIOException e) {
      throw new RegistryException(e.getMessage(), e);
    }
  }
}
