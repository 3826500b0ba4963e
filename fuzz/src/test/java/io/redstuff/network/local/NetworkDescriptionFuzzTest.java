package io.redstuff.network.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.redstuff.error.MalformedDataException;

/**
 * Any text read as what says where a network is: refused, or written and read again as the same.
 */
class NetworkDescriptionFuzzTest {
  @FuzzTest
  void parse(byte[] bytes) throws MalformedDataException {
    NetworkDescription read;
    try {
      read = NetworkDescription.parse(new String(bytes, UTF_8));
    } catch (MalformedDataException e) {
      return;
    }
    assertEquals(read, NetworkDescription.parse(read.toJson()));
  }
}
