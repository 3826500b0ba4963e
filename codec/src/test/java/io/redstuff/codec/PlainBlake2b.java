package io.redstuff.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** BLAKE2b-256 as RFC 7693 has it, for {@link RedStuffModel}: nothing shared with the library. */
public final class PlainBlake2b {
  private static final int BLOCK = 128;
  private static final int ROUNDS = 12;

  private static final long[] IV = {
    0x6A09E667F3BCC908L, 0xBB67AE8584CAA73BL, 0x3C6EF372FE94F82BL, 0xA54FF53A5F1D36F1L,
    0x510E527FADE682D1L, 0x9B05688C2B3E6C1FL, 0x1F83D9ABFB41BD6BL, 0x5BE0CD19137E2179L
  };

  /** The ten permutations, a hexadecimal digit for each word. */
  private static final String[] SIGMA = {
    "0123456789abcdef", "ea489fd61c02b753", "b8c052fdae367194", "7931dcbe265a40f8",
    "905724afe1bc683d", "2c6a0b834d75fe19", "c51fed4a0763928b", "db7ec13950f4862a",
    "6fe9b308c2d714a5", "a2847615fb9e3cd0"
  };

  private PlainBlake2b() {}

  /** Returns the digest of the parts, one after the other. */
  public static byte[] hash(byte[]... parts) {
    int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    int blocks = Math.max(1, (length + BLOCK - 1) / BLOCK);
    ByteBuffer message = ByteBuffer.allocate(blocks * BLOCK).order(ByteOrder.LITTLE_ENDIAN);
    for (byte[] part : parts) {
      message.put(part);
    }
    long[] h = IV.clone();
    h[0] ^= 0x01010000 | 32;
    for (int block = 0; block < blocks; block++) {
      boolean last = block == blocks - 1;
      compress(h, message, block * BLOCK, last ? length : (block + 1) * BLOCK, last);
    }
    ByteBuffer digest = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
    for (int word = 0; word < 4; word++) {
      digest.putLong(h[word]);
    }
    return digest.array();
  }

  private static void compress(long[] h, ByteBuffer message, int at, long count, boolean last) {
    long[] v = Arrays.copyOf(h, 16);
    System.arraycopy(IV, 0, v, 8, 8);
    v[12] ^= count;
    v[14] ^= last ? -1 : 0;
    for (int round = 0; round < ROUNDS; round++) {
      String sigma = SIGMA[round % SIGMA.length];
      for (int g = 0; g < 8; g++) {
        // four columns, then four diagonals
        int shift = g < 4 ? 0 : 1;
        int a = g % 4;
        int b = 4 + (g + shift) % 4;
        int c = 8 + (g + 2 * shift) % 4;
        int d = 12 + (g + 3 * shift) % 4;
        long x = message.getLong(at + 8 * Character.digit(sigma.charAt(2 * g), 16));
        long y = message.getLong(at + 8 * Character.digit(sigma.charAt(2 * g + 1), 16));
        v[a] += v[b] + x;
        v[d] = Long.rotateRight(v[d] ^ v[a], 32);
        v[c] += v[d];
        v[b] = Long.rotateRight(v[b] ^ v[c], 24);
        v[a] += v[b] + y;
        v[d] = Long.rotateRight(v[d] ^ v[a], 16);
        v[c] += v[d];
        v[b] = Long.rotateRight(v[b] ^ v[c], 63);
      }
    }
    for (int i = 0; i < 8; i++) {
      h[i] ^= v[i] ^ v[i + 8];
    }
  }
}
