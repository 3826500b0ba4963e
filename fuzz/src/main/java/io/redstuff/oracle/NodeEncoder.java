package io.redstuff.oracle;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The official encoder in a Node of its own, which answers the requests of {@code serve.mjs}. */
public final class NodeEncoder implements OfficialEncoder {
  private final NodeProcess node;

  private NodeEncoder(NodeProcess node) {
    this.node = node;
  }

  /**
   * Starts Node.
   *
   * @throws IOException if there is none
   */
  public static NodeEncoder of(OfficialPackage official) throws IOException {
    return new NodeEncoder(new NodeProcess(official.directory().resolve("serve.mjs")));
  }

  @Override
  public OfficialEncoding encode(int shards, byte[] blob) {
    List<byte[]> answer = node.ask('E', shards, 0, List.of(blob));
    return new OfficialEncoding(answer.get(0), answer.get(1), answer.get(2), answer.get(3));
  }

  @Override
  public OfficialDescription describe(int shards, byte[] blob) {
    List<byte[]> answer = node.ask('M', shards, 0, List.of(blob));
    return new OfficialDescription(
        answer.get(0), answer.get(1), NodeProcess.numbers(answer.get(2)).getLong(0));
  }

  @Override
  public byte[] decode(int shards, byte[] blobId, int blobLength, List<byte[]> primaries) {
    List<byte[]> parts = new ArrayList<>();
    parts.add(blobId);
    parts.addAll(primaries);
    return node.ask('D', shards, blobLength, parts).getFirst();
  }

  @Override
  public void close() {
    node.close();
  }
}
