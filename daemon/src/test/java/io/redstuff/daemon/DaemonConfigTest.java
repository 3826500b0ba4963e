package io.redstuff.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.http.HttpLimits;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What makes no sense is refused, with numbers. */
class DaemonConfigTest {
  private static final DaemonConfig CONFIG = DaemonConfig.of(Path.of("x"));

  private static void refuses(String message, UnaryOperator<DaemonConfig> change) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> change.apply(CONFIG));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void numbersHaveBounds() {
    refuses("port: got 65536, expected 0 to 65535", it -> it.at("h", 65536));
    refuses("port: got -1", it -> it.at("h", -1));
    refuses("blob bytes: got -1", it -> it.withBytes(-1, 0, 0, 0));
    refuses("quilt bytes: got -1", it -> it.withBytes(0, -1, 0, 0));
    refuses("temporary bytes: got -1", it -> it.withBytes(0, 0, -1, 0));
    refuses("memory bytes: got 1073741825", it -> it.withBytes(0, 0, 0, (1 << 30) + 1));
    refuses("reads: got 0", it -> it.withRequests(0, 1));
    refuses("stores: got 0", it -> it.withRequests(1, 0));
  }

  @Test
  void eachPartIsChangedAlone() {
    DaemonConfig changed =
        CONFIG
            .at("::1", 5)
            .withBytes(1, 2, 3, 4)
            .withRequests(5, 6)
            .with(HttpLimits.DEFAULT)
            .allowing(Set.of("name"), true)
            .withHeaders(Set.of("header"), true);
    assertEquals(
        new DaemonConfig(
            "::1",
            5,
            Path.of("x"),
            HttpLimits.DEFAULT,
            1,
            2,
            3,
            4,
            5,
            6,
            Set.of("name"),
            true,
            Set.of("header"),
            true),
        changed);
    assertEquals("127.0.0.1", CONFIG.host());
    assertEquals(1L << 30, CONFIG.maxBlobBytes());
  }
}
