package io.redstuff.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Sliver;
import io.redstuff.SliverPair;
import io.redstuff.error.RedStuffException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs in a JVM of its own that was started without {@code --add-modules}. */
@Tag("no-vector")
class NoVectorModuleTest {
  @Test
  void codecNeedsNoFlag() throws RedStuffException {
    assertTrue(
        ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty(),
        "this test must run without the vector module");
    RedStuff codec = RedStuff.forShards(10);
    assertEquals("plain", codec.engine().name());
    byte[] blob = "walrus blob id v1 regression test".getBytes(US_ASCII);
    try (EncodedBlob encoded = codec.encode(blob)) {
      assertEquals("RcU82Mwf-CFkv1LaI_2qcpANwpGUuG3TMwnVzZxD2kY", encoded.blobId().toString());
      List<Sliver> last = encoded.pairs().subList(6, 10).stream().map(SliverPair::primary).toList();
      assertArrayEquals(blob, codec.decode(encoded.metadata(), last));
    }
  }
}
