package io.redstuff.examples;

import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.SliverPair;
import io.redstuff.codec.EncodedBlob;
import io.redstuff.codec.Recovery;
import io.redstuff.codec.RedStuff;
import io.redstuff.proof.RecoverySymbol;
import io.redstuff.proof.VerifiedMetadata;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Heals the primary sliver that a storage node has lost from single symbols of other nodes, of
 * which one lies. To run it: {@code java -cp examples/target/redstuff-examples.jar
 * io.redstuff.examples.HealSliver FILE}.
 */
public final class HealSliver {
  private static final SliverId LOST = SliverId.primary(3);

  public static void main(String[] args) throws Exception {
    byte[] file = Files.readAllBytes(Path.of(args[0]));
    RedStuff codec = RedStuff.forShards(10);
    try (Arena arena = Arena.ofConfined();
        EncodedBlob encoded = codec.encode(file)) {
      VerifiedMetadata metadata = encoded.metadata();

      // Seven of ten are enough; an eighth makes up for the one that lies.
      List<RecoverySymbol> symbols = new ArrayList<>();
      for (SliverPair node : encoded.pairs().subList(0, 8)) {
        byte[] answer = answer(codec, metadata, node.secondary(), arena);
        answer[10] ^= (byte) (node.index().value() == 5 ? 1 : 0);
        symbols.add(RecoverySymbol.parse(LOST.axis(), answer));
      }

      switch (codec.recover(metadata, LOST, symbols)) {
        case Recovery.Recovered(var healed, var rejected) ->
            System.out.printf(
                "healed %s: %s, symbols refused: %s%n",
                LOST, healed.sliver().equals(encoded.sliver(LOST)), rejected.size());
        case Recovery.Inconsistent(var proof, var rejected) ->
            System.out.printf("the writer cheated, here is the proof: %s%n", proof);
      }
    }
  }

  /** What another node sends: the one symbol of its sliver that crosses the lost one, proven. */
  private static byte[] answer(
      RedStuff codec, VerifiedMetadata metadata, Sliver sliver, Arena arena) throws Exception {
    return codec.expand(metadata, sliver, arena).recoverySymbol(LOST.index()).toBcs();
  }
}
