package io.redstuff.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A transport to nodes that are directories.
 *
 * @param root holds a directory for each node
 */
record Directories(Path root) implements UploadSlivers.Transport {
  @Override
  public void put(int node, String name, byte[] bytes) throws IOException {
    Path directory = Files.createDirectories(root.resolve("node-" + node));
    Files.write(directory.resolve(name), bytes);
  }

  @Override
  public byte[] get(int node, String name) throws IOException {
    return Files.readAllBytes(root.resolve("node-" + node).resolve(name));
  }
}
