package io.redstuff.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.codec.PlainBlake2b;
import io.redstuff.codec.Refusals;
import io.redstuff.error.MalformedDataException;
import io.redstuff.message.SignatureBytes;
import io.redstuff.stream.WorkMonitor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The bytes of transcripts and answers, and what a node signs of them. */
class AuditTranscriptTest {
  private final StoredBlobSet set = StoredBlobSet.of(4, 1, 2);
  private final AuditStatement statement = set.statement(5, AuditAxes.BOTH, AuditMode.PARALLEL);
  private final AuditTranscript transcript =
      AuditProver.of(set.all()).answer(statement, WorkMonitor.NONE).transcript();
  private final SignatureBytes signature = SignatureBytes.of(new byte[96]);

  @Test
  void isReadAsItIsWritten() throws MalformedDataException {
    for (AuditTranscript one : List.of(transcript, transcript.withSignature(signature))) {
      byte[] bcs = one.toBcs();
      assertEquals(one, AuditTranscript.parse(bcs));
      Refusals.check(bcs, bytes -> AuditTranscript.parse(bytes).toBcs());
    }
    AuditAnswer answer = transcript.answers().getFirst();
    assertEquals(answer, AuditAnswer.parse(answer.toBcs()));
    Refusals.check(answer.toBcs(), bytes -> AuditAnswer.parse(bytes).toBcs());
    assertEquals("audit transcript with 5 of 5 answers", transcript.toString());
    assertEquals(0, transcript.missing());
  }

  @Test
  void refusesWhatDoesNotFitTogether() {
    List<AuditAnswer> answers = transcript.answers();
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new AuditTranscript(
                statement, transcript.openings(), answers.subList(0, 1), Optional.empty()));
    AuditAnswer late = new AuditAnswer(0, 1, answers.getFirst().symbol());
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new AuditTranscript(
                    statement, transcript.openings(), List.of(late), Optional.empty()));
    assertTrue(e.getMessage().contains("got opening 1, expected at most 0"), e.getMessage());
    // The same, read: what does not fit together is malformed, and the fault is after the
    // statement.
    byte[] bcs = transcript.toBcs();
    int numberAt = find(bcs, answers.get(1).toBcs());
    bcs[numberAt] = 0;
    MalformedDataException malformed =
        assertThrows(MalformedDataException.class, () -> AuditTranscript.parse(bcs));
    assertEquals(32 + statement.toBcs().length, malformed.byteOffset());
    assertThrows(IndexOutOfBoundsException.class, () -> new AuditAnswer(-1, 0, late.symbol()));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> new AuditAnswer(0, AuditStatement.MAX_CHALLENGES, late.symbol()));
  }

  /** A fault in a symbol is told where it is in the file, not in the symbol. */
  @Test
  void faultsAreFoundWhereTheyAre() {
    AuditAnswer answer = transcript.answers().get(2);
    byte[] bcs = transcript.toBcs();
    int symbolAt = find(bcs, answer.symbol().toBcs());
    bcs[symbolAt] = 7;
    MalformedDataException e =
        assertThrows(MalformedDataException.class, () -> AuditTranscript.parse(bcs));
    assertEquals(symbolAt, e.byteOffset());
    assertEquals(
        "at byte %s: axis: got variant 7, expected 0 to 1".formatted(symbolAt), e.getMessage());
    byte[] number = answer.toBcs();
    number[3] = 1;
    assertThrows(MalformedDataException.class, () -> AuditAnswer.parse(number));
  }

  private static int find(byte[] in, byte[] what) {
    for (int at = 0; at <= in.length - what.length; at++) {
      if (Arrays.equals(in, at, at + what.length, what, 0, what.length)) {
        return at;
      }
    }
    throw new AssertionError("not found");
  }

  @Test
  void signsADigestBehindATag() {
    byte[] digest = transcript.digest().toBytes();
    assertArrayEquals(PlainBlake2b.hash(transcript.toBcs()), digest);
    byte[] signed = transcript.signedBytes();
    assertEquals(64, signed.length);
    assertArrayEquals(AuditTag.SIGNATURE.bytes(), Arrays.copyOf(signed, 32));
    assertArrayEquals(digest, Arrays.copyOfRange(signed, 32, 64));
    // A signature does not change what was signed.
    assertArrayEquals(signed, transcript.withSignature(signature).signedBytes());
    AuditTranscript fewer = new AuditTranscript(statement, List.of(), List.of(), Optional.empty());
    assertNotEquals(transcript.digest(), fewer.digest());
    assertEquals(5, fewer.missing());
  }
}
