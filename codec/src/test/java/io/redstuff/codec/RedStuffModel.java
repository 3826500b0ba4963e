package io.redstuff.codec;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * All of RedStuff from its definition, for small n: schoolbook arithmetic, Lagrange's formula,
 * trees level by level. It shares nothing with the library, and is slow.
 */
final class RedStuffModel {
  final int n;
  final int k1;
  final int k2;
  final int symbolSize;

  private final int length;

  /** By row and column, the symbols as field elements. */
  private final int[][][] matrix;

  RedStuffModel(int shards, byte[] blob) {
    int f = (shards - 1) / 3;
    n = shards;
    k1 = n - 2 * f;
    k2 = n - f;
    length = blob.length;
    int least = (Math.max(1, length) + k1 * k2 - 1) / (k1 * k2);
    symbolSize = least + least % 2;
    matrix = new int[n][n][];
    byte[] padded = new byte[k1 * k2 * symbolSize];
    System.arraycopy(blob, 0, padded, 0, length);
    for (int i = 0; i < k1 * k2; i++) {
      matrix[i / k2][i % k2] = elements(padded, i * symbolSize, symbolSize);
    }
    int[][] down = Field.coefficients(k1, n - k1);
    for (int row = k1; row < n; row++) {
      for (int column = 0; column < k2; column++) {
        int[][] originals = new int[k1][];
        for (int i = 0; i < k1; i++) {
          originals[i] = matrix[i][column];
        }
        matrix[row][column] = Field.combine(down[row - k1], originals);
      }
    }
    int[][] across = Field.coefficients(k2, n - k2);
    for (int[][] row : matrix) {
      for (int column = k2; column < n; column++) {
        row[column] = Field.combine(across[column - k2], row);
      }
    }
  }

  /** GF(2^16) modulo x^16 + x^5 + x^3 + x^2 + 1, written in the Cantor basis. */
  static final class Field {
    private static final int[] BASIS = {
      0x0001, 0xACCA, 0x3C0E, 0x163E, 0xC582, 0xED2E, 0x914C, 0x4012,
      0x6C98, 0x10D8, 0x6A72, 0xB900, 0xFDB8, 0xFB34, 0xFF38, 0x991E
    };

    private static final int[] POLYNOMIAL = new int[1 << 16];
    private static final int[] COORDINATES = new int[1 << 16];

    static {
      for (int element = 0; element < 1 << 16; element++) {
        for (int bit = 0; bit < 16; bit++) {
          POLYNOMIAL[element] ^= (element >> bit & 1) * BASIS[bit];
        }
        COORDINATES[POLYNOMIAL[element]] = element;
      }
    }

    private Field() {}

    static int multiply(int a, int b) {
      int product = 0;
      for (int bit = 15; bit >= 0; bit--) {
        product = product << 1 ^ (product >> 15) * 0x1002D;
        product ^= (POLYNOMIAL[b] >> bit & 1) * POLYNOMIAL[a];
      }
      return COORDINATES[product];
    }

    static int inverse(int a) {
      int result = 1;
      for (int i = 1; i < 16; i++) { // a^(2^16 - 2)
        result = multiply(result, result);
        result = multiply(result, a);
      }
      return multiply(result, result);
    }

    private static int powerOfTwo(int x) {
      int power = 1;
      while (power < x) {
        power *= 2;
      }
      return power;
    }

    /** Where the polynomial that is 1 at a point and 0 at the others of a range takes x. */
    private static int lagrange(int from, int size, int point, int x) {
      int value = 1;
      for (int other = from; other < from + size; other++) {
        if (other != point) {
          value = multiply(value, multiply(x ^ other, inverse(point ^ other)));
        }
      }
      return value;
    }

    /**
     * What each original adds to each recovery symbol. In a code of low rate the originals are
     * values of one polynomial at 0, 1, .. and the recovery symbols those after. In one of high
     * rate the originals are cut into chunks; each is interpolated where it lies, after the
     * recovery symbols, and the sum of the polynomials is taken at 0, 1, ..
     */
    static int[][] coefficients(int originals, int recovery) {
      int left = powerOfTwo(originals);
      int right = powerOfTwo(recovery);
      boolean high = left > right || (left == right && originals <= recovery);
      int chunk = high ? right : left;
      int[][] coefficients = new int[recovery][originals];
      for (int i = 0; i < recovery; i++) {
        for (int j = 0; j < originals; j++) {
          int from = high ? chunk + j / chunk * chunk : 0;
          int point = high ? chunk + j : j;
          coefficients[i][j] = lagrange(from, chunk, point, high ? i : chunk + i);
        }
      }
      return coefficients;
    }

    /** The sum of symbols times coefficients, of which there may be fewer. */
    static int[] combine(int[] coefficients, int[][] symbols) {
      int[] sum = new int[symbols[0].length];
      for (int i = 0; i < coefficients.length; i++) {
        for (int element = 0; element < sum.length; element++) {
          sum[element] ^= multiply(coefficients[i], symbols[i][element]);
        }
      }
      return sum;
    }
  }

  /** Where the low byte of an element is in a symbol; the high byte is half a chunk further. */
  private static int lowByte(int element) {
    return element / 32 * 64 + element % 32;
  }

  private static int halfChunk(int element, int size) {
    return Math.min(64, size - element / 32 * 64) / 2;
  }

  private static int[] elements(byte[] bytes, int at, int size) {
    int[] elements = new int[size / 2];
    for (int i = 0; i < elements.length; i++) {
      int low = at + lowByte(i);
      elements[i] = (bytes[low] & 0xFF) | (bytes[low + halfChunk(i, size)] & 0xFF) << 8;
    }
    return elements;
  }

  /** The symbol of a row and a column. */
  byte[] symbol(int row, int column) {
    byte[] bytes = new byte[symbolSize];
    for (int i = 0; i < symbolSize / 2; i++) {
      bytes[lowByte(i)] = (byte) matrix[row][column][i];
      bytes[lowByte(i) + halfChunk(i, symbolSize)] = (byte) (matrix[row][column][i] >> 8);
    }
    return bytes;
  }

  /** A symbol of a sliver of an axis. */
  byte[] symbol(boolean primary, int sliver, int index) {
    return primary ? symbol(sliver, index) : symbol(index, sliver);
  }

  /** All n symbols of a sliver. */
  private List<byte[]> symbols(boolean primary, int sliver) {
    List<byte[]> symbols = new ArrayList<>();
    for (int index = 0; index < n; index++) {
      symbols.add(symbol(primary, sliver, index));
    }
    return symbols;
  }

  /** The levels of a tree, from its leaves to its root. Those of odd size have an empty node. */
  private static List<List<byte[]>> tree(List<byte[]> items) {
    List<byte[]> level = new ArrayList<>();
    for (byte[] item : items) {
      level.add(PlainBlake2b.hash(new byte[] {0}, item));
    }
    List<List<byte[]>> levels = new ArrayList<>();
    while (level.size() > 1) {
      if (level.size() % 2 != 0) {
        level.add(new byte[32]);
      }
      levels.add(level);
      List<byte[]> next = new ArrayList<>();
      for (int i = 0; i < level.size(); i += 2) {
        next.add(PlainBlake2b.hash(new byte[] {1}, level.get(i), level.get(i + 1)));
      }
      level = next;
    }
    levels.add(level);
    return levels;
  }

  byte[] sliverHash(boolean primary, int sliver) {
    return tree(symbols(primary, sliver)).getLast().getFirst();
  }

  byte[] metadataRoot() {
    List<byte[]> pairs = new ArrayList<>();
    for (int pair = 0; pair < n; pair++) {
      Wire leaf = new Wire();
      leaf.put(sliverHash(true, pair)).put(sliverHash(false, n - 1 - pair));
      pairs.add(leaf.bytes());
    }
    return tree(pairs).getLast().getFirst();
  }

  byte[] blobId() {
    Wire wire = new Wire();
    return PlainBlake2b.hash(wire.number(1, 1).number(length, 8).put(metadataRoot()).bytes());
  }

  byte[] metadataBcs() {
    Wire wire = new Wire().put(blobId()).number(0, 1).number(1, 1).number(length, 8).count(n);
    for (int pair = 0; pair < n; pair++) {
      wire.number(1, 1).put(sliverHash(true, pair));
      wire.number(1, 1).put(sliverHash(false, n - 1 - pair));
    }
    return wire.bytes();
  }

  byte[] sliverBcs(boolean primary, int sliver) {
    int count = primary ? k2 : k1;
    Wire wire = new Wire().count(count * symbolSize);
    for (int index = 0; index < count; index++) {
      wire.put(symbol(primary, sliver, index));
    }
    return wire.number(symbolSize, 2).number(sliver, 2).bytes();
  }

  /** The symbols of a sliver, each with the proof that the sliver's hash covers it. */
  List<byte[]> recoverySymbolsBcs(boolean primary, int sliver) {
    List<List<byte[]>> tree = tree(symbols(primary, sliver));
    List<byte[]> symbols = new ArrayList<>();
    for (int index = 0; index < n; index++) {
      Wire wire = new Wire().number(sliver, 2).count(symbolSize);
      wire.put(symbol(primary, sliver, index)).count(tree.size() - 1);
      for (int height = 0; height < tree.size() - 1; height++) {
        int sibling = index >> height ^ 1;
        boolean empty = sibling << height >= n;
        wire.number(empty ? 0 : 1, 1);
        wire.put(empty ? new byte[0] : tree.get(height).get(sibling));
      }
      symbols.add(wire.bytes());
    }
    return symbols;
  }

  /** Bytes in BCS. */
  private static final class Wire {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Wire put(byte[] bytes) {
      out.writeBytes(bytes);
      return this;
    }

    Wire number(long value, int size) {
      ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, value);
      out.write(bytes.array(), 0, size);
      return this;
    }

    Wire count(int value) {
      for (int rest = value; ; rest >>= 7) {
        if (rest < 128) {
          return number(rest, 1);
        }
        number((rest & 127) | 128, 1);
      }
    }

    byte[] bytes() {
      return out.toByteArray();
    }
  }
}
