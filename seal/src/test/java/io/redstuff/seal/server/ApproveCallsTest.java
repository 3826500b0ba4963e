package io.redstuff.seal.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.ObjectId;
import io.redstuff.error.MalformedDataException;
import io.redstuff.seal.Identity;
import io.redstuff.seal.server.ApproveCalls.Call;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ApproveCallsTest {
  private static final ObjectId PACKAGE = ObjectId.of(new byte[ObjectId.BYTES]);

  @Property(tries = 200)
  void whatIsWrittenIsRead(@ForAll @Size(max = 300) byte[] id) throws MalformedDataException {
    Call call = new Call(Identity.of(PACKAGE, id), "policy", "seal_approve_it");
    assertEquals(List.of(call), ApproveCalls.parse(ApproveCalls.write(call)));
  }

  /** Refused as malformed data, or read as calls of something else; nothing else happens. */
  @Property(tries = 2000)
  void whatWasChangedDoesNoHarm(
      @ForAll @Size(min = 1, max = 4) List<@IntRange(max = 99) Integer> places,
      @ForAll byte change,
      @ForAll @IntRange(max = 5) int lost) {
    byte[] good =
        ApproveCalls.write(new Call(Identity.of(PACKAGE, new byte[5]), "p", "seal_approve"));
    byte[] bad = Arrays.copyOf(good, good.length - lost);
    places.forEach(at -> bad[at % bad.length] ^= change);
    try {
      ApproveCalls.parse(bad)
          .forEach(call -> assertTrue(call.function().startsWith("seal_approve")));
    } catch (MalformedDataException e) {
      assertTrue(e.byteOffset() >= 0, e::getMessage);
    }
  }
}
