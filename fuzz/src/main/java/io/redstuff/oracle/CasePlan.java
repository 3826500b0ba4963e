package io.redstuff.oracle;

import io.redstuff.EncodingParameters;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which cases there are. A case follows from seed and number alone, so that any stretch of a
 * campaign can be run again. Recorded digests depend on every line here, in {@link Chance} and in
 * {@link DifferentialCase}: another plan needs a record of its own.
 *
 * <p>Of each 100 cases, four go through every n from 4 to 300 in turn and one through the larger n
 * at which something changes: where the rate of the code ties, and powers of two. The others are
 * small, as there is most to be tried in little time.
 */
class CasePlan {
  static final int SMALLEST = EncodingParameters.MIN_SHARDS;
  static final int SWEPT = 300;

  private static final int PERIOD = 100;
  private static final int SWEEP_EACH = 25;
  private static final List<Integer> LARGE =
      Stream.of(
              // k1, k2, f or 2f pass a power of two, and the primary axis ties
              IntStream.rangeClosed(380, 388),
              IntStream.rangeClosed(511, 513),
              IntStream.rangeClosed(764, 772),
              IntStream.rangeClosed(999, 1000))
          .flatMap(IntStream::boxed)
          .toList();

  private final long seed;

  CasePlan(long seed) {
    this.seed = seed;
  }

  long seed() {
    return seed;
  }

  /** Returns the n above {@link #SWEPT} that are tried. */
  static List<Integer> large() {
    return LARGE;
  }

  /** Returns the case with number {@code index}, 0 or more. */
  DifferentialCase at(long index) {
    Chance chance = new Chance(seed, index);
    int shards = shards(index, chance);
    return new DifferentialCase(seed, index, shards, blobLength(shards, chance), Check.any(chance));
  }

  private static int shards(long index, Chance chance) {
    if (index % PERIOD == PERIOD - 1) {
      return LARGE.get((int) (index / PERIOD % LARGE.size()));
    }
    if (index % SWEEP_EACH == 0) {
      return SMALLEST + (int) (index / SWEEP_EACH % (SWEPT - SMALLEST + 1));
    }
    return chance.onceIn(5) ? chance.between(33, 100) : chance.between(SMALLEST, 32);
  }

  /**
   * Returns a length at an edge: of the symbol size, of a row, or nearly nothing; at times between.
   */
  private static int blobLength(int shards, Chance chance) {
    EncodingParameters parameters = EncodingParameters.forShards(shards);
    int row = parameters.secondarySourceSymbols();
    int matrix = parameters.primarySourceSymbols() * row;
    int symbol = symbolSize(shards, chance);
    int longest = matrix * symbol;
    int shortest = longest - 2 * matrix + 1;
    int length =
        switch (chance.below(8)) {
          case 0 -> longest;
          case 1 -> longest - chance.between(1, 3);
          case 2 -> shortest;
          case 3 -> shortest + chance.between(1, 3);
          case 4, 5 ->
              row * symbol * chance.between(1, parameters.primarySourceSymbols())
                  + chance.between(-1, 1);
          default -> chance.between(shortest, longest);
        };
    if (symbol == 2 && chance.onceIn(6)) {
      return chance.below(4);
    }
    return Math.clamp(length, shortest, longest);
  }

  /**
   * Returns a symbol size, mostly small, and on both sides of the 64 bytes that the field's layout
   * takes at a time.
   */
  private static int symbolSize(int shards, Chance chance) {
    int kind = chance.below(64);
    int elements;
    if (kind < 24 || shards > SWEPT) {
      elements = kind % 8 == 7 ? chance.between(2, 3) : 1;
    } else if (kind < 40) {
      elements = chance.between(2, 8);
    } else if (kind < 60 || shards > 32) {
      elements = chance.between(9, shards > 100 ? 17 : 34);
    } else if (kind < 63 || shards > 10) {
      elements = chance.between(35, 300);
    } else {
      elements = EncodingParameters.MAX_SYMBOL_SIZE / 2 - chance.below(2);
    }
    return 2 * elements;
  }
}
