package io.redstuff.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.junit.jupiter.api.Test;

class NamedIoExceptionTest {
  @Test
  void saysWhyWithoutTheFileName() {
    assertEquals(
        "no such file or directory", NamedIoException.reasonOf(new NoSuchFileException("/a")));
    assertEquals("permission denied", NamedIoException.reasonOf(new AccessDeniedException("/a")));
    assertEquals("not a directory", NamedIoException.reasonOf(new NotDirectoryException("/a")));
    assertEquals(
        "directory not empty", NamedIoException.reasonOf(new DirectoryNotEmptyException("/a")));
    assertEquals(
        "read-only file system",
        NamedIoException.reasonOf(new FileSystemException("/a", null, "Read-only file system")));
    assertEquals("/a", NamedIoException.reasonOf(new FileSystemLoopException("/a")));
    assertEquals("no space left", NamedIoException.reasonOf(new IOException("No space left")));
    assertEquals("I/O error", NamedIoException.reasonOf(new IOException("I/O error")));
    assertEquals("IOException", NamedIoException.reasonOf(new IOException()));
    assertEquals("I", NamedIoException.reasonOf(new IOException("I")));
    assertEquals("", NamedIoException.reasonOf(new IOException("")));
  }

  @Test
  void aNameIsGivenOnce() {
    IOException cause = new IOException("Broken");
    NamedIoException named = NamedIoException.of(cause, "file");
    assertEquals("file: broken", named.getMessage());
    assertSame(cause, named.getCause());
    assertSame(named, NamedIoException.of(named, "other"));
    NamedIoException inner = new NamedIoException("Out/primary", cause);
    assertEquals("x: Out/primary: broken", new NamedIoException("x", inner).getMessage());
  }
}
