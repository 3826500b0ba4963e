package io.redstuff.network.ledger.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.error.MalformedDataException;
import io.redstuff.fuzz.ParserCheck;
import io.redstuff.network.http.Answer;
import io.redstuff.network.http.AnyQuestion;
import io.redstuff.network.http.BadQuestionException;
import io.redstuff.network.http.Question;
import io.redstuff.network.ledger.Genesis;
import io.redstuff.network.ledger.local.LocalLedger;
import io.redstuff.network.ledger.object.SystemParameters;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Any bytes as what a ledger and those who ask it across the machine say to each other. */
class RemoteLedgerFuzzTest {
  /** A refusal of a few bytes becomes an object in a list, with two texts. */
  private static final int LISTS = 128;

  private static LocalLedger ledger;
  private static LedgerService service;

  @BeforeAll
  static void start() {
    Genesis genesis = new Genesis(10, 19, SystemParameters.MAINNET, Instant.EPOCH, Map.of());
    ledger =
        LocalLedger.inMemory(genesis, InstantSource.fixed(Instant.EPOCH), BlsEngine.preferred());
    service = new LedgerService(ledger);
  }

  @AfterAll
  static void stop() {
    ledger.close();
  }

  /** What became of transactions: what holds is said at {@link ParserCheck}. */
  @FuzzTest
  void outcomes(byte[] bytes) {
    ParserCheck.check(bytes, Outcome::parse, Outcome::toBcs, LISTS);
  }

  /** A question is refused, answered, or answered by that there is no such thing. */
  @FuzzTest
  void questions(byte[] bytes) throws InterruptedException {
    Question question = AnyQuestion.parse(bytes);
    if (question.has(Routes.WAIT_MILLIS)) {
      return; // it would wait for an event that does not come
    }
    try {
      Answer answer = service.answer(question);
      int status = AnyQuestion.status(answer);
      assertTrue(status == Answer.OK || status == Answer.NOT_FOUND, () -> "status " + status);
    } catch (BadQuestionException e) {
      assertTrue(e.getMessage().length() < 1000, e::getMessage);
    }
  }

  /** What nobody has signed, or for another ledger, is refused; each gets an answer of its own. */
  @FuzzTest
  void transactions(byte[] bytes) throws InterruptedException, MalformedDataException {
    Answer answer;
    try {
      answer =
          service.answer(AnyQuestion.post(List.of(Routes.VERSION, Routes.TRANSACTIONS), bytes));
    } catch (BadQuestionException e) {
      return;
    }
    assertEquals(Answer.OK, AnyQuestion.status(answer));
    List<Outcome> outcomes = Outcome.parse(AnyQuestion.body(answer));
    outcomes.forEach(outcome -> assertInstanceOf(Outcome.Refused.class, outcome));
  }
}
