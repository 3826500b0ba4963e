package io.redstuff.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.SymbolId;
import io.redstuff.codec.RepairResult;
import io.redstuff.codec.VerifiedSliver;
import io.redstuff.proof.GeneralRecoverySymbol;
import io.redstuff.proof.RejectedSymbol;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A blob is encoded, damaged and repaired from slivers and loose symbols: what comes back is what
 * was there, what was bad is named, an honest writer is never accused, and with enough good slivers
 * all come back.
 */
class RepairFuzzTest {
  private static final int MOST_SHARDS = 13;
  private static final int MOST_SYMBOL_BYTES = 6;
  private static final int MOST_SYMBOLS = 32;

  @FuzzTest
  void repair(byte[] input) {
    Draws draws = new Draws(input);
    Encoding encoding = Encoding.draw(draws, MOST_SHARDS, MOST_SYMBOL_BYTES);
    try (Arena arena = Arena.ofConfined()) {
      List<Sliver> survivors = Damage.survivors(draws, encoding, arena);
      List<GeneralRecoverySymbol> good = new ArrayList<>();
      List<GeneralRecoverySymbol> bad = new ArrayList<>();
      for (int left = draws.below(MOST_SYMBOLS); left > 0; left--) {
        drawSymbol(draws, encoding, good, bad);
      }
      List<GeneralRecoverySymbol> symbols = new ArrayList<>(bad);
      symbols.addAll(good);
      check(encoding, survivors, bad, repair(encoding, survivors, symbols));
    }
  }

  private static RepairResult repair(
      Encoding encoding, List<Sliver> survivors, List<GeneralRecoverySymbol> symbols) {
    return encoding.codec().repair(encoding.metadata(), survivors, symbols);
  }

  private static void drawSymbol(
      Draws draws,
      Encoding encoding,
      List<GeneralRecoverySymbol> good,
      List<GeneralRecoverySymbol> bad) {
    SliverId source = encoding.drawId(draws);
    int target = draws.below(encoding.shards());
    GeneralRecoverySymbol symbol = encoding.symbol(source, target).withTarget(target);
    if (draws.below(4) == 1) {
      bad.add(Symbols.flipped(draws, symbol.withoutTarget()).withTarget(target));
    } else {
      good.add(symbol);
    }
  }

  private static void check(
      Encoding encoding,
      List<Sliver> survivors,
      List<GeneralRecoverySymbol> badSymbols,
      RepairResult result) {
    Set<SliverId> present = new TreeSet<>();
    Set<SliverId> bad = new TreeSet<>();
    for (Sliver sliver : survivors) {
      (encoding.isTrue(sliver) ? present : bad).add(sliver.id());
    }
    assertEquals(List.copyOf(bad), result.bad());
    Set<SymbolId> rejected =
        result.rejected().stream().map(RejectedSymbol::id).collect(Collectors.toSet());
    assertEquals(
        badSymbols.stream().map(GeneralRecoverySymbol::id).collect(Collectors.toSet()), rejected);
    assertEquals(List.of(), result.inconsistencies(), "the writer was honest");
    for (VerifiedSliver restored : result.restored()) {
      assertTrue(encoding.isTrue(restored.sliver()), () -> "restored " + restored);
      assertTrue(present.add(restored.sliver().id()), () -> "restored again: " + restored);
    }
    for (SliverId unrestored : result.unrestored()) {
      assertTrue(present.add(unrestored), () -> "given up, though it is there: " + unrestored);
    }
    assertEquals(2 * encoding.shards(), present.size(), "all are accounted for");
    if (encoding.isEnough(survivors)) {
      assertEquals(List.of(), result.unrestored());
    }
  }
}
