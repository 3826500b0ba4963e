package io.redstuff.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is sealed is the business of another jar, which is not here. */
class SealOptionsTest {
  private static final String MISSING = "sealed blobs need redstuff-seal.jar";

  @TempDir Path directory;
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(Object... args) {
    err.reset();
    return Main.run(
        new PrintStream(new ByteArrayOutputStream(), true, UTF_8),
        new PrintStream(err, true, UTF_8),
        InputStream.nullInputStream(),
        Arrays.stream(args).map(Object::toString).toArray(String[]::new));
  }

  private void assertMissing(Object... args) {
    assertEquals(2, run(args), err::toString);
    assertTrue(err.toString(UTF_8).contains(MISSING), err::toString);
  }

  @Test
  void sayWhatIsMissing() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "content");
    Path out = directory.resolve("out");
    Path back = directory.resolve("back");
    assertMissing("seal", "genkey", "key");
    assertMissing("encode", "-n", 10, "--seal", file, "-o", out, file);
    assertFalse(Files.exists(out.resolve("metadata.bcs")));
    assertEquals(0, run("encode", "-n", 10, "-o", directory.resolve("open"), file), err::toString);
    assertMissing("decode", "--key-file", file, "-o", back, directory.resolve("open"));
    assertFalse(Files.exists(back));
    assertMissing("cat", "--key-file", file, directory.resolve("open"));
  }
}
