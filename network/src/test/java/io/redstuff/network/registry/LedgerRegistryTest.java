package io.redstuff.network.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.BlobId;
import io.redstuff.ObjectId;
import io.redstuff.certify.CertificateVerifier;
import io.redstuff.certify.CertifiedBlob;
import io.redstuff.chain.Frost;
import io.redstuff.client.chain.BlobStanding;
import io.redstuff.client.chain.NetworkCommittee;
import io.redstuff.client.chain.Registration;
import io.redstuff.client.chain.RegistryException;
import io.redstuff.client.node.NodeAddress;
import io.redstuff.codec.RedStuff;
import io.redstuff.message.BlobConfirmation;
import io.redstuff.message.BlobPersistence;
import io.redstuff.network.ledger.AccountSession;
import io.redstuff.network.ledger.local.LocalLedger;
import io.redstuff.network.ledger.object.StorageNode;
import io.redstuff.network.ledger.object.StorageNodeCap;
import io.redstuff.network.ledger.remote.LedgerServer;
import io.redstuff.network.ledger.remote.RemoteLedger;
import io.redstuff.network.ledger.testing.LedgerScenario;
import io.redstuff.network.ledger.testing.TestLedger;
import io.redstuff.network.ledger.testing.TestNode;
import io.redstuff.network.ledger.transaction.Calls;
import io.redstuff.proof.VerifiedMetadata;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client sees of the ledger, and does there. */
class LedgerRegistryTest {
  private static final VerifiedMetadata BLOB =
      RedStuff.forShards(10).metadata(new byte[] {1, 2, 3});

  private final LocalLedger ledger =
      LocalLedger.inMemory(
          LedgerScenario.genesis(), InstantSource.fixed(TestLedger.START), TestNode.ENGINE);
  private final AccountSession session = new AccountSession(ledger, LedgerScenario.key());
  private final LedgerRegistry registry = new LedgerRegistry(ledger, session, TestNode.ENGINE);
  private final List<TestNode> nodes = new ArrayList<>();

  @BeforeEach
  void begin() throws Exception {
    for (int i = 0; i < 3; i++) {
      TestNode node = new TestNode(i + 1, session.address());
      node.cap = session.execute(node.register(0, 500, 10, 2, 1L << 40)).result(0);
      node.id = ((StorageNodeCap) ledger.object(node.cap).orElseThrow().object()).node();
      session.execute(Calls.stake(Frost.of(1000), node.id));
      move(node, "http://127.0.0.1:" + (9000 + i));
      nodes.add(node);
    }
    nextEpoch();
  }

  private void move(TestNode node, String address) throws Exception {
    session.execute(Calls.setNetworkAddress(Calls.object(node.cap), address));
  }

  private void nextEpoch() throws Exception {
    session.execute(Calls.votingEnd(), Calls.initiateEpochChange());
    for (TestNode node : nodes) {
      session.execute(Calls.epochSyncDone(Calls.object(node.cap), ledger.system().epoch()));
    }
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private CertifiedBlob certificate(BlobId blobId, BlobPersistence persistence) throws Exception {
    NetworkCommittee committee = registry.committee();
    return new CertificateVerifier(committee.committee(), TestNode.ENGINE)
        .verify(
            TestNode.certificate(
                ledger.system().committee(),
                nodes,
                new BlobConfirmation(ledger.system().epoch(), blobId, persistence)));
  }

  private Optional<BlobStanding> standing() throws Exception {
    return registry.standing(BLOB.blobId());
  }

  @Test
  void aBlobFromRegistrationToItsEnd() throws Exception {
    assertEquals(Optional.of(BlobStanding.UNKNOWN), standing());
    long before = registry.balance().value();
    Registration registration = registry.register(BLOB, 2, false);
    assertEquals(BLOB.blobId(), registration.blobId());
    assertEquals(3, registration.endEpoch());
    assertEquals(BlobPersistence.PERMANENT, registration.persistence());
    assertEquals(before - 2 * 10 - 2, registry.balance().value());
    assertEquals(Optional.of(BlobStanding.REGISTERED), standing());
    CertifiedBlob certified = certificate(BLOB.blobId(), registration.persistence());
    registry.certify(registration, certified);
    assertEquals(Optional.of(BlobStanding.CERTIFIED), standing());
    RegistryException e =
        assertThrows(RegistryException.class, () -> registry.certify(registration, certified));
    assertTrue(e.getMessage().contains("EAlreadyCertified"), e.getMessage());
    nextEpoch();
    nextEpoch();
    assertEquals(Optional.of(BlobStanding.EXPIRED), standing());
  }

  @Test
  void aDeletableBlob() throws Exception {
    Registration registration = registry.register(BLOB, 1, true);
    assertEquals(BlobPersistence.deletable(registration.objectId()), registration.persistence());
    registry.certify(registration, certificate(BLOB.blobId(), registration.persistence()));
    assertEquals(Optional.of(BlobStanding.CERTIFIED), standing());
    RegistryException e =
        assertThrows(RegistryException.class, () -> registry.register(BLOB, 2000, true));
    assertTrue(e.getMessage().contains("EInvalidEpochsAhead"), e.getMessage());
  }

  @Test
  void theCommitteeIsWhereItSays() throws Exception {
    NetworkCommittee committee = registry.committee();
    assertEquals(1, committee.committee().epoch());
    assertEquals(10, committee.parameters().shards());
    for (int i = 0; i < 3; i++) {
      ObjectId id = committee.committee().members().get(i).nodeId();
      String address = ledger.node(id).map(StorageNode::info).orElseThrow().networkAddress();
      assertEquals(address, committee.addresses().get(i).toString());
    }
    // The keys of an epoch are looked at once.
    assertSame(committee.committee(), registry.committee().committee());
    // Without a scheme it is TLS, with the key that the node has said.
    move(nodes.getFirst(), "127.0.0.1:9443");
    NetworkCommittee moved = registry.committee();
    assertTrue(
        moved.addresses().stream()
            .anyMatch(
                it -> it.toString().equals("https://127.0.0.1:9443") && it.pin().isPresent()));
    // Nobody can shut clients out by saying something else.
    for (String nonsense : List.of("http://nowhere/else", "x y", "", "://", "[::", "host:0:1")) {
      move(nodes.getFirst(), nonsense);
      List<String> addresses =
          registry.committee().addresses().stream().map(NodeAddress::toString).toList();
      assertTrue(addresses.contains("http://address.invalid:1"), () -> nonsense + addresses);
      assertTrue(addresses.contains("http://127.0.0.1:9001"), addresses::toString);
    }
    nextEpoch();
    move(nodes.getFirst(), "http://127.0.0.1:9000");
    assertEquals(2, registry.committee().committee().epoch());
  }

  /** While shards are on their way, those who had them are known too. */
  @Test
  void shardsAreHandedOver() throws Exception {
    NetworkCommittee before = registry.committee();
    assertEquals(Optional.empty(), registry.committees().handingOver());
    session.execute(Calls.votingEnd(), Calls.initiateEpochChange());
    assertEquals(2, registry.committee().committee().epoch());
    assertEquals(Optional.of(before), registry.committees().handingOver());
    assertSame(before.committee(), registry.committees().handingOver().orElseThrow().committee());
    for (TestNode node : nodes) {
      session.execute(Calls.epochSyncDone(Calls.object(node.cap), 2));
    }
    assertEquals(Optional.empty(), registry.committees().handingOver());
  }

  /** Another process that works for the same account uses up numbers. */
  @Test
  void sharesAnAccount() throws Exception {
    LedgerRegistry other =
        new LedgerRegistry(
            ledger, new AccountSession(ledger, LedgerScenario.key()), TestNode.ENGINE);
    for (int i = 0; i < 3; i++) {
      registry.execute(Calls.pay(Frost.of(1), LedgerScenario.NOBODY));
      other.execute(Calls.pay(Frost.of(1), LedgerScenario.NOBODY));
    }
    assertEquals(6, ledger.balance(LedgerScenario.NOBODY).value());
  }

  @Test
  void aLedgerThatDoesNotAnswer() throws Exception {
    LedgerServer server = LedgerServer.start(ledger, 0);
    try (RemoteLedger remote = RemoteLedger.connect(server.address(), Duration.ZERO)) {
      LedgerRegistry far =
          new LedgerRegistry(
              remote, new AccountSession(remote, LedgerScenario.key()), TestNode.ENGINE);
      assertEquals(registry.committee(), far.committee());
      server.close();
      assertThrows(RegistryException.class, far::committee);
      assertThrows(RegistryException.class, () -> far.register(BLOB, 1, true));
    }
  }
}
