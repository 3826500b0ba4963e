package io.redstuff.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.junit.jupiter.api.Test;

class ErrorTextTest {

  @Test
  void saysWhyWithoutTheFileName() {
    assertEquals("no such file or directory", ErrorText.reason(new NoSuchFileException("/a")));
    assertEquals("permission denied", ErrorText.reason(new AccessDeniedException("/a")));
    assertEquals("not a directory", ErrorText.reason(new NotDirectoryException("/a")));
    assertEquals("directory not empty", ErrorText.reason(new DirectoryNotEmptyException("/a")));
    assertEquals(
        "read-only file system",
        ErrorText.reason(new FileSystemException("/a", null, "Read-only file system")));
    assertEquals("/a", ErrorText.reason(new FileSystemLoopException("/a")));
    assertEquals("no space left", ErrorText.reason(new IOException("No space left")));
    assertEquals("I/O error", ErrorText.reason(new IOException("I/O error")));
    assertEquals("IOException", ErrorText.reason(new IOException()));
    assertEquals("", ErrorText.reason(new IOException("")));
  }

  @Test
  void showsControlCharactersAsEscapes() {
    assertEquals(
        "a\\nb\\rc\\td\\u001be\\u007f\u00fc", ErrorText.oneLine("a\nb\rc\td\u001be\u007f\u00fc"));
  }
}
