package io.redstuff.network.local;

import io.redstuff.network.http.Answer;
import io.redstuff.network.http.BadQuestionException;
import io.redstuff.network.http.LoopbackServer;
import io.redstuff.network.http.Question;
import io.redstuff.network.ledger.LedgerException;
import io.redstuff.network.ledger.SystemState;
import io.redstuff.network.ledger.object.EpochPhase;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lets other processes stop and start the nodes of a network. They show the secret that lies beside
 * it, so that neither another user of the machine nor a page in a browser can.
 */
final class ControlServer implements AutoCloseable {
  private static final int MOST_BYTES = 1024;
  private static final long MOST_SLIVERS = Integer.MAX_VALUE;
  private static final long LONGEST_WAIT_SECONDS = 3600;
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final LocalNetwork network;
  private final ControlKey key;
  private LoopbackServer server;

  private ControlServer(LocalNetwork network, ControlKey key) {
    this.network = network;
    this.key = key;
  }

  static ControlServer start(LocalNetwork network) throws IOException {
    ControlServer control =
        new ControlServer(network, ControlKey.read(network.home().controlKey()));
    control.server = LoopbackServer.start(0, MOST_BYTES, control::answer);
    return control;
  }

  URI address() {
    return server.address();
  }

  @Override
  public void close() {
    server.close();
  }

  private Answer answer(Question question) throws BadQuestionException, InterruptedException {
    if (question.token().isEmpty() || !key.isShownBy(question.token().get())) {
      return Answer.failure(Answer.UNAUTHORIZED, "the secret in control.key is needed");
    }
    try {
      if (question.is("GET", "v1", "nodes")) {
        return running();
      }
      if (question.is("POST", "v1", "epoch", "next")) {
        return nextEpoch(question.number("wait_seconds", 60, LONGEST_WAIT_SECONDS));
      }
      if (question.is("POST", "v1", "nodes", "*", "*")) {
        return act(question);
      }
      return Answer.nothing();
    } catch (NoSuchNodeException e) {
      return Answer.failure(Answer.NOT_FOUND, e.getMessage());
    } catch (IOException e) {
      return Answer.failure(Answer.INTERNAL, String.valueOf(e.getMessage()));
    } catch (LedgerException e) {
      return Answer.failure(Answer.BAD_REQUEST, e.getMessage());
    }
  }

  private Answer running() throws IOException {
    Map<String, Boolean> running = new LinkedHashMap<>();
    for (NetworkDescription.Node node : network.description().nodes()) {
      running.put(node.name(), network.isRunning(node.name()));
    }
    return Answer.json(MAPPER.writeValueAsString(running));
  }

  private Answer nextEpoch(long waitSeconds) throws LedgerException, InterruptedException {
    SystemState system = network.nextEpoch(Duration.ofSeconds(waitSeconds));
    boolean done = !(system.phase() instanceof EpochPhase.Sync);
    return Answer.json(
        MAPPER.writeValueAsString(new ControlClient.EpochResult(system.epoch(), done)));
  }

  private Answer act(Question question)
      throws IOException, InterruptedException, BadQuestionException {
    String node = question.path().get(2);
    int changed = 0;
    switch (question.path().get(3)) {
      case "start" -> network.startNode(node);
      case "stop" -> network.stopNode(node, question.has("delete_data"));
      case "kill" -> network.killNode(node);
      case "corrupt" ->
          changed = network.corruptNode(node, (int) question.number("slivers", 1, MOST_SLIVERS));
      default -> {
        return Answer.nothing();
      }
    }
    return Answer.json(MAPPER.writeValueAsString(new ControlClient.NodeResult(node, changed)));
  }
}
