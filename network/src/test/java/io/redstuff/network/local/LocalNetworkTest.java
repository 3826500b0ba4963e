package io.redstuff.network.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.chain.Frost;
import io.redstuff.network.ledger.AccountSession;
import io.redstuff.network.ledger.LedgerException;
import io.redstuff.network.ledger.object.EpochPhase;
import io.redstuff.network.ledger.object.StorageNode;
import io.redstuff.network.ledger.transaction.AccountKeyFile;
import io.redstuff.network.ledger.transaction.Calls;
import io.redstuff.store.Durability;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network is founded once, and goes on where it was; its nodes are stopped and started. */
class LocalNetworkTest {
  private static final NetworkPlan PLAN = NetworkPlan.DEFAULT.ofSize(4, 10);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir private Path directory;

  private NetworkHome home() {
    return new NetworkHome(directory.resolve("net"));
  }

  private LocalNetwork open() throws Exception {
    return LocalNetwork.open(home(), PLAN, LocalNetwork.Mode.ONE_JVM);
  }

  /** The fewest shards that there can be, and what is not forced to the disk is there as well. */
  @Test
  void smallestNetworkGoesOnWithoutForcingTheDisk() throws Exception {
    NetworkPlan smallest = NetworkPlan.DEFAULT.ofSize(1, 4);
    String chain;
    try (LocalNetwork network =
        LocalNetwork.open(home(), smallest, LocalNetwork.Mode.ONE_JVM, Durability.BUFFERED)) {
      chain = network.description().chainId();
      assertEquals(4, network.ledger().system().shards());
      assertEquals(2, network.nextEpoch(PATIENCE).epoch());
      assertTrue(network.awaitWhole("node-0", PATIENCE));
      network.stopNode("node-0", false);
      assertTrue(network.awaitWhole("node-0", PATIENCE));
    }
    try (LocalNetwork network =
        LocalNetwork.open(home(), smallest, LocalNetwork.Mode.PROCESSES, Durability.BUFFERED)) {
      assertEquals(chain, network.description().chainId());
      assertEquals(2, network.ledger().system().epoch());
      assertTrue(network.awaitWhole("node-0", PATIENCE));
      network.killNode("node-0");
      assertTrue(network.awaitWhole("node-0", PATIENCE));
    }
  }

  @Test
  void isFoundedOnceAndGoesOn() throws Exception {
    NetworkDescription first;
    try (LocalNetwork network = open()) {
      first = network.description();
      assertEquals(4, first.nodes().size());
      assertEquals(10, first.shards());
      assertEquals(1, network.ledger().system().epoch());
      assertInstanceOf(EpochPhase.Done.class, network.ledger().system().phase());
      assertEquals(10, network.ledger().system().committee().shards());
      assertEquals(first, NetworkDescription.read(home().description()));
      AccountSession client =
          new AccountSession(network.ledger(), AccountKeyFile.read(home().clientKey()));
      client.execute(Calls.pay(Frost.of(7), client.address()));
      assertEquals(2, network.nextEpoch(PATIENCE).epoch());
      IOException e = assertThrows(IOException.class, this::open);
      assertTrue(e.getMessage().contains("has it open"), e.getMessage());
      // Another's failure to open it takes nothing away.
      assertTrue(Files.exists(home().description()));
    }
    assertFalse(Files.exists(home().description()));
    try (LocalNetwork network = open()) {
      assertEquals(2, network.ledger().system().epoch());
      assertEquals(first.chainId(), network.description().chainId());
      assertEquals(
          first.nodes().stream().map(NetworkDescription.Node::id).toList(),
          network.description().nodes().stream().map(NetworkDescription.Node::id).toList());
      assertEquals(network.ledger().supply().initial(), network.ledger().supply().sum());
    }
  }

  @Test
  void nodesInProcesses() throws Exception {
    try (LocalNetwork network = LocalNetwork.open(home(), PLAN, LocalNetwork.Mode.PROCESSES)) {
      assertEquals(4, ProcessHandle.current().children().count());
      network.killNode("node-1");
      assertFalse(network.isRunning("node-1"));
      network.killNode("node-1");
      network.stopNode("node-2", true);
      assertFalse(network.isRunning("node-2"));
      assertFalse(Files.exists(home().node("node-2").data()));
      network.startNode("node-1");
      network.startNode("node-2");
      assertTrue(network.isRunning("node-1") && network.isRunning("node-2"));
      assertEquals(0, network.corruptNode("node-0", 1));
      assertEquals(2, network.nextEpoch(Duration.ofMinutes(5)).epoch());
      // One that cannot start says where the reason is.
      network.stopNode("node-3", false);
      Files.delete(home().node("node-3").protocolKey());
      IOException e = assertThrows(IOException.class, () -> network.startNode("node-3"));
      assertTrue(e.getMessage().contains("node.log"), e.getMessage());
      assertFalse(network.isRunning("node-3"));
    }
    assertEquals(0, ProcessHandle.current().children().count());
  }

  @Test
  void keysAreTheOwnersAlone() throws Exception {
    open().close();
    List<Path> keys;
    try (Stream<Path> files = Files.walk(home().directory())) {
      keys = files.filter(file -> file.toString().endsWith(".key")).toList();
    }
    assertEquals(3 + 2 * 4, keys.size());
    for (Path key : keys) {
      assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
    }
  }

  /** A founding that was broken off leaves nothing that the next one minds. */
  @Test
  void whatIsLeftOfAFoundingIsTakenAway() throws Exception {
    Path part = directory.resolve(".net.part");
    Files.createDirectories(part.resolve("accounts"));
    Files.writeString(part.resolve("accounts/client.key"), "half");
    Files.createDirectories(home().directory());
    open().close();
    assertFalse(Files.exists(part));
  }

  @Test
  void aDirectoryOfSomethingElseIsLeftAlone() throws Exception {
    Files.createDirectories(home().directory());
    Files.writeString(home().directory().resolve("thesis.txt"), "dear");
    assertThrows(IOException.class, this::open);
    try (Stream<Path> files = Files.list(home().directory())) {
      assertEquals(List.of("thesis.txt"), files.map(it -> "" + it.getFileName()).toList());
    }
  }

  /** A port that somebody else has taken meanwhile: the node moves, and says so on the ledger. */
  @Test
  void aNodeMovesWhereItsPortIsTaken() throws Exception {
    URI before;
    try (LocalNetwork network = open()) {
      before = network.description().nodes().getFirst().address();
    }
    try (ServerSocket taken =
            new ServerSocket(before.getPort(), 1, InetAddress.getLoopbackAddress());
        LocalNetwork network = open()) {
      NetworkDescription.Node node = network.description().nodes().getFirst();
      assertFalse(taken.getLocalPort() == node.address().getPort(), node::toString);
      assertTrue(
          network.ledger().nodes().stream()
              .map(StorageNode::info)
              .anyMatch(info -> info.networkAddress().equals(node.address().toString())));
    }
  }

  @Test
  void nodesAreStoppedAndStartedFromElsewhere() throws Exception {
    try (LocalNetwork network = open();
        ControlClient control = ControlClient.of(home())) {
      assertEquals(network.description(), control.description());
      assertEquals(
          List.of("node-0", "node-1", "node-2", "node-3"),
          new ArrayList<>(control.running().keySet()));
      control.stop("node-2", true);
      control.stop("node-2", false);
      assertFalse(control.running().get("node-2"));
      assertFalse(network.isRunning("node-2"));
      assertFalse(Files.exists(home().node("node-2").data()));
      assertEquals(0, control.corrupt("node-2", 3));
      assertFalse(control.running().get("node-2"));
      control.start("node-2");
      control.start("node-2");
      assertTrue(control.running().get("node-2"));
      control.kill("node-3");
      // Three of four nodes have more than two thirds of the shards.
      ControlClient.EpochResult next = control.nextEpoch(PATIENCE);
      assertEquals(new ControlClient.EpochResult(2, true), next);
      IOException e = assertThrows(IOException.class, () -> control.start("node-4"));
      assertTrue(e.getMessage().contains("expected one of node-0, node-1"), e.getMessage());
    }
    IOException e = assertThrows(IOException.class, () -> ControlClient.of(home()));
    assertTrue(e.getMessage().contains("no network runs there"), e.getMessage());
  }

  @Test
  void anEpochThatCannotEndIsRefused() throws Exception {
    try (LocalNetwork network = open();
        ControlClient control = ControlClient.of(home())) {
      for (String node : List.of("node-0", "node-1", "node-2")) {
        control.stop(node, false);
      }
      assertEquals(
          new ControlClient.EpochResult(2, false), control.nextEpoch(Duration.ofSeconds(0)));
      IOException e = assertThrows(IOException.class, () -> control.nextEpoch(PATIENCE));
      assertTrue(e.getMessage().contains("EWrongEpochState"), e.getMessage());
      assertThrows(LedgerException.class, () -> network.nextEpoch(PATIENCE));
    }
  }

  /** Who does not know the secret can do nothing, and neither can a wrong question. */
  @Test
  void controlWantsTheSecret() throws Exception {
    try (LocalNetwork network = open()) {
      URI control = network.description().control();
      String token = ControlKey.read(home().controlKey()).token();
      assertEquals(401, status(control, "/v1/nodes/node-0/stop", ""));
      assertEquals(401, status(control, "/v1/nodes/node-0/stop", "0" + token.substring(1) + "0"));
      assertEquals(404, status(control, "/v1/nodes/node-9/stop", token));
      assertEquals(404, status(control, "/v1/nodes/node-0/praise", token));
      assertEquals(404, status(control, "/v1/other", token));
      assertEquals(400, status(control, "/v1/nodes/node-0/corrupt?slivers=-1", token));
      assertEquals(400, status(control, "/v1/epoch/next?wait_seconds=x", token));
      assertTrue(network.isRunning("node-0"));
    }
  }

  private static int status(URI control, String path, String token) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(control.resolve(path)).POST(BodyPublishers.noBody());
      if (!token.isEmpty()) {
        request.header("authorization", "Bearer " + token);
      }
      return client.send(request.build(), BodyHandlers.discarding()).statusCode();
    }
  }
}
