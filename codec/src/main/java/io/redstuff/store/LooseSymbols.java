package io.redstuff.store;

import io.redstuff.SliverId;
import io.redstuff.proof.GeneralRecoverySymbol;
import io.redstuff.proof.RejectedSymbol;
import io.redstuff.proof.SymbolVerifier;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Symbols with their proofs, sorted by the slivers that they can help to recover. */
final class LooseSymbols {
  /** By sliver, the symbols on it by the index of the sliver that crosses it. */
  private final Map<SliverId, Map<Integer, GeneralRecoverySymbol>> symbols = new TreeMap<>();

  private final List<RejectedSymbol> rejected = new ArrayList<>();

  /** Sorts those that are proven. */
  LooseSymbols(StoredEncoding stored, List<GeneralRecoverySymbol> offered) {
    try (Arena arena = Arena.ofConfined()) {
      Map<GeneralRecoverySymbol, RejectedSymbol> failed =
          new SymbolVerifier(stored.codec().engine(), arena).verify(stored.metadata(), offered);
      rejected.addAll(failed.values());
      for (GeneralRecoverySymbol symbol : offered) {
        if (!failed.containsKey(symbol)) {
          put(symbol.target(), symbol.sourceIndex(), symbol);
          put(symbol.source(), symbol.targetIndex(), symbol);
        }
      }
    }
  }

  /** One that is proven against the crossing sliver can also serve in an inconsistency proof. */
  private void put(SliverId sliver, int crossing, GeneralRecoverySymbol symbol) {
    symbols
        .computeIfAbsent(sliver, _ -> new TreeMap<>())
        .merge(crossing, symbol, (old, now) -> old.target().equals(sliver) ? old : now);
  }

  List<RejectedSymbol> rejected() {
    return rejected;
  }

  /** Returns the slivers that there are symbols for. */
  Set<SliverId> slivers() {
    return symbols.keySet();
  }

  /** Returns a copy of the symbols on a sliver by the index of the sliver that crosses it. */
  Map<Integer, GeneralRecoverySymbol> on(SliverId sliver) {
    return new HashMap<>(symbols.get(sliver));
  }
}
