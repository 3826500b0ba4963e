package io.redstuff.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.audit.AuditResponse.Unanswered;
import io.redstuff.codec.RedStuff;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.store.MemoryStore;
import io.redstuff.store.MeteredStore;
import io.redstuff.store.StoredEncoding;
import io.redstuff.stream.WorkMonitor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Audits of honest nodes and of such that lost something: what they answer and what that shows. */
class AuditTest {
  private static AuditTranscript answers(BlobEncodings encodings, AuditStatement statement) {
    return AuditProver.of(encodings).answer(statement, WorkMonitor.NONE).transcript();
  }

  private static AuditVerdict verdict(AuditStatement statement, AuditTranscript transcript)
      throws VerificationException {
    return new AuditVerifier().verify(statement, transcript, WorkMonitor.NONE);
  }

  private static List<AuditChallenge> challenges(AuditStatement statement) {
    List<AuditChallenge> challenges = new ArrayList<>();
    for (AuditSequence sequence = new AuditSequence(statement); sequence.hasNext(); ) {
      challenges.add(sequence.next());
    }
    return challenges;
  }

  /** Who has everything passes, by the library and by the model, which reads the same bytes. */
  @Property(tries = 40)
  void honestNodesPass(
      @ForAll @IntRange(min = 4, max = 22) int shards,
      @ForAll @IntRange(max = 900) int length,
      @ForAll @IntRange(min = 1, max = 60) int count,
      @ForAll AuditAxes axes,
      @ForAll AuditMode mode,
      @ForAll @IntRange(min = 1, max = 4) int nodeShards)
      throws VerificationException, MalformedDataException {
    StoredBlobSet set = StoredBlobSet.of(shards, 0, length, 1);
    int[] its = new Random(count).ints(0, shards).distinct().limit(nodeShards).sorted().toArray();
    AuditStatement statement = set.statement(count, axes, mode, its);
    AuditResponse response = AuditProver.of(set.all()).answer(statement, WorkMonitor.NONE);
    assertEquals(List.of(), response.unanswered());
    AuditTranscript transcript = response.transcript();
    AuditVerdict verdict = verdict(statement, transcript);
    assertEquals(count, verdict.answers());
    assertEquals(count, verdict.challenges());
    assertEquals(List.of(), verdict.missed());
    byte[] bcs = transcript.toBcs();
    assertEquals(transcript, AuditTranscript.parse(bcs));
    assertEquals(count, new AuditModel(bcs).answered().size());
  }

  /** Answers that come from several places make the transcript that one prover makes. */
  @Test
  void answersOfManyPlacesMakeOneTranscript() {
    StoredBlobSet set = StoredBlobSet.of(10, 100, 200);
    AuditStatement statement = set.statement(40, AuditAxes.BOTH, AuditMode.PARALLEL, 1, 4);
    AuditTranscript whole =
        AuditProver.of(set.all()).answer(statement, WorkMonitor.NONE).transcript();
    AuditAnswers answers = new AuditAnswers(statement);
    for (AuditAnswer answer : whole.answers()) {
      answers.add(answer.number(), whole.openings().get(answer.opening()), answer.symbol());
    }
    assertEquals(whole, answers.transcript());
    AuditAnswer last = whole.answers().getLast();
    answers.add(last.number(), whole.openings().get(last.opening()), last.symbol());
    assertThrows(IllegalArgumentException.class, answers::transcript);
  }

  /** Who lost slivers names them, and the verifier names the same. */
  @ParameterizedTest
  @EnumSource
  void lostSliversAreNamed(AuditMode mode) throws VerificationException {
    StoredBlobSet set = StoredBlobSet.of(10, 100, 200, 3000);
    BlobId third = set.blobs().get(2);
    AuditStatement statement = set.statement(300, AuditAxes.BOTH, mode, 1, 4, 7);
    // All slivers of one axis, and of one blob those of shard 4.
    int pair = statement.shards().get(1).pair(third, set.parameters()).value();
    BlobEncodings left =
        set.without(
            (blob, sliver) ->
                blob.equals(third)
                    && (sliver.equals(SliverId.primary(pair))
                        || sliver.equals(SliverId.secondary(9 - pair))));
    AuditResponse response = AuditProver.of(left).answer(statement, WorkMonitor.NONE);
    List<Unanswered> unanswered = response.unanswered();
    assertFalse(unanswered.isEmpty());
    assertEquals(
        Set.of(SliverId.primary(pair), SliverId.secondary(9 - pair)),
        unanswered.stream().map(Unanswered::sliver).collect(Collectors.toSet()));
    for (Unanswered one : unanswered) {
      assertEquals(third, one.challenge().blob());
      assertEquals(one.sliver() + ": missing", one.reason());
    }
    AuditTranscript transcript = response.transcript();
    AuditVerdict verdict = verdict(statement, transcript);
    assertEquals(unanswered.stream().map(Unanswered::challenge).toList(), verdict.missed());
    assertEquals(300 - unanswered.size(), verdict.answers());
    assertEquals(unanswered.size(), transcript.missing());
    Set<Integer> answered = new AuditModel(transcript.toBcs()).answered();
    assertEquals(
        transcript.answers().stream().map(AuditAnswer::number).collect(Collectors.toSet()),
        answered);
  }

  private static byte[] ones(int count) {
    byte[] ones = new byte[count];
    Arrays.fill(ones, (byte) 1);
    return ones;
  }

  @Test
  void whatIsNotThereOrNotGoodIsToldWithItsReason() throws VerificationException {
    StoredBlobSet set = StoredBlobSet.of(7, 10, 11, 12, 13);
    StoredBlobSet others = StoredBlobSet.of(10, 10);
    List<BlobId> blobs = set.blobs();
    BlobEncodings all = set.all();
    BlobEncodings some =
        blob -> {
          StoredEncoding stored = all.open(blob);
          return switch (blobs.indexOf(blob)) {
            case 0 -> throw new IOException("no such directory");
            case 1 ->
                throw new VerificationException(
                    VerificationException.Reason.BLOB_ID_MISMATCH, "another blob");
            case 2 -> others.encodings.firstEntry().getValue();
            default -> {
              MemoryStore bad =
                  MemoryStore.of(
                      stored.metadata(),
                      ((MemoryStore) stored.store())
                          .slivers().stream()
                              .map(
                                  sliver ->
                                      Sliver.copyOf(
                                          sliver.id(),
                                          sliver.symbolSize(),
                                          ones((int) sliver.segment().byteSize())))
                              .toList());
              yield StoredEncoding.of(bad, set.codec, stored.metadata());
            }
          };
        };
    for (AuditMode mode : AuditMode.values()) {
      AuditStatement statement = set.statement(40, AuditAxes.BOTH, mode);
      AuditResponse response = AuditProver.of(some).answer(statement, WorkMonitor.NONE);
      assertEquals(40, response.unanswered().size());
      assertEquals(List.of(), response.transcript().openings());
      Map<BlobId, Set<String>> reasons =
          response.unanswered().stream()
              .collect(
                  Collectors.groupingBy(
                      one -> one.challenge().blob(),
                      Collectors.mapping(Unanswered::reason, Collectors.toSet())));
      assertEquals(Set.of("no such directory"), reasons.get(blobs.get(0)));
      assertEquals(Set.of("another blob"), reasons.get(blobs.get(1)));
      assertEquals(
          Set.of(
              "got the encoding of %s for 10 shards, expected that of %s for 7"
                  .formatted(others.blobs().getFirst(), blobs.get(2))),
          reasons.get(blobs.get(2)));
      assertTrue(
          reasons.get(blobs.get(3)).stream().allMatch(reason -> reason.contains("hash")),
          reasons::toString);
      AuditVerdict verdict = verdict(statement, response.transcript());
      assertEquals(0, verdict.answers());
      assertEquals(1, verdict.largestMissing(40));
    }
    // Another blob of the same shape is none either, and one that nobody has is named.
    BlobEncodings swapped = blob -> all.open(blobs.get((blobs.indexOf(blob) + 1) % 4));
    AuditStatement statement = set.statement(5, AuditAxes.PRIMARY, AuditMode.PARALLEL);
    assertEquals(
        5, AuditProver.of(swapped).answer(statement, WorkMonitor.NONE).unanswered().size());
    AuditResponse nothing =
        AuditProver.of(BlobEncodings.of(Map.of())).answer(statement, WorkMonitor.NONE);
    Unanswered first = nothing.unanswered().getFirst();
    assertTrue(first.reason().contains("blob " + first.challenge().blob()), first.reason());
  }

  /** A sliver is read once, however often it is asked for, in any order, by many threads. */
  @ParameterizedTest
  @EnumSource
  void noSliverIsExpandedTwice(AuditMode mode) throws VerificationException {
    StoredBlobSet set = StoredBlobSet.of(10, 500, 600);
    List<MeteredStore> meters = new ArrayList<>();
    BlobEncodings metered =
        set.changed(
            stored -> {
              MeteredStore meter = new MeteredStore(stored.store());
              meters.add(meter);
              return StoredEncoding.of(meter, set.codec, stored.metadata());
            });
    AuditStatement statement = set.statement(500, AuditAxes.BOTH, mode);
    AuditResponse response =
        AuditProver.of(metered).withParallelism(3).answer(statement, WorkMonitor.NONE);
    assertEquals(500, verdict(statement, response.transcript()).answers());
    Set<List<Object>> asked = new HashSet<>();
    long expected = 0;
    AuditSequence sequence = new AuditSequence(statement);
    for (AuditAnswer answer : response.transcript().answers()) {
      AuditChallenge challenge = sequence.next();
      sequence.answered(answer.symbol());
      if (asked.add(List.of(challenge.blob(), challenge.sliver(set.parameters())))) {
        expected +=
            set.parameters()
                .sliverLength(
                    challenge.axis(), set.encodings.get(challenge.blob()).metadata().symbolSize());
      }
    }
    assertTrue(asked.size() < 50, "more challenges than slivers");
    assertEquals(expected, meters.stream().mapToLong(meter -> meter.bytesRead.sum()).sum());
  }

  /** In sequential mode only what memory has room for is kept: the answers are the same. */
  @Test
  void memoryIsBounded() {
    StoredBlobSet set = StoredBlobSet.of(10, 500, 600, 700, 800);
    List<MeteredStore> meters = new ArrayList<>();
    BlobEncodings metered =
        set.changed(
            stored -> {
              MeteredStore meter = new MeteredStore(stored.store());
              meters.add(meter);
              return StoredEncoding.of(meter, set.codec, stored.metadata());
            });
    AuditStatement statement = set.statement(200, AuditAxes.BOTH, AuditMode.SEQUENTIAL);
    AuditTranscript all = answers(set.all(), statement);
    // A sliver with its tree takes some 1,000 bytes here.
    long[] read = new long[3];
    long[] memories = {1, 20_000, 1 << 20};
    for (int i = 0; i < memories.length; i++) {
      meters.forEach(meter -> meter.bytesRead.reset());
      assertEquals(
          all,
          AuditProver.of(metered)
              .withMemory(memories[i])
              .answer(statement, WorkMonitor.NONE)
              .transcript());
      read[i] = meters.stream().mapToLong(meter -> meter.bytesRead.sum()).sum();
    }
    assertTrue(read[0] > read[1] && read[1] > read[2], read[0] + ", " + read[1] + ", " + read[2]);
    AuditProver prover = AuditProver.of(metered);
    assertThrows(IllegalArgumentException.class, () -> prover.withMemory(0));
    assertThrows(IllegalArgumentException.class, () -> prover.withParallelism(0));
  }

  @Test
  void onAllThreadsTheAnswersAreTheSame() {
    StoredBlobSet set = StoredBlobSet.of(13, 900, 10, 4000);
    AuditStatement statement = set.statement(300, AuditAxes.BOTH, AuditMode.PARALLEL, 0, 5, 11);
    AuditTranscript alone =
        AuditProver.of(set.all())
            .withParallelism(1)
            .answer(statement, WorkMonitor.NONE)
            .transcript();
    AuditTranscript together =
        AuditProver.of(set.all())
            .withParallelism(4)
            .answer(statement, WorkMonitor.NONE)
            .transcript();
    assertArrayEquals(alone.toBcs(), together.toBcs());
  }

  @ParameterizedTest
  @EnumSource
  void tellsHowFarItIsAndEndsWhenItShall(AuditMode mode) throws VerificationException {
    StoredBlobSet set = StoredBlobSet.of(7, 100, 200);
    AuditStatement statement = set.statement(200, AuditAxes.BOTH, mode);
    List<Long> heard = new ArrayList<>();
    AuditProver prover = AuditProver.of(set.all()).withParallelism(1);
    AuditTranscript transcript =
        prover
            .answer(
                statement,
                (done, total) -> {
                  assertEquals(200, total);
                  heard.add(done);
                })
            .transcript();
    assertEquals(0, heard.getFirst());
    assertEquals(200, heard.getLast());
    assertEquals(heard.stream().sorted().toList(), heard);
    assertTrue(heard.size() > 4, heard::toString);
    WorkMonitor stopping =
        new WorkMonitor() {
          private long reached;

          @Override
          public void progress(long done, long total) {
            reached = done;
          }

          @Override
          public boolean isCancelled() {
            return reached > 0;
          }
        };
    assertThrows(CancellationException.class, () -> prover.answer(statement, stopping));
    heard.clear();
    new AuditVerifier().verify(statement, transcript, (done, total) -> heard.add(done));
    assertEquals(List.of(0L, 200L), heard);
    assertThrows(
        CancellationException.class,
        () -> new AuditVerifier().verify(statement, transcript, stopping));
  }

  @Test
  void challengesEnd() {
    AuditStatement statement =
        StoredBlobSet.of(4, 1).statement(3, AuditAxes.SECONDARY, AuditMode.PARALLEL);
    AuditSequence sequence = new AuditSequence(statement);
    assertEquals(3, challenges(statement).size());
    for (int i = 0; i < 3; i++) {
      assertEquals(i, sequence.next().number());
    }
    assertThrows(NoSuchElementException.class, sequence::next);
  }

  /** All blobs, shards, axes and positions are asked for; other seeds ask for others. */
  @Test
  void challengesCoverEverything() {
    StoredBlobSet set = StoredBlobSet.of(7, 1, 2, 3);
    AuditStatement statement = set.statement(400, AuditAxes.BOTH, AuditMode.PARALLEL, 2, 3);
    List<AuditChallenge> all = challenges(statement);
    assertEquals(3, all.stream().map(AuditChallenge::blob).distinct().count());
    assertEquals(
        Set.of(2, 3), all.stream().map(c -> c.shard().value()).collect(Collectors.toSet()));
    assertEquals(2, all.stream().map(AuditChallenge::axis).distinct().count());
    assertEquals(7, all.stream().map(AuditChallenge::position).distinct().count());
    List<AuditChallenge> others = challenges(StoredBlobSet.withNonce(statement, 1));
    assertTrue(others.stream().filter(all::contains).count() < 40);
    assertEquals(
        Set.of(Axis.SECONDARY),
        challenges(set.statement(50, AuditAxes.SECONDARY, AuditMode.SEQUENTIAL)).stream()
            .map(AuditChallenge::axis)
            .collect(Collectors.toSet()));
  }

  /** In sequential mode a challenge follows from all that was answered before. */
  @Test
  void sequentialChallengesFollowFromAnswers() {
    StoredBlobSet set = StoredBlobSet.of(7, 100);
    AuditStatement statement = set.statement(30, AuditAxes.BOTH, AuditMode.SEQUENTIAL);
    AuditTranscript transcript = answers(set.all(), statement);
    List<AuditChallenge> unanswered = challenges(statement);
    List<AuditChallenge> withFirst = new ArrayList<>();
    List<AuditChallenge> withAll = new ArrayList<>();
    AuditSequence first = new AuditSequence(statement);
    AuditSequence all = new AuditSequence(statement);
    for (AuditAnswer answer : transcript.answers()) {
      withFirst.add(first.next());
      withAll.add(all.next());
      all.answered(answer.symbol());
      if (answer.number() == 0) {
        first.answered(answer.symbol());
      }
    }
    assertEquals(unanswered.getFirst(), withFirst.getFirst());
    // Each is the same by chance once in 98.
    assertTrue(unanswered.subList(1, 30).stream().filter(withFirst::contains).count() < 8);
    assertEquals(withFirst.subList(0, 2), withAll.subList(0, 2));
    assertTrue(withFirst.subList(2, 30).stream().filter(withAll::contains).count() < 8);
  }

  /** An engine of the caller's does as well. */
  @Test
  void verifiesOnAnyEngine() throws VerificationException {
    StoredBlobSet set = StoredBlobSet.of(7, 100);
    AuditStatement statement = set.statement(30, AuditAxes.BOTH, AuditMode.PARALLEL);
    AuditTranscript transcript = answers(set.all(), statement);
    RedStuff codec = set.codec;
    assertEquals(
        30,
        new AuditVerifier(codec.engine())
            .verify(statement, transcript, WorkMonitor.NONE)
            .answers());
  }
}
