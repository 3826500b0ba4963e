package io.redstuff.codec;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Axis;
import io.redstuff.SliverId;
import io.redstuff.proof.DecodingSymbol;
import io.redstuff.simd.Engine;
import io.redstuff.simd.Engines;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What recovery allocates when it is warm. In a JVM of its own: what a compiler that has seen other
 * engines and arenas makes of the same code keeps some objects that it could do without.
 */
@Tag("own-jvm")
class RecoveryAllocationTest {
  @Test
  void warmWorkersAllocateNothingForEachSymbol() throws Throwable {
    StoredBlob stored = StoredBlob.honest(1000, 700_000, 3);
    SliverId target = SliverId.primary(777);
    int needed = stored.codec.parameters().symbolsPerSliver(Axis.PRIMARY);
    List<DecodingSymbol> symbols = new ArrayList<>();
    for (int source = 1000 - needed; source < 1000; source++) {
      symbols.add(
          new DecodingSymbol(
              source, stored.codec.symbol(stored.sliver(SliverId.secondary(source)), 777)));
    }
    try (Arena arena = Arena.ofConfined()) {
      Engine selected = Engines.named(Engines.selected().name());
      // the reference engine is written to be read and may allocate
      boolean reference = selected.name().equals("reference");
      Engine engine = reference ? Engines.named("plain") : selected;
      SliverRecoverer recoverer = RedStuff.forShards(1000, engine).newRecoverer(arena);
      Allocation.Action recover = () -> recoverer.recoverUnproven(stored.metadata, target, symbols);
      // the sliver, and three lists with a reference or number for each symbol
      long expected = stored.sliver(target).segment().byteSize() + 1000L * 2 * 4 + needed * 2L * 4;
      // interpreted code makes views and boxes, so this takes until the compiler is through
      long least = Long.MAX_VALUE;
      for (int round = 0; round < 2000 && least >= expected + 8 * 1024; round++) {
        least = Math.min(least, Allocation.bytes(recover));
      }
      assertTrue(least < expected + 8 * 1024, least + " bytes");
    }
  }
}
