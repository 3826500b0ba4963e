package io.redstuff.oracle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The npm package of the official encoder, installed below {@code fuzz/oracle}. It is not part of
 * this repository: npm fetches the version in {@code package-lock.json} and checks it against the
 * hash there, and the files that are run are checked against {@code SHA512SUMS} each time.
 */
public final class OfficialPackage {
  private static final Path BUILD = Path.of("node_modules", "@mysten", "walrus-wasm", "nodejs");

  private final Path directory;

  private OfficialPackage(Path directory) {
    this.directory = directory;
  }

  /**
   * Returns the installed package, which npm installs if it is not there.
   *
   * @param directory {@code fuzz/oracle}
   * @throws IOException if it cannot be had, with the reason, or is not the expected one
   */
  public static OfficialPackage in(Path directory) throws IOException {
    OfficialPackage found = new OfficialPackage(directory.toAbsolutePath());
    NpmPackages.install(found.directory, found.module());
    found.checkSums();
    return found;
  }

  /** Returns the WebAssembly module. */
  public Path module() {
    return directory.resolve(BUILD).resolve("walrus_wasm_bg.wasm");
  }

  /** Returns the directory with our scripts for Node. */
  public Path directory() {
    return directory;
  }

  private void checkSums() throws IOException {
    List<String> lines = Files.readAllLines(directory.resolve("SHA512SUMS"));
    for (String line : lines) {
      int gap = line.indexOf("  ");
      Path file = directory.resolve(line.substring(gap + 2));
      String sum = sha512(Files.readAllBytes(file));
      if (!sum.equals(line.substring(0, gap))) {
        throw new IOException(file + ": got SHA-512 " + sum + ", expected the one in SHA512SUMS");
      }
    }
  }

  private static String sha512(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
