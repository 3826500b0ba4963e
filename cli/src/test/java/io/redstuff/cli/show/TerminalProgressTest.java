package io.redstuff.cli.show;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TerminalProgressTest {

  private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
  private final PrintStream stream = new PrintStream(terminal, true, UTF_8);

  private String shown() {
    return terminal.toString(UTF_8);
  }

  @Test
  void shortWorkShowsNothing() {
    try (Progress progress =
        TerminalProgress.on(stream, Duration.ofHours(1)).start("checking", 10, "slivers")) {
      progress.step(10);
    }
    assertEquals("", shown());
  }

  @Test
  @Timeout(600)
  void longWorkShowsABarAndTakesItAway() throws InterruptedException {
    try (Progress progress =
        TerminalProgress.on(stream, Duration.ZERO).start("checking", 10, "slivers")) {
      progress.step(3);
      progress.step(1);
      while (!shown().contains("4/10")) {
        Thread.sleep(10);
      }
    }
    assertTrue(shown().contains("checking"), shown());
    assertTrue(shown().contains("40%"), shown());
    assertTrue(shown().endsWith("\r\u001b[K"), shown());
    assertFalse(shown().contains("\n"), shown());
  }

  @Test
  @Timeout(600)
  void linesAsideStandAlone() throws InterruptedException {
    try (Progress progress =
        TerminalProgress.on(stream, Duration.ZERO).start("checking", 10, "slivers")) {
      while (!shown().contains("0/10")) {
        Thread.sleep(10);
      }
      progress.aside(() -> stream.println("a line"));
    }
    assertTrue(shown().contains("\r\u001b[Ka line\n\rchecking"), shown());
  }

  @Test
  void linesAsideAreAllThereIsBeforeABarAppears() {
    try (Progress progress =
        TerminalProgress.on(stream, Duration.ofHours(1)).start("checking", 10, "slivers")) {
      progress.aside(() -> stream.println("a line"));
    }
    assertEquals("a line\n", shown());
  }

  @Test
  @Timeout(600)
  void workOfUnknownLengthShowsThatItGoesOn() throws InterruptedException {
    try (Progress _ = TerminalProgress.on(stream, Duration.ZERO).start("encoding", -1, "")) {
      while (!shown().contains("encoding")) {
        Thread.sleep(10);
      }
    }
    assertTrue(shown().endsWith("\r\u001b[K"), shown());
  }

  @Test
  void theWidthIsTheShellsIfItIsSensible() {
    assertEquals(119, TerminalProgress.terminalWidth("120"));
    assertEquals(79, TerminalProgress.terminalWidth(null));
    assertEquals(79, TerminalProgress.terminalWidth(""));
    assertEquals(79, TerminalProgress.terminalWidth("wide"));
    assertEquals(79, TerminalProgress.terminalWidth("7"));
    assertEquals(79, TerminalProgress.terminalWidth("99999999999"));
  }
}
