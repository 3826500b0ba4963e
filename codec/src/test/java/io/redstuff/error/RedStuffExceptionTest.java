package io.redstuff.error;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Modifier;
import org.junit.jupiter.api.Test;

class RedStuffExceptionTest {

  @Test
  void carriesNumbersAndNoStackTrace() {
    MalformedDataException malformed = new MalformedDataException(7, "got 1, expected 2");
    assertEquals("at byte 7: got 1, expected 2", malformed.getMessage());
    assertEquals(7, malformed.byteOffset());

    InsufficientDataException insufficient = new InsufficientDataException("slivers", 334, 333);
    assertEquals("too few slivers: got 333, expected at least 334", insufficient.getMessage());
    assertEquals(334, insufficient.needed());
    assertEquals(333, insufficient.got());

    VerificationException verification =
        new VerificationException(VerificationException.Reason.PATH_LENGTH, "got 1, expected 2");
    assertEquals("got 1, expected 2", verification.getMessage());
    assertSame(VerificationException.Reason.PATH_LENGTH, verification.reason());
    assertThrows(NullPointerException.class, () -> new VerificationException(null, "message"));

    for (RedStuffException e : new RedStuffException[] {malformed, insufficient, verification}) {
      assertEquals(0, e.getStackTrace().length);
      e.addSuppressed(new IllegalStateException("close"));
      assertEquals(1, e.getSuppressed().length, "what closing a resource throws is kept");
    }
  }

  @Test
  void allKindsAreKnown() {
    assertTrue(RedStuffException.class.isSealed());
    for (Class<?> kind : RedStuffException.class.getPermittedSubclasses()) {
      assertTrue(Modifier.isFinal(kind.getModifiers()), kind.getName());
      assertTrue(Modifier.isPublic(kind.getModifiers()), kind.getName());
    }
  }
}
