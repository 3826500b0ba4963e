package io.redstuff.simd;

/**
 * How to decode one erasure pattern with the least work: the points are cut into blocks, and only
 * blocks that hold a received symbol or a lost one are transformed.
 *
 * <p>Decoding wants, at the erased points, the derivative of the polynomial g whose values are the
 * received symbols times the locator. Cut the points into blocks of B = 2^c. On block j the
 * polynomial s_c has the constant value with the coordinates j; let h_j be the polynomial of degree
 * below B that agrees with g there, which a transform of size B gives. Then g is the sum of {@code
 * l_j(s_c) * h_j} with the Lagrange polynomials l_j, and since s_c' = 1 and the numbers j are a
 * subspace,
 *
 * <pre>
 * g' on block w  =  h_w' + (sum over j != w of h_j / (j + w)) + constant * h_w
 * </pre>
 *
 * <p>whose last term vanishes at the erased points. Blocks without a received symbol have h_j = 0.
 * B = 1 is the plain linear combination of all received symbols, the cheapest when few are lost;
 * one block of all points is the textbook method; a block about as large as what is lost is mostly
 * best. The factors 1 / (j + w) of the first wanted block cost nothing: they go into the factors
 * that the symbols are multiplied by anyway.
 *
 * <p>Immutable.
 */
final class DecodingPlan {
  private final PointBlocks live;
  private final PointBlocks wanted;

  /** By position in {@link #live}. */
  private final int[] loadFactors;

  /** By position in {@link #wanted}. */
  private final int[] storeFactors;

  /**
   * Plans.
   *
   * @param live the received symbols in blocks
   * @param wanted the lost ones, at least one, in blocks of the same size
   * @param logLocator by point, the logarithm of the locator or, at its roots, of its derivative
   */
  private DecodingPlan(PointBlocks live, PointBlocks wanted, char[] logLocator) {
    this.live = live;
    this.wanted = wanted;
    loadFactors = new int[live.start(live.count())];
    for (int block = 0; block < live.count(); block++) {
      int logWeight = Gf16.log(weight(block, 0));
      for (int i = live.start(block); i < live.start(block + 1); i++) {
        int log = logLocator[live.point(i)] + logWeight - Gf16.GROUP_ORDER;
        loadFactors[i] = Gf16.power(log + (Gf16.GROUP_ORDER & (log >> 31)));
      }
    }
    storeFactors = new int[wanted.start(wanted.count())];
    for (int i = 0; i < storeFactors.length; i++) {
      storeFactors[i] = Gf16.inverse(Gf16.power(logLocator[wanted.point(i)]));
    }
  }

  /**
   * The plan with the least estimated work.
   *
   * @param live the received symbols in blocks of 1
   * @param wanted the lost ones, at least one, in blocks of 1
   * @param logLocator by point, the logarithm of the locator or, at its roots, of its derivative
   */
  static DecodingPlan best(PointBlocks live, PointBlocks wanted, char[] logLocator) {
    int levels = Integer.numberOfTrailingZeros(logLocator.length) + 1;
    PointBlocks[] lives = new PointBlocks[levels];
    PointBlocks[] wanteds = new PointBlocks[levels];
    for (int level = 0; level < levels; level++) {
      lives[level] = level == 0 ? live : lives[level - 1].coarser();
      wanteds[level] = level == 0 ? wanted : wanteds[level - 1].coarser();
    }
    int best = levels - 1;
    long least = Long.MAX_VALUE;
    for (int level = levels - 1; level >= 0; level--) {
      // the terms of many small blocks alone are mostly too much
      if (termCost(lives[level], wanteds[level]) < least) {
        long cost = cost(lives[level], wanteds[level]);
        if (cost < least) {
          least = cost;
          best = level;
        }
      }
    }
    return new DecodingPlan(lives[best], wanteds[best], logLocator);
  }

  /** The plan with blocks of a given size, a power of two up to the number of points. */
  static DecodingPlan ofSize(int size, PointBlocks live, PointBlocks wanted, char[] logLocator) {
    PointBlocks nextLive = live;
    PointBlocks nextWanted = wanted;
    while (nextLive.size() < size) {
      nextLive = nextLive.coarser();
      nextWanted = nextWanted.coarser();
    }
    return new DecodingPlan(nextLive, nextWanted, logLocator);
  }

  /**
   * Estimates the work, in rows that one layer of butterflies touches. The more rows of memory, the
   * shorter they are and the less each call does: from measurements, the share of the calls is one
   * half at some 2048 rows.
   */
  private static long cost(PointBlocks live, PointBlocks wanted) {
    int size = live.size();
    long cost = termCost(live, wanted);
    for (int block = 0; block < live.count(); block++) {
      cost += AdditiveFft.rowsTouched(size, live.from(block), live.to(block));
    }
    for (int block = 0; block < wanted.count(); block++) {
      cost += AdditiveFft.rowsTouched(size, wanted.from(block), wanted.to(block));
      if (live.find(wanted.number(block)) >= 0) {
        cost += (long) size * Integer.numberOfTrailingZeros(size) / 2; // the derivative
      }
    }
    long rows = (long) blocksOfMemory(live, wanted) * size;
    return cost + cost * rows / 2048;
  }

  /**
   * Adding a term costs a call and about a layer, and giving it another factor before, which takes
   * a call for each row, about four.
   */
  private static long termCost(PointBlocks live, PointBlocks wanted) {
    long rows = (long) live.count() * live.size();
    long calls = 2L * live.count();
    return (rows + calls) * wanted.count() + 4 * rows * (wanted.count() - 1);
  }

  /** The factor of h_j in the derivative on a wanted block w, or 1 where j = w. */
  private int weight(int liveBlock, int wantedBlock) {
    int difference = live.number(liveBlock) ^ wanted.number(wantedBlock);
    return difference == 0 ? 1 : Gf16.inverse(difference);
  }

  /** The received symbols. */
  PointBlocks live() {
    return live;
  }

  /** The lost symbols. */
  PointBlocks wanted() {
    return wanted;
  }

  /**
   * How many blocks of memory it takes: with one block wanted a sum and a term, else all terms, and
   * a sum.
   */
  int blocksOfMemory() {
    return blocksOfMemory(live, wanted);
  }

  private static int blocksOfMemory(PointBlocks live, PointBlocks wanted) {
    return wanted.count() == 1 ? Math.min(2, live.count()) : live.count() + 1;
  }

  /**
   * What to multiply a received symbol by: the locator's value and the factor of its block in the
   * derivative on the first wanted block.
   */
  int loadFactor(int position) {
    return loadFactors[position];
  }

  /** What to multiply a value of the derivative by to get the lost symbol. */
  int storeFactor(int position) {
    return storeFactors[position];
  }

  /**
   * What to multiply a live block by when all that needs it for the wanted block before is done.
   */
  int rescale(int liveBlock, int wantedBlock) {
    return Gf16.multiply(
        weight(liveBlock, wantedBlock), Gf16.inverse(weight(liveBlock, wantedBlock - 1)));
  }
}
