package io.redstuff.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Axis;
import io.redstuff.SliverId;
import io.redstuff.codec.Recovery;
import io.redstuff.error.RedStuffException;
import io.redstuff.proof.RecoverySymbol;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecoveryBenchmarkTest {
  private final RecoveryBenchmark benchmark = new RecoveryBenchmark();
  private final Bytes bytes = new Bytes();

  private void setUp(Axis axis) throws RedStuffException {
    GoldenBlob.TEN_SHARDS.giveTo(benchmark);
    benchmark.blobBytes = GoldenBlob.TEN_SHARDS.length;
    benchmark.axis = axis;
    benchmark.setUp();
    GoldenBlob.TEN_SHARDS.assertId(benchmark.metadata().blobId());
  }

  @AfterEach
  void tearDown() {
    benchmark.tearDown();
  }

  @ParameterizedTest
  @EnumSource
  void everyWayRecoversTheLostSliver(Axis axis) throws RedStuffException {
    setUp(axis);
    assertEquals(axis, benchmark.lost().id().axis());
    assertEquals(benchmark.lost(), benchmark.recoverUnproven(bytes).sliver());
    assertRecovered(benchmark.recoverProven(bytes));
    assertRecovered(benchmark.recoverOptimistically(bytes));
    assertEquals(benchmark.lost(), benchmark.verifySliver(bytes).sliver());
    assertEquals(4 * benchmark.lost().segment().byteSize(), bytes.bytes);
  }

  private void assertRecovered(Recovery recovery) {
    Recovery.Recovered recovered = assertInstanceOf(Recovery.Recovered.class, recovery);
    assertEquals(benchmark.lost(), recovered.sliver().sliver());
    assertTrue(recovered.rejected().isEmpty());
  }

  @ParameterizedTest
  @EnumSource
  void everyWayCutsTheSymbolWhereTheSliversCross(Axis axis) throws RedStuffException {
    setUp(axis);
    RecoverySymbol symbol = benchmark.symbolWithProof(bytes);
    assertEquals(axis, symbol.axis());
    symbol.verify(benchmark.metadata(), benchmark.lost().id());
    assertArrayEquals(symbol.data(), benchmark.symbolAlone(bytes));
    assertEquals(symbol, benchmark.verifyProof());
    Set<SliverId> helped = new HashSet<>();
    for (int call = 1; call <= benchmark.shards; call++) {
      SliverId target = new SliverId(axis, call % benchmark.shards);
      benchmark.nextSymbolWithProof().verify(benchmark.metadata(), target);
      helped.add(target);
    }
    assertEquals(benchmark.shards, helped.size());
  }
}
