package io.redstuff.oracle;

import io.redstuff.quilt.QuiltFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The official TypeScript writer of quilts, in a Node of its own: the npm package {@code
 * @mysten/walrus}, installed below {@code fuzz/oracle/sdk} as the lock file there says.
 */
final class OfficialQuilts implements AutoCloseable {
  private static final Path WRITER =
      Path.of("node_modules", "@mysten", "walrus", "dist", "utils", "quilts.mjs");

  private final NodeProcess node;

  private OfficialQuilts(NodeProcess node) {
    this.node = node;
  }

  /**
   * A quilt as the writer made it.
   *
   * @param columns where each patch starts and ends, two bytes each, little-endian
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares these
  record Written(byte[] quilt, byte[] columns) {}

  /**
   * Starts the writer, which npm installs if it is not there.
   *
   * @param oracle the directory {@code fuzz/oracle}
   * @throws IOException if it cannot be had, with the reason
   */
  static OfficialQuilts in(Path oracle) throws IOException {
    Path sdk = oracle.resolve("sdk").toAbsolutePath();
    NpmPackages.install(sdk, sdk.resolve(WRITER));
    return new OfficialQuilts(new NodeProcess(sdk.resolve("serve-quilts.mjs")));
  }

  /**
   * Packs files.
   *
   * @throws OfficialEncoderException if the writer refuses them
   */
  Written pack(int shards, List<QuiltFile> files) throws IOException {
    List<byte[]> parts = new ArrayList<>();
    for (QuiltFile file : files) {
      parts.add(file.identifier().getBytes(StandardCharsets.UTF_8));
      StringBuilder tags = new StringBuilder();
      file.tags().forEach((key, value) -> tags.append(key).append('\0').append(value).append('\0'));
      parts.add(tags.toString().getBytes(StandardCharsets.UTF_8));
      parts.add(bytes(file));
    }
    List<byte[]> answer = node.ask('Q', shards, 0, parts);
    return new Written(answer.get(0), answer.get(1));
  }

  /** Returns the contents of a file. */
  static byte[] bytes(QuiltFile file) throws IOException {
    byte[] bytes = new byte[Math.toIntExact(file.contents().length())];
    file.contents().read(0, MemorySegment.ofArray(bytes));
    return bytes;
  }

  @Override
  public void close() {
    node.close();
  }
}
