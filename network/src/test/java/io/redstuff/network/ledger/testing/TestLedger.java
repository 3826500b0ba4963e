package io.redstuff.network.ledger.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.ObjectId;
import io.redstuff.SuiAddress;
import io.redstuff.chain.BlobObject;
import io.redstuff.chain.ChainEvent;
import io.redstuff.chain.Frost;
import io.redstuff.chain.StorageResource;
import io.redstuff.chain.SystemCalls;
import io.redstuff.error.RedStuffException;
import io.redstuff.internal.bcs.BcsWriter;
import io.redstuff.message.BlobConfirmation;
import io.redstuff.message.BlobPersistence;
import io.redstuff.message.Certificate;
import io.redstuff.message.ProtocolMessage;
import io.redstuff.network.ledger.Abort;
import io.redstuff.network.ledger.Genesis;
import io.redstuff.network.ledger.LedgerException;
import io.redstuff.network.ledger.Receipt;
import io.redstuff.network.ledger.object.LedgerObject;
import io.redstuff.network.ledger.object.StorageNodeCap;
import io.redstuff.network.ledger.object.SystemParameters;
import io.redstuff.network.ledger.rule.Executor;
import io.redstuff.network.ledger.rule.LedgerReader;
import io.redstuff.network.ledger.rule.LedgerState;
import io.redstuff.network.ledger.transaction.Call;
import io.redstuff.network.ledger.transaction.CallInput;
import io.redstuff.network.ledger.transaction.Calls;
import io.redstuff.network.ledger.transaction.SharedObject;
import io.redstuff.network.ledger.transaction.Transaction;
import io.redstuff.proof.VerifiedMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The rules on a state in memory, without signatures of senders; with nodes if wanted. */
public final class TestLedger {
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  public static final long WEALTH = 1_000_000_000_000L;
  public static final long UNIT = 1 << 20;
  public static final Duration EPOCH = Duration.ofHours(1);
  public static final SystemParameters PARAMETERS = new SystemParameters(EPOCH.toMillis(), 10, 300);

  public final LedgerState state = new LedgerState(TestNode.ENGINE);
  public final LedgerReader reader = new LedgerReader(state);
  public final List<TestNode> nodes = new ArrayList<>();
  public final List<ChainEvent> events = new ArrayList<>();
  private final Executor executor = new Executor(state);
  public Instant now = START;

  public TestLedger(int shards, int accounts) {
    state.begin(genesis(shards, accounts));
    state.publish();
  }

  public static Genesis genesis(int shards, int accounts) {
    Map<SuiAddress, Frost> balances = new HashMap<>();
    for (int i = 0; i < accounts; i++) {
      balances.put(account(i), Frost.of(WEALTH));
    }
    return new Genesis(shards, 150, PARAMETERS, START, balances);
  }

  public static SuiAddress account(int number) {
    byte[] bytes = new byte[SuiAddress.BYTES];
    bytes[0] = (byte) number;
    bytes[31] = 7;
    return SuiAddress.of(bytes);
  }

  /** Executes calls; a receipt that tells of a failure is one too. */
  public Receipt tryOut(SuiAddress sender, Call... calls) {
    try {
      Executor.Outcome outcome =
          executor.execute(
              new Transaction(
                  reader.chainId(), sender, reader.nextSequence(sender), List.of(calls)),
              now);
      state.publish();
      events.addAll(outcome.events());
      return outcome.receipt();
    } catch (LedgerException e) {
      throw new AssertionError(e);
    }
  }

  public Receipt run(SuiAddress sender, Call... calls) {
    try {
      return tryOut(sender, calls).orThrow();
    } catch (LedgerException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  /** Checks that calls fail, and that this changes nothing. */
  public void fails(Abort abort, SuiAddress sender, Call... calls) {
    Receipt receipt = tryOut(sender, calls);
    assertEquals(
        abort, receipt.failure().map(Receipt.Failure::abort).orElse(null), receipt::toString);
  }

  /** Registers nodes, each of an account of its own, with prices 100 and 20 and half the stake. */
  public TestLedger withNodes(int count, int commission) {
    for (int i = 0; i < count; i++) {
      addNode(i, commission, WEALTH / 2);
    }
    nextEpoch();
    return this;
  }

  public TestNode addNode(int number, int commission, long stake) {
    TestNode node = new TestNode(number + 1, account(number));
    Receipt receipt =
        run(
            node.operator,
            node.register(reader.system().epoch(), commission, 100, 20, 100_000 * UNIT));
    node.cap = receipt.result(0);
    node.id = ((StorageNodeCap) reader.object(node.cap).orElseThrow().object()).node();
    run(node.operator, Calls.stake(Frost.of(stake), node.id));
    nodes.add(node);
    return node;
  }

  /** Waits until the epoch is over, settles the next committee and begins its epoch. */
  public void nextEpoch() {
    now = now.plus(EPOCH);
    run(account(0), Calls.votingEnd(), Calls.initiateEpochChange());
    for (TestNode node : nodes) {
      if (reader.system().committee().contains(node.id)) {
        run(node.operator, Calls.epochSyncDone(Calls.object(node.cap), epoch()));
      }
    }
  }

  public long epoch() {
    return reader.system().epoch();
  }

  public StorageResource storage(ObjectId id) {
    return ((LedgerObject.Storage) reader.object(id).orElseThrow().object()).resource();
  }

  public BlobObject blob(ObjectId id) {
    return ((LedgerObject.Blob) reader.object(id).orElseThrow().object()).blob();
  }

  public long balance(SuiAddress account) {
    return reader.balance(account).value();
  }

  public static byte[] root(int number) {
    byte[] root = new byte[32];
    root[0] = (byte) number;
    root[1] = (byte) (number >> 8);
    root[2] = (byte) (number >> 16);
    return root;
  }

  public static BlobId blobId(long size, int root) {
    return VerifiedMetadata.computeBlobId(size, root(root));
  }

  public static Call reserve(long bytes, long epochs) {
    return Call.of(SystemCalls.reserveSpace(bytes, epochs));
  }

  /** Returns the call that registers a blob of some root, which nobody has encoded. */
  public static Call register(CallInput storage, long size, int root, boolean deletable) {
    return register(storage, blobId(size, root), root, size, 1, deletable);
  }

  public static Call register(
      CallInput storage, BlobId blobId, int root, long size, int encoding, boolean deletable) {
    return new Call(
        "system",
        "register_blob",
        List.of(
            new CallInput.Shared(SharedObject.SYSTEM),
            storage,
            pure(out -> out.fixed(blobId.toBytes())),
            pure(out -> out.fixed(root(root))),
            pure(out -> out.u64(size)),
            pure(out -> out.u8(encoding)),
            pure(out -> out.bool(deletable)),
            new CallInput.Shared(SharedObject.PURSE)));
  }

  private static CallInput pure(Consumer<BcsWriter> value) {
    return new CallInput.Pure(BcsWriter.toBytes(value));
  }

  /** Returns the call that certifies a blob with what some nodes sign. */
  public Call certify(ObjectId blob, Collection<TestNode> signers) {
    BlobObject object = blob(blob);
    BlobPersistence persistence =
        object.deletable() ? BlobPersistence.deletable(blob) : BlobPersistence.PERMANENT;
    return certify(blob, signers, new BlobConfirmation(epoch(), object.blobId(), persistence));
  }

  public Call certify(ObjectId blob, Collection<TestNode> signers, BlobConfirmation confirmation) {
    var committee = reader.system().committee();
    try {
      return Call.of(
          SystemCalls.certifyBlob(
              TestNode.certificate(committee, signers, confirmation), committee.keys().size()),
          Calls.object(blob));
    } catch (RedStuffException e) {
      throw new AssertionError(e);
    }
  }

  /** Registers a blob of 1,000 bytes for some epochs; returns the blob object. */
  public ObjectId registered(SuiAddress owner, int root, long epochs, boolean deletable) {
    return run(
            owner, reserve(encoded(1000), epochs), register(Calls.result(0), 1000, root, deletable))
        .result(1);
  }

  public ObjectId certified(SuiAddress owner, int root, long epochs, boolean deletable) {
    ObjectId blob = registered(owner, root, epochs, deletable);
    run(owner, certify(blob, nodes));
    return blob;
  }

  public long encoded(long size) {
    return EncodingParameters.forShards(reader.system().shards()).encodedLength(size);
  }

  /** Returns what nodes sign of any message. */
  public <M extends ProtocolMessage> Certificate<M> signed(
      Collection<TestNode> signers, M message) {
    return TestNode.certificate(reader.system().committee(), signers, message);
  }
}
