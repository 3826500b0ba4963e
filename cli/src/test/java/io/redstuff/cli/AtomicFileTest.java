package io.redstuff.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

  @TempDir private Path directory;

  private static MemorySegment bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return MemorySegment.ofArray(bytes);
  }

  @Test
  void writesThePartsOneAfterTheOther() throws IOException {
    Path file = directory.resolve("file");
    AtomicFile.write(OutputFiles.FILE_SYSTEM, file, bytes(1), bytes(), bytes(2, 3), bytes(4));
    assertEquals(bytes(1, 2, 3, 4).mismatch(MemorySegment.ofArray(Files.readAllBytes(file))), -1);
    assertEquals(List.of("file"), TestFiles.tree(directory));
  }

  @Test
  void writesAnEmptyFile() throws IOException {
    Path file = directory.resolve("file");
    AtomicFile.write(OutputFiles.FILE_SYSTEM, file, bytes());
    assertEquals(0, Files.size(file));
  }

  @Test
  void goesOnAfterAShortWrite() throws IOException {
    Path file = directory.resolve("file");
    // A full disk takes one buffer at a time, and part of the one that does not fit.
    AtomicFile.write(new FullDisk(4), file, bytes(1), bytes(2, 3), bytes(4));
    assertEquals(4, Files.size(file));
  }

  @Test
  void failureLeavesTheOldFileAndNoOther() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "old");
    assertThrows(IOException.class, () -> AtomicFile.write(new FullDisk(2), file, bytes(1, 2, 3)));
    assertEquals("old", Files.readString(file));
    assertEquals(List.of("file"), TestFiles.tree(directory));
  }

  @Test
  void aDirectoryOfThatNameStays() throws IOException {
    Path file = Files.createDirectory(directory.resolve("file"));
    Files.createFile(file.resolve("inside"));
    assertThrows(
        IOException.class, () -> AtomicFile.write(OutputFiles.FILE_SYSTEM, file, bytes(1)));
    assertEquals(List.of("file", "file/inside"), TestFiles.tree(directory));
  }

  @Test
  void knowsItsTemporaryFiles() {
    assertTrue(AtomicFile.isTemporary(".0001.bcs.0123456789abcdef.part"));
    assertFalse(AtomicFile.isTemporary("0001.bcs.0123456789abcdef.part"));
    assertFalse(AtomicFile.isTemporary(".0001.bcs.0123456789abcde.part"));
    assertFalse(AtomicFile.isTemporary(".part"));
    assertFalse(AtomicFile.isTemporary("download.part"));
  }
}
