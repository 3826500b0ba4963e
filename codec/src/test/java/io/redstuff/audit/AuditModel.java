package io.redstuff.audit;

import static io.redstuff.codec.PlainBlake2b.hash;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * An audit as it is written down, from the bytes of a transcript to the number of good answers:
 * slow, and nothing shared with the library. Whatever is wrong throws an unchecked exception.
 */
final class AuditModel {
  private static final BigInteger WORDS = BigInteger.ONE.shiftLeft(Long.SIZE);

  private final ByteBuffer in;
  private int shards;
  private byte[] draws;

  AuditModel(byte[] transcript) {
    this.in = ByteBuffer.wrap(transcript).order(ByteOrder.LITTLE_ENDIAN);
  }

  @SuppressWarnings("ArrayRecordComponent") // nobody compares these
  private record Opening(int pair, int symbolSize, byte[] id, byte[][] hashes) {}

  @SuppressWarnings("ArrayRecordComponent") // nor these
  private record Answer(int opening, int axis, int source, byte[] data, int target, byte[] path) {}

  /** Returns the numbers of the challenges that are answered. */
  Set<Integer> answered() {
    expect(tag("transcript"));
    final int start = in.position();
    expect(tag("statement"));
    shards = in.getChar();
    bytes(4 + 32);
    List<Integer> nodeShards = new ArrayList<>();
    for (int left = uleb128(); left > 0; left--) {
      nodeShards.add((int) in.getChar());
    }
    List<byte[]> blobs = new ArrayList<>();
    for (int left = uleb128(); left > 0; left--) {
      blobs.add(bytes(32));
    }
    final int challenges = in.getInt();
    final List<Integer> axes = List.of(List.of(0), List.of(1), List.of(0, 1)).get(in.get());
    final boolean sequential = in.get() == 1;
    in.getLong();
    bytes((in.get() == 1 ? 32 + 8 + 48 : 0) + 32);
    final byte[] seed = hash(tag("seed"), Arrays.copyOfRange(in.array(), start, in.position()));
    List<Opening> openings = new ArrayList<>();
    for (int left = uleb128(); left > 0; left--) {
      openings.add(opening());
    }
    TreeMap<Integer, Answer> answers = new TreeMap<>();
    for (int left = uleb128(); left > 0; left--) {
      int number = in.getInt();
      require(answers.isEmpty() || answers.lastKey() < number, "order");
      answers.put(number, answer());
    }
    bytes(in.get() == 1 ? 96 : 0);
    require(!in.hasRemaining(), "trailing bytes");
    require(answers.isEmpty() || answers.lastKey() < challenges, "number");

    Set<List<Object>> opened = new HashSet<>();
    for (Opening opening : openings) {
      require(opened.add(List.of(new BigInteger(opening.id), opening.pair)), "opened twice");
    }
    byte[] previous = {};
    for (int i = 0; i < challenges; i++) {
      byte[] index = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(i).array();
      draws = hash(tag("challenge"), seed, index, sequential ? previous : new byte[0]);
      byte[] blob = blobs.get(draw(0, blobs.size()));
      int shard = nodeShards.get(draw(1, nodeShards.size()));
      int axis = axes.get(draw(2, axes.size()));
      int position = draw(3, shards);
      Answer answer = answers.get(i);
      if (answer != null) {
        Opening opening = openings.get(answer.opening);
        int turn = new BigInteger(1, blob).mod(BigInteger.valueOf(shards)).intValue();
        int pair = Math.floorMod(shard - turn, shards);
        require(Arrays.equals(opening.id, blob) && opening.pair == pair, "blob or pair");
        require(answer.axis == 1 - axis, "axis");
        require(answer.source == (axis == 0 ? pair : shards - 1 - pair), "sliver");
        require(answer.target == position, "position");
        require(answer.data.length == opening.symbolSize, "symbol size");
        byte[] root = climb(hash(new byte[] {0}, answer.data), position, answer.path);
        require(Arrays.equals(root, opening.hashes[axis]), "path");
        previous = hash(tag("answer"), previous, answer.data, answer.path);
      } else {
        previous = hash(tag("answer"), previous);
      }
    }
    return answers.keySet();
  }

  private Opening opening() {
    uleb128();
    int pair = in.getChar();
    require(pair < shards && in.get() == 1, "pair or encoding type");
    byte[] length = bytes(8);
    byte[][] hashes = {node(), node()};
    byte[] root = climb(hash(new byte[] {0}, orZeros(hashes[0]), orZeros(hashes[1])), pair, path());
    int f = (shards - 1) / 3;
    long cells = (long) (shards - 2 * f) * (shards - f);
    long bytes = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong();
    long size = Math.ceilDiv(Math.max(1, bytes), cells);
    require(bytes >= 0 && size + size % 2 < 65536, "length");
    byte[] id = hash(new byte[] {1}, length, root);
    return new Opening(pair, (int) (size + size % 2), id, hashes);
  }

  private Answer answer() {
    int opening = in.getInt();
    uleb128();
    int axis = in.get();
    int source = in.getChar();
    byte[] data = bytes(uleb128());
    return new Answer(opening, axis, source, data, in.getChar(), path());
  }

  /** The path's nodes, one after another, 32 zeros for an empty one. */
  private byte[] path() {
    int count = uleb128();
    ByteBuffer path = ByteBuffer.allocate(32 * count);
    for (int i = 0; i < count; i++) {
      path.put(orZeros(node()));
    }
    return path.array();
  }

  private byte[] climb(byte[] leaf, int index, byte[] path) {
    int height = 0;
    while (1 << height < shards) {
      height++;
    }
    require(path.length == 32 * height, "path length");
    byte[] node = leaf;
    for (int level = 0; level < height; level++) {
      byte[] sibling = Arrays.copyOfRange(path, 32 * level, 32 * level + 32);
      boolean isLeft = (index >> level & 1) == 0;
      node = hash(new byte[] {1}, isLeft ? node : sibling, isLeft ? sibling : node);
    }
    return node;
  }

  private int draw(int word, int bound) {
    byte[] bytes = new byte[8];
    for (int i = 0; i < 8; i++) {
      bytes[i] = draws[8 * word + 7 - i];
    }
    BigInteger number = new BigInteger(1, bytes);
    // The tests that follow do not live to see one that is left out.
    require(number.compareTo(WORDS.mod(BigInteger.valueOf(bound))) >= 0, "a word left out");
    return number.mod(BigInteger.valueOf(bound)).intValue();
  }

  private byte[] node() {
    return bytes(in.get() == 1 ? 32 : 0);
  }

  private static byte[] orZeros(byte[] node) {
    return Arrays.copyOf(node, 32);
  }

  private int uleb128() {
    int value = 0;
    for (int shift = 0; ; shift += 7) {
      int b = in.get();
      value |= (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    in.get(bytes);
    return bytes;
  }

  private void expect(byte[] expected) {
    require(Arrays.equals(bytes(expected.length), expected), "tag");
  }

  private static byte[] tag(String name) {
    byte[] tag = Arrays.copyOf(("redstuff audit " + name).getBytes(US_ASCII), 32);
    tag[31] = 1;
    return tag;
  }

  private static void require(boolean condition, String what) {
    if (!condition) {
      throw new IllegalStateException(what);
    }
  }
}
