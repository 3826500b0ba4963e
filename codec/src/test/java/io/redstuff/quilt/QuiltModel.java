package io.redstuff.quilt;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The layout of a quilt from its description, and nothing of the library. */
final class QuiltModel {
  final int symbolSize;
  final byte[] blob;

  /** By file in order: identifier, first column, first column after it. */
  final List<Object[]> patches = new ArrayList<>();

  /** Names and tags are taken as they are; contents by name. */
  QuiltModel(int n, Map<String, Map<String, String>> tags, Map<String, byte[]> contents) {
    int f = (n - 1) / 3;
    int k1 = n - 2 * f;
    int k2 = n - f;
    List<String> names = new ArrayList<>(contents.keySet());
    names.sort((a, b) -> Arrays.compareUnsigned(utf8(a), utf8(b)));
    List<byte[]> parts = new ArrayList<>();
    parts.add(index(names, tags, new int[names.size()]));
    for (String name : names) {
      byte[] identifier = string(name);
      byte[] map = tags.get(name).isEmpty() ? null : map(tags.get(name));
      byte[] rest = contents.get(name);
      int body = 2 + identifier.length + (map == null ? 0 : 2 + map.length) + rest.length;
      byte[] head = join(number(1, 1), number(body, 4), number(map == null ? 0 : 1, 1));
      byte[] tagged = map == null ? new byte[0] : join(number(map.length, 2), map);
      parts.add(join(head, number(identifier.length, 2), identifier, tagged, rest));
    }
    int size = 2;
    while (!fits(parts, k1 * size, k2)) {
      size += 2;
    }
    symbolSize = size;
    int[] ends = new int[names.size()];
    int column = columns(parts.getFirst(), k1 * size);
    for (int i = 0; i < ends.length; i++) {
      int start = column;
      column += columns(parts.get(i + 1), k1 * size);
      ends[i] = column;
      patches.add(new Object[] {names.get(i), start, column});
    }
    parts.set(0, index(names, tags, ends));
    blob = new byte[k1 * k2 * size];
    column = 0;
    for (byte[] part : parts) {
      for (int t = 0; t < part.length; t++) {
        int row = t % (k1 * size) / size;
        blob[row * k2 * size + (column + t / (k1 * size)) * size + t % size] = part[t];
      }
      column += columns(part, k1 * size);
    }
  }

  private static boolean fits(List<byte[]> parts, int columnBytes, int columns) {
    int used = 0;
    for (byte[] part : parts) {
      used += columns(part, columnBytes);
    }
    return columnBytes >= 5 && parts.getFirst().length <= 10 * columnBytes && used <= columns;
  }

  private static int columns(byte[] part, int columnBytes) {
    return (part.length + columnBytes - 1) / columnBytes;
  }

  private static byte[] index(
      List<String> names, Map<String, Map<String, String>> tags, int[] end) {
    byte[] bcs = uleb(names.size());
    for (int i = 0; i < end.length; i++) {
      String name = names.get(i);
      bcs = join(bcs, number(end[i], 2), string(name), map(tags.get(name)));
    }
    return join(number(1, 1), number(bcs.length, 4), bcs);
  }

  private static byte[] map(Map<String, String> tags) {
    byte[] map = uleb(tags.size());
    List<String> keys = new ArrayList<>(tags.keySet());
    keys.sort((a, b) -> Arrays.compareUnsigned(string(a), string(b)));
    for (String key : keys) {
      map = join(map, string(key), string(tags.get(key)));
    }
    return map;
  }

  private static byte[] string(String text) {
    return join(uleb(utf8(text).length), utf8(text));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] uleb(int value) {
    return value < 128 ? number(value, 1) : join(number(value % 128 + 128, 1), uleb(value / 128));
  }

  private static byte[] number(long value, int bytes) {
    byte[] number = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      number[i] = (byte) (value >> (8 * i));
    }
    return number;
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
