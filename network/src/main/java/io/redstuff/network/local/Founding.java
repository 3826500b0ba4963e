package io.redstuff.network.local;

import io.redstuff.ObjectId;
import io.redstuff.SuiAddress;
import io.redstuff.certify.NodeSigner;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.certify.bls.KeyFile;
import io.redstuff.certify.bls.KeyKind;
import io.redstuff.certify.bls.SecretKey;
import io.redstuff.certify.bls.SecretKeyFile;
import io.redstuff.chain.Frost;
import io.redstuff.network.ledger.AccountSession;
import io.redstuff.network.ledger.Genesis;
import io.redstuff.network.ledger.Ledger;
import io.redstuff.network.ledger.LedgerException;
import io.redstuff.network.ledger.local.LocalLedger;
import io.redstuff.network.ledger.object.StorageNodeCap;
import io.redstuff.network.ledger.transaction.AccountKey;
import io.redstuff.network.ledger.transaction.AccountKeyFile;
import io.redstuff.network.ledger.transaction.Call;
import io.redstuff.network.ledger.transaction.Calls;
import io.redstuff.store.Durability;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Founds a network: makes keys, begins the ledger, registers the nodes, stakes the same with each
 * and begins epoch 1. All is made in a directory beside the one that is asked for, which then gets
 * its name: a network is there as a whole or not at all.
 */
final class Founding {
  /** What the account has that stakes: most of what there can be. */
  private static final Frost TREASURY = wal(4_000_000_000L);

  private static final Frost CLIENT = wal(1_000_000);
  private static final Frost NODE = wal(1000);
  private static final Frost STAKE = wal(1_000_000);

  /** About what Mainnet asked for in 2026, in FROST for a MiB. */
  private static final Frost STORAGE_PRICE = Frost.of(11_000);

  private static final Frost WRITE_PRICE = Frost.of(20_000);
  private static final int COMMISSION = 500;
  private static final int FEW_SHARDS = 20;

  /** What a node says that it can hold, in encoded bytes. */
  private static final long CAPACITY = 1L << 40;

  /** There is no TLS between the nodes of one machine. */
  private static final int NETWORK_KEY_BYTES = 33;

  private final NetworkPlan plan;
  private final Durability durability;
  private final InstantSource clock;
  private final BlsEngine engine;
  private final SecureRandom random = new SecureRandom();

  Founding(NetworkPlan plan, Durability durability, InstantSource clock, BlsEngine engine) {
    this.plan = plan;
    this.durability = durability;
    this.clock = clock;
    this.engine = engine;
  }

  private static Frost wal(long amount) {
    return Frost.of(amount * Frost.PER_WAL);
  }

  /** A node that is to be registered. */
  private record Founder(String name, AccountKey account, SecretKey secret, int port) {}

  /** Founds a network in a directory, which must not be there or be empty. */
  void found(NetworkHome home) throws IOException, InterruptedException {
    Path part = home.directory().resolveSibling("." + home.directory().getFileName() + ".part");
    // What is left of one that was broken off; nobody but a founding uses the name.
    DirectoryTree.delete(part);
    try {
      make(new NetworkHome(part));
      Files.deleteIfExists(home.directory());
      move(part, home.directory());
    } finally {
      DirectoryTree.delete(part);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException _) {
      Files.move(from, to);
    }
  }

  private void make(NetworkHome home) throws IOException, InterruptedException {
    Files.createDirectories(home.ledger().getParent());
    Files.createDirectories(home.treasuryKey().getParent());
    writeControlKey(home);
    List<AccountKey> accounts =
        Together.all(List.of(() -> account(home.treasuryKey()), () -> account(home.clientKey())));
    AccountKey treasury = accounts.getFirst();
    AccountKey client = accounts.getLast();
    List<Founder> founders = founders(home);
    Map<SuiAddress, Frost> balances = new HashMap<>();
    balances.put(treasury.address(), TREASURY);
    balances.put(client.address(), CLIENT);
    founders.forEach(founder -> balances.put(founder.account().address(), NODE));
    Genesis genesis =
        new Genesis(plan.shards(), mostNodes(), plan.parameters(), clock.instant(), balances);
    try (LocalLedger ledger =
        LocalLedger.create(home.ledger(), durability, genesis, clock, engine)) {
      begin(ledger, treasury, founders);
    } catch (LedgerException e) {
      throw new IOException("founding: " + e.getMessage(), e);
    } finally {
      founders.forEach(founder -> founder.secret().close());
    }
  }

  /** Few shards cannot be shared out among many nodes, and a ledger must not promise it. */
  private int mostNodes() {
    return plan.shards() < FEW_SHARDS ? plan.shards() : NetworkPlan.MOST_NODES;
  }

  private void writeControlKey(NetworkHome home) throws IOException {
    byte[] secret = new byte[KeyFile.SECRET_BYTES];
    random.nextBytes(secret);
    KeyFile.write(home.controlKey(), KeyKind.ACCOUNT, secret, durability);
    Arrays.fill(secret, (byte) 0);
  }

  private AccountKey account(Path file) throws IOException {
    AccountKey key = AccountKey.generate(random);
    AccountKeyFile.write(file, key, durability);
    return key;
  }

  /** All at a time: each forces its keys to the disk. */
  private List<Founder> founders(NetworkHome home) throws IOException, InterruptedException {
    List<Integer> ports = freePorts(plan.nodes());
    List<Callable<Founder>> founders = new ArrayList<>();
    for (int i = 0; i < plan.nodes(); i++) {
      NodeHome node = home.node("node-" + i);
      int port = ports.get(i);
      founders.add(() -> founder(node, port));
    }
    return Together.all(founders);
  }

  private Founder founder(NodeHome node, int port) throws IOException {
    Files.createDirectories(node.directory());
    SecretKey secret = SecretKey.generate(random);
    SecretKeyFile.write(node.protocolKey(), secret, durability);
    return new Founder(node.name(), account(node.accountKey()), secret, port);
  }

  /** Returns ports that nobody listens at, all different. */
  private static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return sockets.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    }
  }

  private void begin(Ledger ledger, AccountKey treasury, List<Founder> founders)
      throws IOException, LedgerException, InterruptedException {
    List<Callable<ObjectId>> registering = new ArrayList<>();
    for (Founder founder : founders) {
      registering.add(() -> register(ledger, founder));
    }
    List<Call> calls = new ArrayList<>();
    for (ObjectId node : Together.all(registering)) {
      calls.add(Calls.stake(STAKE, node));
    }
    calls.add(Calls.votingEnd());
    calls.add(Calls.initiateEpochChange());
    new AccountSession(ledger, treasury).execute(calls.toArray(Call[]::new));
  }

  private ObjectId register(Ledger ledger, Founder founder)
      throws LedgerException, InterruptedException {
    Call call =
        Calls.registerCandidate(
            founder.name(),
            "http://127.0.0.1:" + founder.port(),
            new byte[NETWORK_KEY_BYTES],
            new NodeSigner(engine, founder.secret())
                .provePossession(founder.account().address(), 0),
            COMMISSION,
            STORAGE_PRICE,
            WRITE_PRICE,
            CAPACITY);
    ObjectId cap = new AccountSession(ledger, founder.account()).execute(call).result(0);
    return ((StorageNodeCap) ledger.object(cap).orElseThrow().object()).node();
  }
}
