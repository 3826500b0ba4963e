package io.redstuff.seal.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.redstuff.ObjectId;
import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.json.JsonFields;
import io.redstuff.seal.server.ApproveCalls.Call;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** What a key server reads before it knows who asks. */
class KeyServerFuzzTest {
  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

  /** Transactions: refused with a place within them, or calls of one package's policies. */
  @FuzzTest
  void transactions(byte[] bytes) throws MalformedDataException {
    List<Call> calls;
    try {
      calls = ApproveCalls.parse(bytes);
    } catch (MalformedDataException e) {
      assertTrue(e.byteOffset() >= 0 && e.byteOffset() <= bytes.length, e::getMessage);
      return;
    }
    assertFalse(calls.isEmpty());
    Set<ObjectId> packages = new HashSet<>();
    for (Call call : calls) {
      assertTrue(call.function().startsWith("seal_approve"), call::function);
      packages.add(call.identity().packageId());
      assertEquals(List.of(call), ApproveCalls.parse(ApproveCalls.write(call)));
    }
    assertEquals(1, packages.size());
  }

  /**
   * Requests: refused, or a session that is written as it was read and was not signed by anybody.
   */
  @FuzzTest
  void requests(byte[] json) throws MalformedDataException {
    Session session;
    try {
      JsonFields request = JsonFields.parse("request", json);
      session = Session.read(request.object("certificate").orElse(request));
    } catch (MalformedDataException e) {
      assertTrue(e.byteOffset() >= 0 && e.byteOffset() <= json.length, e::getMessage);
      return;
    }
    ObjectNode written = JsonFields.newObject();
    session.write(written);
    Session again = Session.read(JsonFields.parse("written", JsonFields.write(written)));
    assertEquals(session.user(), again.user());
    assertArrayEquals(session.signature(), again.signature());
    try {
      session.check(NOW, ObjectId.of(new byte[ObjectId.BYTES]));
      throw new AssertionError("got a session that nobody has signed: " + written);
    } catch (Refusal e) {
      assertEquals(403, e.status());
    }
  }
}
