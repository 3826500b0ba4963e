package io.redstuff.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.FunctionDescriptor;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PeerTest {
  @Test
  void aMissingLibrarySaysWhatToInstall() {
    NativeLibrary library = new NativeLibrary("libnowhere.so.9", "libnowhere9");
    String reason = "libnowhere.so.9 is not installed (Debian: apt-get install libnowhere9)";
    assertEquals(Optional.of(reason), library.missing());
    IllegalStateException thrown =
        assertThrows(
            IllegalStateException.class,
            () -> library.function("nothing", FunctionDescriptor.ofVoid()));
    assertEquals(reason, thrown.getMessage());
  }

  @ParameterizedTest
  @EnumSource
  void itsBenchmarkIsInTheBuild(Peer peer) throws IOException {
    try (InputStream list = getClass().getResourceAsStream("/META-INF/BenchmarkList")) {
      String benchmarks = new String(list.readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(benchmarks.contains("io.redstuff.bench.peer." + peer.benchmark()), benchmarks);
    }
  }

  @ParameterizedTest
  @EnumSource
  void itsLabelCarriesAVersion(Peer peer) {
    assertTrue(peer.label().matches(".*\\d.*"), peer.label());
    assertFalse(peer.label().contains("$"), peer.label());
  }
}
