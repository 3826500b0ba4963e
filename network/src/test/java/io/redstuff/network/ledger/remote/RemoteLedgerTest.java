package io.redstuff.network.ledger.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.ObjectId;
import io.redstuff.chain.Frost;
import io.redstuff.network.http.Answer;
import io.redstuff.network.http.Answerer;
import io.redstuff.network.http.BadQuestionException;
import io.redstuff.network.http.LoopbackServer;
import io.redstuff.network.http.Question;
import io.redstuff.network.ledger.Abort;
import io.redstuff.network.ledger.AccountSession;
import io.redstuff.network.ledger.LedgerException;
import io.redstuff.network.ledger.Receipt;
import io.redstuff.network.ledger.local.LocalLedger;
import io.redstuff.network.ledger.testing.LedgerScenario;
import io.redstuff.network.ledger.testing.TestLedger;
import io.redstuff.network.ledger.testing.TestNode;
import io.redstuff.network.ledger.transaction.Calls;
import io.redstuff.network.ledger.transaction.ChainId;
import io.redstuff.network.ledger.transaction.SignedTransaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A ledger behind HTTP is the same as the ledger itself, whatever becomes of the connection. */
class RemoteLedgerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final LocalLedger local =
      LocalLedger.inMemory(
          LedgerScenario.genesis(), InstantSource.fixed(TestLedger.START), TestNode.ENGINE);
  private final List<AutoCloseable> open = new ArrayList<>(List.of(local));

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable it : open.reversed()) {
      it.close();
    }
  }

  private RemoteLedger remote() throws IOException {
    LedgerServer server = LedgerServer.start(local, 0);
    open.add(server);
    return connect(server.address(), PATIENCE);
  }

  private RemoteLedger connect(URI address, Duration patience) throws IOException {
    RemoteLedger remote = RemoteLedger.connect(address, patience);
    open.add(remote);
    return remote;
  }

  @Test
  void saysWhatTheLedgerSays() throws Exception {
    RemoteLedger remote = remote();
    AccountSession session = new AccountSession(remote, LedgerScenario.key());
    Receipt receipt = LedgerScenario.begin(remote, session);
    assertEquals(LedgerScenario.describe(local), LedgerScenario.describe(remote));
    assertEquals(receipt, remote.receipt(receipt.digest()).orElseThrow());
    assertEquals(local.object(receipt.result(1)), remote.object(receipt.result(1)));
    ObjectId node = local.nodes().getFirst().id();
    assertEquals(local.node(node), remote.node(node));
    // The next epoch is settled, and there is one before.
    session.execute(Calls.votingEnd());
    assertEquals(local.system(), remote.system());
    assertTrue(remote.system().nextCommittee().isPresent());
    session.execute(Calls.initiateEpochChange());
    assertEquals(local.system(), remote.system());
    // What is not there.
    SignedTransaction never = LedgerScenario.pay(local.chainId(), 999);
    assertTrue(remote.receipt(never.transaction().digest()).isEmpty());
    assertTrue(remote.committee(77).isEmpty());
    assertTrue(remote.node(receipt.result(1)).isEmpty());
    assertTrue(remote.object(node).isEmpty());
  }

  @Test
  void executesInOrderAndRefuses() throws Exception {
    RemoteLedger remote = remote();
    AccountSession session = new AccountSession(remote, LedgerScenario.key());
    List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      receipts.add(session.submit(List.of(Calls.pay(Frost.of(1), LedgerScenario.NOBODY))));
    }
    for (CompletableFuture<Receipt> receipt : receipts) {
      receipt.get().orThrow();
    }
    assertEquals(1000, remote.balance(LedgerScenario.NOBODY).value());
    ChainId chain = remote.chainId();
    SignedTransaction first = LedgerScenario.pay(chain, 0);
    LedgerScenario.refused(remote, Abort.WRONG_SEQUENCE, first);
    LedgerScenario.refused(
        remote, Abort.WRONG_CHAIN, LedgerScenario.pay(ChainId.of(new byte[32]), 1000));
    LedgerScenario.refused(
        remote,
        Abort.INVALID_SIGNATURE,
        new SignedTransaction(
            LedgerScenario.pay(chain, 1000).transaction(), first.key(), first.signature()));
    LedgerException e =
        assertThrows(
            LedgerException.class,
            () -> session.execute(Calls.pay(Frost.of(Long.MAX_VALUE), LedgerScenario.NOBODY)));
    assertEquals(Abort.NOT_ENOUGH, e.abort());
  }

  /** Two processes may work for one account. */
  @Test
  void sessionsOfOneAccountDoNotMindEachOther() throws Exception {
    AccountSession one = new AccountSession(remote(), LedgerScenario.key());
    AccountSession other = new AccountSession(local, LedgerScenario.key());
    for (int i = 0; i < 3; i++) {
      one.execute(Calls.pay(Frost.of(1), LedgerScenario.NOBODY));
      other.execute(Calls.pay(Frost.of(1), LedgerScenario.NOBODY));
      other.execute(Calls.pay(Frost.of(1), LedgerScenario.NOBODY));
    }
    assertEquals(9, local.balance(LedgerScenario.NOBODY).value());
    // Who does not wait is told.
    CompletableFuture<Receipt> late =
        one.submit(List.of(Calls.pay(Frost.of(1), LedgerScenario.NOBODY)));
    ExecutionException e = assertThrows(ExecutionException.class, late::get);
    assertEquals(Abort.WRONG_SEQUENCE, ((LedgerException) e.getCause()).abort());
  }

  @Test
  void eventsArePagedAndWaitedFor() throws Exception {
    RemoteLedger remote = remote();
    assertFalse(remote.awaitEvent(0, Duration.ofMillis(1)));
    CompletableFuture<Boolean> waiting = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                waiting.complete(remote.awaitEvent(0, Duration.ofMinutes(1)));
              } catch (InterruptedException e) {
                waiting.completeExceptionally(e);
              }
            });
    AccountSession session = new AccountSession(remote, LedgerScenario.key());
    LedgerScenario.begin(remote, session);
    assertTrue(waiting.get());
    // More events than one answer has: each reservation with a blob gives one.
    List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
    for (int i = 0; i < 1100; i++) {
      receipts.add(
          session.submit(
              List.of(
                  TestLedger.reserve(30_000, 1),
                  TestLedger.register(Calls.result(0), 1000, i + 10, true))));
    }
    for (CompletableFuture<Receipt> receipt : receipts) {
      receipt.get().orThrow();
    }
    assertEquals(local.events(0, 5000), remote.events(0, 5000));
    assertEquals(local.events(3, 1001), remote.events(3, 1001));
    assertEquals(List.of(), remote.events(100_000, 10));
  }

  /** Loses answers as a bad connection does, after or before the transactions were executed. */
  private static final class Losing implements Answerer {
    private final Answerer inner;
    private final boolean after;
    final AtomicInteger lost = new AtomicInteger();

    Losing(Answerer inner, boolean after) {
      this.inner = inner;
      this.after = after;
    }

    @Override
    public Answer answer(Question question) throws BadQuestionException, InterruptedException {
      boolean lose = question.method().equals("POST") && lost.getAndIncrement() < 2;
      Answer answer = lose && !after ? Answer.nothing() : inner.answer(question);
      return lose ? Answer.failure(Answer.UNAVAILABLE, "lost on purpose") : answer;
    }
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void aLostAnswerExecutesNothingTwice(boolean after) throws Exception {
    Losing losing = new Losing(new LedgerService(local), after);
    LoopbackServer server = LoopbackServer.start(0, LedgerService.MOST_BYTES, losing);
    open.add(server);
    RemoteLedger remote = connect(server.address(), PATIENCE);
    AccountSession session = new AccountSession(remote, LedgerScenario.key());
    session.execute(Calls.pay(Frost.of(5), LedgerScenario.NOBODY));
    session.execute(Calls.pay(Frost.of(6), LedgerScenario.NOBODY));
    assertEquals(11, local.balance(LedgerScenario.NOBODY).value());
    assertEquals(2, local.nextSequence(session.address()));
    // What was executed is found by its digest; what was not is sent until it is.
    assertEquals(after ? 2 : 4, losing.lost.get());
  }

  @Test
  void aServerThatIsGone() throws Exception {
    LedgerServer server = LedgerServer.start(local, 0);
    URI address = server.address();
    RemoteLedger remote = connect(address, Duration.ZERO);
    server.close();
    UncheckedIOException e = assertThrows(UncheckedIOException.class, remote::system);
    assertTrue(e.getMessage().contains("ledger: "), e.getMessage());
    CompletableFuture<Receipt> lost = remote.submit(LedgerScenario.pay(remote.chainId(), 0));
    ExecutionException failed = assertThrows(ExecutionException.class, lost::get);
    assertInstanceOf(UncheckedIOException.class, failed.getCause());
    assertThrows(IOException.class, () -> RemoteLedger.connect(address, Duration.ZERO));
    remote.close();
    SignedTransaction late = LedgerScenario.pay(local.chainId(), 0);
    assertThrows(IllegalStateException.class, () -> remote.submit(late));
  }

  @Test
  void anInterruptEndsTheWaiting() throws Exception {
    RemoteLedger remote = remote();
    CompletableFuture<Throwable> ended = new CompletableFuture<>();
    Thread waiting =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    remote.awaitEvent(0, Duration.ofMinutes(5));
                    ended.complete(null);
                  } catch (InterruptedException | RuntimeException e) {
                    ended.complete(e);
                  }
                });
    waiting.interrupt();
    assertInstanceOf(InterruptedException.class, ended.get());
  }

  /** A server that says of transactions what cannot be, or that it cannot execute them. */
  @Test
  void answersThatAreNone() throws Exception {
    List<byte[]> answers =
        List.of(
            new byte[] {7},
            Outcome.toBcs(List.of()),
            Outcome.toBcs(List.of(new Outcome.Broken("disk full"))));
    LedgerService service = new LedgerService(local);
    AtomicInteger next = new AtomicInteger();
    LoopbackServer server =
        LoopbackServer.start(
            0,
            LedgerService.MOST_BYTES,
            question ->
                question.method().equals("POST")
                    ? Answer.binary(answers.get(next.getAndIncrement()))
                    : service.answer(question));
    open.add(server);
    RemoteLedger remote = connect(server.address(), PATIENCE);
    for (String why : List.of("outcome", "expected one for each of 1", "disk full")) {
      CompletableFuture<Receipt> receipt = remote.submit(LedgerScenario.pay(remote.chainId(), 0));
      ExecutionException e = assertThrows(ExecutionException.class, receipt::get);
      assertTrue(e.getMessage().contains(why), e.getMessage());
    }
    assertEquals(0, local.nextSequence(LedgerScenario.key().address()));
  }

  /** A server of something else. */
  @ParameterizedTest
  @CsvSource({"200", "404"})
  void whatIsNoLedger(int status) throws Exception {
    LoopbackServer server =
        LoopbackServer.start(0, 100, question -> new Answer(status, "text/plain", new byte[9]));
    open.add(server);
    assertThrows(IOException.class, () -> RemoteLedger.connect(server.address(), Duration.ZERO));
  }

  @ParameterizedTest
  @CsvSource({
    "404, /",
    "404, /v1",
    "404, /v2/system",
    "404, /v1/nothing",
    "404, /v1/nothing/7",
    "404, /v1/accounts/0x0000000000000000000000000000000000000000000000000000000000000001/x",
    "404, /v1/blobs/a/b",
    "404, /v1/a/b/c/d",
    "400, /v1/accounts/7/balance",
    "400, /v1/objects/7",
    "400, /v1/committees/-1",
    "400, /v1/committees/x",
    "400, /v1/blobs/%2B",
    "400, /v1/events?from=-1",
    "400, /v1/events?from=x",
    "400, /v1/events?most=1001",
    "400, /v1/events?wait_millis=999999999999999999999999999999999999999999999999",
  })
  void questionsThatAreNone(int status, String path) throws Exception {
    assertEquals(status, status(request(path).GET()));
  }

  private HttpRequest.Builder request(String path) throws IOException {
    LedgerServer server = LedgerServer.start(local, 0);
    open.add(server);
    return HttpRequest.newBuilder(server.address().resolve(path));
  }

  private static int status(HttpRequest.Builder request) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), BodyHandlers.discarding()).statusCode();
    }
  }

  @Test
  void bodiesThatAreNone() throws Exception {
    byte[] junk = {1, 2, 3};
    assertEquals(
        400,
        status(request("/v1/transactions").POST(HttpRequest.BodyPublishers.ofByteArray(junk))));
    byte[] huge = new byte[LedgerService.MOST_BYTES + 1];
    assertEquals(
        400,
        status(request("/v1/transactions").POST(HttpRequest.BodyPublishers.ofByteArray(huge))));
    assertEquals(404, status(request("/v1/system").DELETE()));
    // A page of the web in a browser of this machine names another host.
    URI other = request("/v1/system").build().uri();
    URI named = URI.create(other.toString().replace("127.0.0.1", "localhost"));
    assertEquals(200, status(HttpRequest.newBuilder(named)));
    URI foreign = URI.create(other.toString().replace("127.0.0.1", "127.0.0.2"));
    assertEquals(0, foreignStatus(foreign));
  }

  /** Returns 0 if nobody answers, as only one address is listened at. */
  private static int foreignStatus(URI address) throws Exception {
    try {
      return status(HttpRequest.newBuilder(address));
    } catch (IOException _) {
      return 0;
    }
  }
}
