package io.redstuff.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.ObjectId;
import io.redstuff.ShardIndex;
import io.redstuff.Sliver;
import io.redstuff.audit.AuditAnswer;
import io.redstuff.audit.AuditAxes;
import io.redstuff.audit.AuditChallenge;
import io.redstuff.audit.AuditHash;
import io.redstuff.audit.AuditMode;
import io.redstuff.audit.AuditProver;
import io.redstuff.audit.AuditRandomness;
import io.redstuff.audit.AuditSequence;
import io.redstuff.audit.AuditStatement;
import io.redstuff.audit.AuditTranscript;
import io.redstuff.audit.AuditVerdict;
import io.redstuff.audit.AuditVerifier;
import io.redstuff.audit.BlobEncodings;
import io.redstuff.error.VerificationException;
import io.redstuff.fuzz.Fields.Field;
import io.redstuff.store.MemoryStore;
import io.redstuff.store.StoredEncoding;
import io.redstuff.stream.WorkMonitor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * Transcripts of audits that were true and are changed field by field. As bytes they are read as
 * {@link ParserCheck} says; what is still accepted says the truth: every symbol in it is that of
 * the sliver and the position, and nothing is missing that is not counted.
 */
class AuditForgeryFuzzTest {
  private static final List<Audit> AUDITS =
      List.of(
          new Audit(4, AuditMode.PARALLEL, 4),
          new Audit(7, AuditMode.SEQUENTIAL, 3),
          new Audit(10, AuditMode.PARALLEL, 6));

  /** An honest node's answers, with what they were made of. */
  private static final class Audit {
    final Map<BlobId, Encoding> blobs = new TreeMap<>();
    final AuditStatement statement;
    final List<Field> fields;

    Audit(int shards, AuditMode mode, int challenges) {
      for (int length : new int[] {1, 50}) {
        byte[] blob = new byte[length];
        new Random(shards + length).nextBytes(blob); // so that one symbol is not like another
        Encoding encoding = Encoding.of(shards, blob);
        blobs.put(encoding.metadata().blobId(), encoding);
      }
      statement =
          new AuditStatement(
              blobs.values().iterator().next().parameters(),
              3,
              ObjectId.of(new byte[ObjectId.BYTES]),
              List.of(ShardIndex.of(0), ShardIndex.of(2)),
              List.copyOf(blobs.keySet()),
              challenges,
              AuditAxes.BOTH,
              mode,
              AuditRandomness.ofNonce(AuditHash.of(new byte[AuditHash.BYTES])));
      BlobEncodings stored = blob -> stored(blobs.get(blob));
      AuditTranscript transcript =
          AuditProver.of(stored)
              .withParallelism(1)
              .answer(statement, WorkMonitor.NONE)
              .transcript();
      assertEquals(challenges, transcript.answers().size());
      fields = new Fields(transcript.toBcs()).auditTranscript().list();
    }

    private static StoredEncoding stored(Encoding encoding) {
      List<Sliver> slivers = new ArrayList<>();
      for (Axis axis : Axis.values()) {
        slivers.addAll(encoding.slivers(axis));
      }
      return StoredEncoding.of(
          MemoryStore.of(encoding.metadata(), slivers), encoding.codec(), encoding.metadata());
    }
  }

  @FuzzTest
  void forge(byte[] input) {
    Draws draws = new Draws(input);
    Audit audit = AUDITS.get(draws.below(AUDITS.size()));
    Audit donor = AUDITS.get(draws.below(AUDITS.size()));
    byte[] forged = FieldMutation.mutate(draws, audit.fields, donor.fields);
    Optional<AuditTranscript> parsed =
        ParserCheck.check(
            forged, AuditTranscript::parse, AuditTranscript::toBcs, AuditFuzzTest.LISTS);
    if (parsed.isPresent()) {
      checkTruth(audit, parsed.get());
    }
  }

  private static void checkTruth(Audit audit, AuditTranscript transcript) {
    AuditVerdict verdict;
    try {
      verdict = new AuditVerifier().verify(audit.statement, transcript, WorkMonitor.NONE);
    } catch (VerificationException e) {
      return;
    }
    assertEquals(transcript.answers().size(), verdict.answers());
    assertEquals(transcript.missing(), verdict.missed().size());
    AuditSequence sequence = new AuditSequence(audit.statement);
    for (AuditAnswer answer : transcript.answers()) {
      AuditChallenge challenge = sequence.next();
      while (challenge.number() < answer.number()) {
        challenge = sequence.next();
      }
      Encoding blob = audit.blobs.get(challenge.blob());
      assertArrayEquals(
          blob.symbol(challenge.sliver(blob.parameters()), challenge.position()).data(),
          answer.symbol().data(),
          answer::toString);
      sequence.answered(answer.symbol());
    }
  }
}
