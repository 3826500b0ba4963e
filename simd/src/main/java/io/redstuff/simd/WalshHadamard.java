package io.redstuff.simd;

import io.redstuff.simd.field.Gf16;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The logarithms of error locators by the Walsh-Hadamard transform, which turns sums over XOR
 * differences into products.
 *
 * <p>The transform of 2^q values is done as one over the rows of a matrix, a transposition and
 * another one over the rows of that: its butterflies then take whole arrays, a loop that the
 * compiler turns into vectors whatever the engine.
 *
 * <p>Residues are modulo 65535. The transforms themselves never reduce: sets have values 0 and 1,
 * everything else is brought to -32767..32767 first, and 65536 times that still fits an {@code
 * int}.
 */
final class WalshHadamard {
  private static final int MODULUS = Gf16.GROUP_ORDER;
  private static final int LOG_ORDER = 16;

  /** By q, what {@link #logarithms} gives for 2^q, once it was asked for. */
  private static final AtomicReferenceArray<int[][]> LOGARITHMS =
      new AtomicReferenceArray<>(LOG_ORDER + 1);

  private WalshHadamard() {}

  /**
   * Returns the logarithms of the locator of a set: {@code result[x] = sum over e in the set of
   * log(x + e)} modulo 65535, where e = x counts nothing.
   *
   * @param set 1 for each member and 0 for all else; a power of two of entries, at most 65536;
   *     overwritten
   * @return residues in 0..65534, in {@code set}
   */
  static int[] logLocator(int[] set) {
    int q = Integer.numberOfTrailingZeros(set.length);
    int[][] factors = logarithms(q);
    int[][] transformed = transform(split(set));
    for (int row = 0; row < factors.length; row++) {
      multiply(transformed[row], factors[row]);
    }
    int[][] sums = transform(transformed);
    for (int row = 0; row < sums.length; row++) {
      int length = sums[row].length;
      for (int i = 0; i < length; i++) {
        set[row * length + i] = residue(sums[row][i]);
      }
    }
    return set;
  }

  /** Returns the transformed table of logarithms (0 for zero), by its length, centered. */
  private static int[][] logarithms(int q) {
    int[][] known = LOGARITHMS.get(q);
    if (known != null) {
      return known;
    }
    int[] table = new int[1 << q];
    for (int difference = 1; difference < table.length; difference++) {
      table[difference] = centered(Gf16.log(difference));
    }
    int[][] transformed = transform(split(table));
    // 2^16 is 1 modulo 65535, so dividing by the length 2^q is multiplying by 2^(16-q)
    long inverseLength = 1L << (LOG_ORDER - q);
    for (int[] row : transformed) {
      for (int i = 0; i < row.length; i++) {
        row[i] = centered((int) (residue(row[i]) * inverseLength % MODULUS));
      }
    }
    LOGARITHMS.set(q, transformed); // whoever else came here computed the same
    return transformed;
  }

  /** Cuts 2^q values into 2^floor(q/2) rows. */
  private static int[][] split(int[] values) {
    int q = Integer.numberOfTrailingZeros(values.length);
    int[][] rows = new int[1 << (q / 2)][values.length >> (q / 2)];
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(values, row * rows[row].length, rows[row], 0, rows[row].length);
    }
    return rows;
  }

  /** Transforms a matrix, which is overwritten, as one long vector; the result is transposed. */
  private static int[][] transform(int[][] rows) {
    transformAcross(rows);
    int[][] transposed = new int[rows[0].length][rows.length];
    for (int column = 0; column < transposed.length; column++) {
      int[] target = transposed[column];
      for (int row = 0; row < target.length; row++) {
        target[row] = rows[row][column];
      }
    }
    transformAcross(transposed);
    return transposed;
  }

  /** Transforms every column of a matrix with a power of two of rows. */
  private static void transformAcross(int[][] rows) {
    int distance = 1;
    if (Integer.numberOfTrailingZeros(rows.length) % 2 != 0) {
      for (int row = 0; row < rows.length; row += 2) {
        oneLayer(rows[row], rows[row + 1]);
      }
      distance = 2;
    }
    for (; distance < rows.length; distance *= 4) {
      for (int block = 0; block < rows.length; block += 4 * distance) {
        for (int row = block; row < block + distance; row++) {
          twoLayers(
              rows[row], rows[row + distance], rows[row + 2 * distance], rows[row + 3 * distance]);
        }
      }
    }
  }

  private static void oneLayer(int[] a, int[] b) {
    for (int i = 0; i < a.length; i++) {
      int x = a[i];
      int y = b[i];
      a[i] = x + y;
      b[i] = x - y;
    }
  }

  private static void twoLayers(int[] a, int[] b, int[] c, int[] d) {
    for (int i = 0; i < a.length; i++) {
      int x = a[i] + b[i];
      int y = a[i] - b[i];
      int z = c[i] + d[i];
      int w = c[i] - d[i];
      a[i] = x + z;
      b[i] = y + w;
      c[i] = x - z;
      d[i] = y - w;
    }
  }

  private static void multiply(int[] values, int[] factors) {
    for (int i = 0; i < values.length; i++) {
      values[i] = centered(values[i] * factors[i]);
    }
  }

  /** Returns the residue in 0..65534 of any {@code int}. */
  private static int residue(int value) {
    int residue = centered(value);
    return residue + (MODULUS & (residue >> 31));
  }

  /** Returns the residue in -32767..32767 of any {@code int}; no branches, for the compiler. */
  private static int centered(int value) {
    int folded = (value & 0xFFFF) + (value >> 16); // 2^16 is 1
    folded = (folded & 0xFFFF) + (folded >> 16); // in -1..65536 now
    return folded - (MODULUS & ((MODULUS / 2 - folded) >> 31));
  }
}
