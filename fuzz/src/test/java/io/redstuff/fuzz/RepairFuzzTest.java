package io.redstuff.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.SymbolId;
import io.redstuff.proof.GeneralRecoverySymbol;
import io.redstuff.proof.RejectedSymbol;
import io.redstuff.store.Durability;
import io.redstuff.store.Inspection;
import io.redstuff.store.MemoryStore;
import io.redstuff.store.RepairReport;
import io.redstuff.store.SliverRepair;
import io.redstuff.store.SliverState;
import io.redstuff.store.StoredEncoding;
import io.redstuff.stream.WorkMonitor;
import io.redstuff.stream.Workspace;
import java.io.IOException;
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
  void repair(byte[] input) throws IOException {
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
      check(encoding, survivors, bad, symbols);
    }
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
      List<GeneralRecoverySymbol> symbols)
      throws IOException {
    MemoryStore store = MemoryStore.of(encoding.metadata(), survivors);
    List<Sliver> kept = store.slivers();
    StoredEncoding stored = StoredEncoding.of(store, encoding.codec(), encoding.metadata());
    Inspection found = stored.inspect(WorkMonitor.NONE);
    RepairReport report =
        new SliverRepair(stored, found, symbols, Workspace.ofMemory(1L << 30), Durability.BUFFERED)
            .run(WorkMonitor.NONE);
    Set<SliverId> present = new TreeSet<>();
    Set<SliverId> bad = new TreeSet<>();
    for (Sliver sliver : kept) {
      if (sliver.id().index() < encoding.shards()) {
        (encoding.isTrue(sliver) ? present : bad).add(sliver.id());
      }
    }
    assertEquals(List.copyOf(bad), found.bad().stream().map(SliverState::sliver).toList());
    Set<SymbolId> rejected =
        report.rejected().stream().map(RejectedSymbol::id).collect(Collectors.toSet());
    assertEquals(
        badSymbols.stream().map(GeneralRecoverySymbol::id).collect(Collectors.toSet()), rejected);
    assertFalse(report.isInconsistent(), "the writer was honest");
    for (SliverId restored : report.restored()) {
      assertTrue(present.add(restored), () -> "restored again: " + restored);
    }
    for (Sliver sliver : store.slivers()) {
      SliverId id = sliver.id();
      assertTrue(!present.contains(id) || encoding.isTrue(sliver), () -> "restored " + id);
    }
    for (SliverId unrestored : report.unrestored().keySet()) {
      assertTrue(present.add(unrestored), () -> "given up, though it is there: " + unrestored);
    }
    assertEquals(2 * encoding.shards(), present.size(), "all are accounted for");
    if (encoding.isEnough(kept)) {
      assertTrue(report.unrestored().isEmpty());
    }
  }
}
