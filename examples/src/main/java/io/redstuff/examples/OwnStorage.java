package io.redstuff.examples;

import io.redstuff.simd.Engine;
import io.redstuff.simd.Engines;
import io.redstuff.simd.ErasurePattern;
import io.redstuff.simd.ReedSolomon;
import io.redstuff.simd.SymbolRows;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;

/**
 * Protects a file against the loss of any four of fourteen disks with the one-dimensional code
 * alone: no blob, no id, no proof. To run it: {@code java -cp examples/target/redstuff-examples.jar
 * io.redstuff.examples.OwnStorage FILE OUT}; OUT becomes what was restored.
 */
public final class OwnStorage {
  public static void main(String[] args) throws Exception {
    byte[] file = Files.readAllBytes(Path.of(args[0]));
    ReedSolomon code = ReedSolomon.of(10, 4);
    Engine engine = Engines.selected();
    int part = 2 * Math.ceilDiv(file.length, 20); // a tenth, rounded up to even, as symbols are

    try (Arena arena = Arena.ofConfined()) {
      // Fourteen parts, one after the other: ten of the file, padded with zeros, and four made
      // here.
      MemorySegment disks = arena.allocate((long) code.length() * part, 64);
      disks.asSlice(0, file.length).copyFrom(MemorySegment.ofArray(file));
      SymbolRows parts = SymbolRows.contiguous(disks, 0, part);
      code.newEncoder(engine, arena).encode(parts, parts, part, 1);

      BitSet present = new BitSet();
      present.set(0, code.length());
      for (int lost : new int[] {0, 4, 5, 13}) {
        present.clear(lost);
        disks.asSlice((long) lost * part, part).fill((byte) 0);
      }

      ErasurePattern losses = code.erasures(present); // the same for any number of files
      code.newDecoder(engine, arena).decode(losses, parts, parts, part, 1);
      // The code cannot tell a part that was changed: keep a hash of each.
      Files.write(Path.of(args[1]), disks.asSlice(0, file.length).toArray(ValueLayout.JAVA_BYTE));
      System.out.printf("%s: restored %s parts%n", code, losses.missing().length);
    }
  }
}
