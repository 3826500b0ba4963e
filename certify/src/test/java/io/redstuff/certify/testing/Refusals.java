package io.redstuff.certify.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.error.InsufficientDataException;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import org.junit.jupiter.api.function.Executable;

/** Expects to be refused, each time for one reason. */
public final class Refusals {
  private Refusals() {}

  /** Expects a reason. */
  public static void assertRefused(Reason reason, Executable what) {
    VerificationException e = assertThrows(VerificationException.class, what);
    assertEquals(reason, e.reason(), e.getMessage());
  }

  /** Expects bytes or a text to be no canonical form, and to hear why. */
  public static void assertMalformed(String why, Executable what) {
    MalformedDataException e = assertThrows(MalformedDataException.class, what);
    assertTrue(e.getMessage().contains(why), e.getMessage());
  }

  /** Expects there to be too little. */
  public static void assertTooLittle(long needed, long got, Executable what) {
    InsufficientDataException e = assertThrows(InsufficientDataException.class, what);
    assertEquals(needed, e.needed(), e.getMessage());
    assertEquals(got, e.got(), e.getMessage());
  }
}
