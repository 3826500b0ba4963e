package io.redstuff.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.redstuff.audit.AuditResponse;
import io.redstuff.error.RedStuffException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuditBenchmarkTest {
  private final AuditBenchmark benchmark = new AuditBenchmark();

  @BeforeEach
  void setUp() throws RedStuffException {
    benchmark.shards = 10;
    benchmark.blobs = 3;
    benchmark.blobBytes = 5000;
    benchmark.setUp();
  }

  @AfterEach
  void tearDown() {
    benchmark.tearDown();
  }

  @Test
  void everyChallengeIsAnswered() {
    AuditResponse parallel = benchmark.answerParallel();
    AuditResponse sequential = benchmark.answerSequential();
    for (AuditResponse response : List.of(parallel, sequential)) {
      assertEquals(List.of(), response.unanswered());
      assertEquals(AuditBenchmark.CHALLENGES, response.transcript().answers().size());
    }
    assertNotEquals(parallel.transcript().answers(), sequential.transcript().answers());
  }

  @Test
  void bothWaysVerifyEachAnswer() throws RedStuffException {
    assertEquals(AuditBenchmark.CHALLENGES, benchmark.verifyTogether().answers());
    assertEquals(AuditBenchmark.CHALLENGES, benchmark.verifyOneByOne());
  }
}
