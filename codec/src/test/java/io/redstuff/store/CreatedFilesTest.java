package io.redstuff.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Work that is stopped at moments that a signal rarely hits. */
class CreatedFilesTest {
  @TempDir private Path directory;

  private final CreatedFiles work = new CreatedFiles();

  /** As it is between making the file and opening it so that its name goes. */
  @Test
  void aTemporaryFileWithANameDoesNotKeepItsDirectory() throws IOException {
    Path made = directory.resolve("above/made");
    work.createDirectories(made);
    Files.createFile(made.resolve(".redstuff-1.spill"));
    Files.createFile(made.resolve(".redstuff-2.spill"));
    work.stop();
    assertFalse(Files.exists(directory.resolve("above")));
  }

  @ParameterizedTest
  @ValueSource(strings = {".redstuff-1.spill.txt", "1.spill"})
  void filesOfOthersStayAndAreTold(String name) throws IOException {
    Path made = directory.resolve("made");
    work.createDirectories(made);
    Path other = Files.createFile(made.resolve(name));
    IOException failure = assertThrows(IOException.class, work::stop);
    assertEquals(made + ": cannot be removed: directory not empty", failure.getMessage());
    assertTrue(Files.exists(other));
  }
}
