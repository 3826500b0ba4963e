package io.redstuff.oracle;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A script in a Node of its own, which answers requests as {@code requests.mjs} has them. */
final class NodeProcess implements AutoCloseable {
  private static final int HEAD_BYTES = 13;
  private static final int NUMBER_BYTES = 4;
  private static final int BUFFER_BYTES = 1 << 16;

  private final Process node;
  private final OutputStream requests;
  private final DataInputStream answers;

  /**
   * Starts Node.
   *
   * @throws IOException if there is none
   */
  NodeProcess(Path script) throws IOException {
    node =
        new ProcessBuilder("node", script.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    requests = new BufferedOutputStream(node.getOutputStream(), BUFFER_BYTES);
    answers = new DataInputStream(node.getInputStream());
  }

  /**
   * Asks the script.
   *
   * @throws OfficialEncoderException if the official code refuses
   */
  List<byte[]> ask(char tag, int shards, int length, List<byte[]> parts) {
    try {
      byte[] head = new byte[HEAD_BYTES];
      numbers(head).put((byte) tag).putInt(shards).putInt(length).putInt(parts.size());
      requests.write(head);
      for (byte[] part : parts) {
        byte[] size = new byte[NUMBER_BYTES];
        numbers(size).putInt(part.length);
        requests.write(size);
        requests.write(part);
      }
      requests.flush();
      return answer();
    } catch (IOException e) {
      throw new UncheckedIOException("Node ended", e);
    }
  }

  private List<byte[]> answer() throws IOException {
    ByteBuffer head = numbers(read(HEAD_BYTES));
    List<byte[]> parts = new ArrayList<>();
    int count = head.getInt(HEAD_BYTES - NUMBER_BYTES);
    for (int i = 0; i < count; i++) {
      parts.add(read(numbers(read(NUMBER_BYTES)).getInt()));
    }
    if (head.get(0) != 0) {
      throw new OfficialEncoderException(new String(parts.getFirst(), StandardCharsets.UTF_8));
    }
    return parts;
  }

  private byte[] read(int length) throws IOException {
    byte[] bytes = new byte[length];
    answers.readFully(bytes);
    return bytes;
  }

  /** Returns a view of numbers as they are sent, the lowest byte first. */
  static ByteBuffer numbers(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void close() {
    node.destroy();
  }
}
