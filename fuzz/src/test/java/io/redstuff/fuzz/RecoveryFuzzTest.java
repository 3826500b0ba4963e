package io.redstuff.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.redstuff.SliverId;
import io.redstuff.SymbolId;
import io.redstuff.codec.Recovery;
import io.redstuff.codec.VerifiedSliver;
import io.redstuff.error.RedStuffException;
import io.redstuff.proof.DecodingSymbol;
import io.redstuff.proof.RecoverySymbol;
import io.redstuff.proof.RejectedSymbol;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A sliver is recovered from symbols of which some are missing, bad, doubled or meant for another:
 * with enough good ones the true sliver comes back and exactly the others are named, else there is
 * a typed error. An honest writer is never accused.
 */
class RecoveryFuzzTest {
  private static final int MOST_SHARDS = 16;
  private static final int MOST_SYMBOL_BYTES = 6;

  @FuzzTest
  void recover(byte[] input) {
    Draws draws = new Draws(input);
    Encoding encoding = Encoding.draw(draws, MOST_SHARDS, MOST_SYMBOL_BYTES);
    SliverId target = encoding.drawId(draws);
    List<RecoverySymbol> offered = new ArrayList<>();
    for (int source = 0; source < encoding.shards(); source++) {
      offer(draws, encoding, target, source, offered);
    }
    new Case(encoding, target, offered).check();
  }

  private static void offer(
      Draws draws, Encoding encoding, SliverId target, int index, List<RecoverySymbol> offered) {
    SliverId source = new SliverId(target.axis().opposite(), index);
    RecoverySymbol symbol = encoding.symbol(source, target.index());
    switch (draws.below(9)) {
      case 1 -> {} // missing
      case 2, 3 -> offered.add(Symbols.flipped(draws, symbol));
      case 4 -> {
        offered.add(Symbols.flipped(draws, symbol));
        offered.add(symbol);
      }
      case 5 -> {
        offered.add(symbol);
        offered.add(symbol);
      }
      case 6 -> offered.add(encoding.symbol(source, draws.below(encoding.shards())));
      case 7 -> {
        int renamed = draws.of(draws.below(encoding.shards()), 65535);
        offered.add(Symbols.of(symbol, renamed, symbol.data(), symbol.proof().toBcs()));
      }
      case 8 ->
          offered.add(
              encoding.symbol(new SliverId(target.axis(), index), draws.below(encoding.shards())));
      default -> offered.add(symbol);
    }
  }

  /** One recovery and what must come of it. */
  private static final class Case {
    private final Encoding encoding;
    private final SliverId target;
    private final List<RecoverySymbol> offered;
    private final List<SymbolId> culprits = new ArrayList<>();
    private final boolean enough;

    Case(Encoding encoding, SliverId target, List<RecoverySymbol> offered) {
      this.encoding = encoding;
      this.target = target;
      this.offered = offered;
      Set<Integer> good = new HashSet<>();
      for (RecoverySymbol symbol : offered) {
        if (!isTrue(symbol) || !good.add(symbol.sourceIndex())) {
          culprits.add(SymbolId.of(target, symbol.sourceIndex()));
        }
      }
      culprits.sort(null);
      enough = good.size() >= encoding.parameters().symbolsPerSliver(target.axis());
    }

    private boolean isTrue(RecoverySymbol symbol) {
      return symbol.axis() == target.axis()
          && symbol.sourceIndex() < encoding.shards()
          && symbol.equals(encoding.symbol(symbol.source(), target.index()));
    }

    void check() {
      try (Arena arena = Arena.ofConfined()) {
        checkRecovered(encoding.codec().recover(encoding.metadata(), target, offered), true);
        checkRecovered(
            encoding
                .codec()
                .newRecoverer(arena)
                .recoverOptimistically(encoding.metadata(), target, offered),
            false);
      } catch (RedStuffException e) {
        assertFalse(enough, () -> encoding + ", " + target + ": " + e.getMessage());
      }
      checkUnproven();
    }

    private void checkRecovered(Recovery recovery, boolean all) {
      assertTrue(enough, "too few good symbols cannot do");
      Recovery.Recovered recovered = assertInstanceOf(Recovery.Recovered.class, recovery);
      checkTrue(recovered.sliver());
      if (all || !recovered.rejected().isEmpty()) {
        assertEquals(
            culprits, recovered.rejected().stream().map(RejectedSymbol::id).sorted().toList());
      }
    }

    private void checkTrue(VerifiedSliver sliver) {
      assertEquals(encoding.sliver(target), sliver.sliver());
      assertEquals(encoding.metadata().blobId(), sliver.blobId());
    }

    /** Whatever the symbols: what comes out has been hashed. */
    private void checkUnproven() {
      List<DecodingSymbol> symbols = offered.stream().map(RecoverySymbol::withoutProof).toList();
      try (Arena arena = Arena.ofConfined()) {
        checkTrue(
            encoding
                .codec()
                .newRecoverer(arena)
                .recoverUnproven(encoding.metadata(), target, symbols));
      } catch (RedStuffException e) {
        assertFalse(
            enough && culprits.isEmpty(), () -> encoding + ", " + target + ": " + e.getMessage());
      }
    }
  }
}
