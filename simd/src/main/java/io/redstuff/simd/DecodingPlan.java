package io.redstuff.simd;

import io.redstuff.simd.field.Gf16;

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
 * best.
 *
 * <p>Each term may be kept at some scale of its own, since its symbols are multiplied by something
 * anyway, and so may each sum. Terms have the scale that makes all factors 1 / (j + w) of the first
 * wanted block one, and a sum has the scale of its block's own term, whose derivative is then just
 * added. What factors remain are quotients of block numbers: mostly of GF(2^8). In blocks of one
 * point the scales make the factors of the symbols one instead.
 *
 * <p>Only differences of points matter in all this, so the points are moved to bring the first
 * wanted block to point 0, where most twiddles are of GF(2^8) too.
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

  /** By live block and, within it, wanted block. */
  private final int[] termFactors;

  /** Plans for blocks of one size, as {@link #best} for those of size 1. */
  private DecodingPlan(PointBlocks live, PointBlocks wanted, char[] logLocator) {
    this.live = live;
    this.wanted = wanted;
    int[] scales = new int[live.count()];
    loadFactors = new int[live.start(live.count())];
    for (int block = 0; block < scales.length; block++) {
      scales[block] = scale(block, logLocator);
      for (int i = live.start(block); i < live.start(block + 1); i++) {
        loadFactors[i] = Gf16.multiply(Gf16.power(logLocator[live.point(i)]), scales[block]);
      }
    }
    termFactors = new int[live.count() * wanted.count()];
    storeFactors = new int[wanted.start(wanted.count())];
    for (int block = 0; block < wanted.count(); block++) {
      int own = live.find(wanted.number(block));
      int scale = own < 0 ? 1 : scales[own];
      for (int term = 0; term < scales.length; term++) {
        if (term != own) {
          int difference = live.number(term) ^ wanted.number(block);
          termFactors[term * wanted.count() + block] =
              Gf16.multiply(scale, Gf16.inverse(Gf16.multiply(difference, scales[term])));
        }
      }
      for (int i = wanted.start(block); i < wanted.start(block + 1); i++) {
        int derivative = Gf16.power(logLocator[wanted.point(i)]);
        storeFactors[i] = Gf16.inverse(Gf16.multiply(derivative, scale));
      }
    }
  }

  /**
   * Returns what the term of a live block is multiplied by as long as nothing says otherwise. In
   * blocks of one point the received symbols stay as they are. Else the terms are what the first
   * wanted block needs.
   */
  private int scale(int liveBlock, char[] logLocator) {
    if (live.size() == 1) {
      return Gf16.inverse(Gf16.power(logLocator[live.number(liveBlock)]));
    }
    int difference = live.number(liveBlock) ^ wanted.number(0);
    return difference == 0 ? 1 : Gf16.inverse(difference);
  }

  /**
   * Returns the plan with the least estimated work.
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

  /** Returns the plan with blocks of a size, a power of two up to the number of points. */
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
   * Estimates the work, in halves of what one layer of butterflies takes for a row. The more rows
   * of memory, the shorter they are and the less each call does: from measurements, the share of
   * the calls is one half at some 4096 rows.
   */
  private static long cost(PointBlocks live, PointBlocks wanted) {
    int size = live.size();
    long cost = termCost(live, wanted);
    if (size > 1) {
      cost += 5L * live.start(live.count()); // the factors of the received symbols
    }
    for (int block = 0; block < live.count(); block++) {
      cost += 2 * AdditiveFft.rowsTouched(size, live.from(block), live.to(block));
    }
    for (int block = 0; block < wanted.count(); block++) {
      cost += 2 * AdditiveFft.rowsTouched(size, wanted.from(block), wanted.to(block));
      if (live.find(wanted.number(block)) >= 0) {
        cost += (long) size * Integer.numberOfTrailingZeros(size); // the derivative
      }
    }
    long rows = (long) blocksOfMemory(live, wanted) * size;
    return cost + cost * rows / 4096;
  }

  /** Adding a multiple of a term takes a call and, bound by memory, two layers and a half. */
  private static long termCost(PointBlocks live, PointBlocks wanted) {
    long added = (long) wanted.count() * live.count() - (startingTerm(live, wanted) < 0 ? 0 : 1);
    return added * (5L * live.size() + 3);
  }

  /** Returns the received symbols. */
  PointBlocks live() {
    return live;
  }

  /** Returns the lost symbols. */
  PointBlocks wanted() {
    return wanted;
  }

  /**
   * Returns how many blocks of memory it takes: a sum for each wanted block, and a term if more
   * than the starting one is to be added.
   */
  int blocksOfMemory() {
    return blocksOfMemory(live, wanted);
  }

  private static int blocksOfMemory(PointBlocks live, PointBlocks wanted) {
    boolean oneTerm = live.count() == 1 && startingTerm(live, wanted) == 0;
    return wanted.count() + (oneTerm ? 0 : 1);
  }

  /**
   * Returns the live block whose term is where the sum of the first wanted block starts; negative
   * if that sum starts at zero.
   */
  int startingTerm() {
    return startingTerm(live, wanted);
  }

  private static int startingTerm(PointBlocks live, PointBlocks wanted) {
    if (live.size() == 1) {
      return -1; // no term has the factor one
    }
    int other = live.number(0) == wanted.number(0) ? 1 : 0;
    return other < live.count() ? other : -1;
  }

  /** Returns what to multiply a received symbol by. */
  int loadFactor(int position) {
    return loadFactors[position];
  }

  /**
   * Returns what to multiply the term of a live block by when it is added to the sum of a wanted
   * block; 0 for its derivative.
   */
  int termFactor(int liveBlock, int wantedBlock) {
    return termFactors[liveBlock * wanted.count() + wantedBlock];
  }

  /** Returns what to multiply a value of the sum by to get the lost symbol. */
  int storeFactor(int position) {
    return storeFactors[position];
  }

  /** Returns the point from which to interpolate a live block. */
  int liveCoset(int block) {
    return (live.number(block) ^ wanted.number(0)) * live.size();
  }

  /** Returns the point from which to evaluate a wanted block. */
  int wantedCoset(int block) {
    return (wanted.number(block) ^ wanted.number(0)) * wanted.size();
  }
}
