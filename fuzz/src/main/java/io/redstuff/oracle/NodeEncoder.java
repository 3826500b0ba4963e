package io.redstuff.oracle;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The official encoder in a Node of its own, which answers the requests of {@code serve.mjs}. */
public final class NodeEncoder implements OfficialEncoder {
  private static final int HEAD_BYTES = 13;
  private static final int NUMBER_BYTES = 4;
  private static final int BUFFER_BYTES = 1 << 16;

  private final Process node;
  private final OutputStream requests;
  private final DataInputStream answers;

  private NodeEncoder(Process node) {
    this.node = node;
    this.requests = new BufferedOutputStream(node.getOutputStream(), BUFFER_BYTES);
    this.answers = new DataInputStream(node.getInputStream());
  }

  /**
   * Starts Node.
   *
   * @throws IOException if there is none
   */
  public static NodeEncoder of(OfficialPackage official) throws IOException {
    return new NodeEncoder(
        new ProcessBuilder("node", official.directory().resolve("serve.mjs").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  @Override
  public OfficialEncoding encode(int shards, byte[] blob) {
    List<byte[]> answer = ask('E', shards, 0, List.of(blob));
    return new OfficialEncoding(answer.get(0), answer.get(1), answer.get(2), answer.get(3));
  }

  @Override
  public OfficialDescription describe(int shards, byte[] blob) {
    List<byte[]> answer = ask('M', shards, 0, List.of(blob));
    return new OfficialDescription(answer.get(0), answer.get(1), numbers(answer.get(2)).getLong(0));
  }

  @Override
  public byte[] decode(int shards, byte[] blobId, int blobLength, List<byte[]> primaries) {
    List<byte[]> parts = new ArrayList<>();
    parts.add(blobId);
    parts.addAll(primaries);
    return ask('D', shards, blobLength, parts).getFirst();
  }

  private List<byte[]> ask(char tag, int shards, int length, List<byte[]> parts) {
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

  private static ByteBuffer numbers(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void close() {
    node.destroy();
  }
}
