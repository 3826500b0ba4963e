package io.redstuff.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.EncodingParameters;
import io.redstuff.ObjectId;
import io.redstuff.ShardIndex;
import io.redstuff.SliverId;
import io.redstuff.codec.ExpandedSliver;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import io.redstuff.message.SignatureBytes;
import io.redstuff.proof.DecodingSymbol;
import io.redstuff.proof.GeneralRecoverySymbol;
import io.redstuff.proof.MerkleProof;
import io.redstuff.proof.RecoverySymbol;
import io.redstuff.proof.SliverOpening;
import io.redstuff.proof.SliverPairHashes;
import io.redstuff.simd.Engines;
import io.redstuff.simd.LeafHasher;
import io.redstuff.store.StoredEncoding;
import io.redstuff.stream.WorkMonitor;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Transcripts that were made up, each kind of which is refused, and for the right reason. */
class AuditForgeryTest {
  private static final StoredBlobSet SET = StoredBlobSet.of(10, 40, 900, 901);
  private static final Map<AuditMode, AuditTranscript> HONEST = new EnumMap<>(AuditMode.class);

  static {
    for (AuditMode mode : AuditMode.values()) {
      AuditStatement statement = SET.statement(60, AuditAxes.BOTH, mode, 1, 2, 6);
      AuditResponse response = AuditProver.of(SET.all()).answer(statement, WorkMonitor.NONE);
      HONEST.put(mode, response.transcript());
    }
  }

  private final AuditTranscript honest = HONEST.get(AuditMode.PARALLEL);
  private final AuditStatement statement = honest.statement();
  private final List<AuditChallenge> challenges = challenges(statement);

  private static List<AuditChallenge> challenges(AuditStatement statement) {
    List<AuditChallenge> challenges = new ArrayList<>();
    for (AuditSequence sequence = new AuditSequence(statement); sequence.hasNext(); ) {
      challenges.add(sequence.next());
    }
    return challenges;
  }

  private static String refused(Reason reason, AuditTranscript forged) {
    VerificationException e = refused(forged);
    assertEquals(reason, e.reason(), e.getMessage());
    return e.getMessage();
  }

  /** Refused by the library, and by the model. */
  private static VerificationException refused(AuditTranscript forged) {
    byte[] bcs = forged.toBcs();
    assertThrows(RuntimeException.class, () -> new AuditModel(bcs).answered());
    return assertThrows(
        VerificationException.class,
        () -> new AuditVerifier().verify(forged.statement(), forged, WorkMonitor.NONE));
  }

  private AuditTranscript with(List<AuditAnswer> answers) {
    return new AuditTranscript(statement, honest.openings(), answers, Optional.empty());
  }

  /** Puts another symbol in the place of one. */
  private AuditTranscript with(int number, GeneralRecoverySymbol symbol) {
    List<AuditAnswer> answers = new ArrayList<>(honest.answers());
    answers.set(number, new AuditAnswer(number, answers.get(number).opening(), symbol));
    return with(answers);
  }

  private AuditTranscript withOpening(int place, SliverOpening opening) {
    List<SliverOpening> openings = new ArrayList<>(honest.openings());
    openings.set(place, opening);
    return new AuditTranscript(statement, openings, honest.answers(), Optional.empty());
  }

  /** A symbol of any sliver of the blob of a challenge. */
  private static GeneralRecoverySymbol symbol(AuditChallenge challenge, SliverId of, int position) {
    StoredEncoding stored = SET.encodings.get(challenge.blob());
    try (Arena arena = Arena.ofConfined()) {
      ExpandedSliver expanded = stored.slivers().expand(of, arena).orElseThrow();
      return expanded.recoverySymbol(position).withTarget(position);
    }
  }

  private SliverId own(AuditChallenge challenge) {
    return challenge.sliver(statement.parameters());
  }

  private static MerkleProof proof(List<byte[]> nodes) {
    byte[] bcs = new byte[1 + 33 * nodes.size()];
    bcs[0] = (byte) nodes.size();
    for (int i = 0; i < nodes.size(); i++) {
      bcs[1 + 33 * i] = 1;
      System.arraycopy(nodes.get(i), 0, bcs, 2 + 33 * i, 32);
    }
    try {
      return MerkleProof.parse(bcs);
    } catch (MalformedDataException e) {
      throw new AssertionError(e);
    }
  }

  /** Cuts a path, or makes it longer. */
  private static MerkleProof ofLength(MerkleProof proof, int length) {
    List<byte[]> nodes = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      nodes.add(Arrays.copyOfRange(proof.digests(), 32 * i, 32 * i + 32));
    }
    return proof(nodes);
  }

  @Test
  void anotherPosition() {
    AuditChallenge first = challenges.getFirst();
    int other = (first.position() + 1) % 10;
    GeneralRecoverySymbol next = symbol(first, own(first), other);
    String message = refused(Reason.WRONG_CHALLENGE, with(0, next));
    assertEquals(
        "answer to challenge 0: got symbol %s, expected %s".formatted(other, first.position()),
        message);
    // The same, called by the position that is asked for.
    message =
        refused(Reason.ROOT_MISMATCH, with(0, next.withoutTarget().withTarget(first.position())));
    assertTrue(message.startsWith("answer to challenge 0: recovery symbol"), message);
  }

  @Test
  void theSameCellFromTheOtherAxis() {
    AuditChallenge first = challenges.getFirst();
    SliverId own = own(first);
    SliverId crossing = new SliverId(own.axis().opposite(), first.position());
    GeneralRecoverySymbol other = symbol(first, crossing, own.index());
    assertEquals(honest.answers().getFirst().symbol().id(), other.id());
    refused(Reason.WRONG_AXIS, with(0, other));
    // Its path, under the name of the node's own sliver.
    GeneralRecoverySymbol renamed =
        new RecoverySymbol(
                crossing.axis(), new DecodingSymbol(own.index(), other.data()), other.proof())
            .withTarget(first.position());
    refused(Reason.ROOT_MISMATCH, with(0, renamed));
  }

  @Test
  void anotherSliver() {
    AuditChallenge first = challenges.getFirst();
    SliverId own = own(first);
    SliverId other = new SliverId(own.axis(), (own.index() + 1) % 10);
    GeneralRecoverySymbol symbol = symbol(first, other, first.position());
    refused(Reason.WRONG_CHALLENGE, with(0, symbol));
    GeneralRecoverySymbol renamed =
        new RecoverySymbol(
                symbol.axis(), new DecodingSymbol(own.index(), symbol.data()), symbol.proof())
            .withTarget(first.position());
    refused(Reason.ROOT_MISMATCH, with(0, renamed));
  }

  @Test
  void otherBytes() {
    GeneralRecoverySymbol good = honest.answers().get(5).symbol();
    byte[] data = good.data();
    data[0] ^= 1;
    refused(
        Reason.ROOT_MISMATCH,
        with(
            5,
            new RecoverySymbol(
                    good.axis(), new DecodingSymbol(good.sourceIndex(), data), good.proof())
                .withTarget(good.targetIndex())));
    refused(
        Reason.WRONG_SYMBOL_SIZE,
        with(
            5,
            new RecoverySymbol(
                    good.axis(),
                    new DecodingSymbol(good.sourceIndex(), Arrays.copyOf(data, data.length + 2)),
                    good.proof())
                .withTarget(good.targetIndex())));
  }

  @ParameterizedTest
  @EnumSource
  void anotherPathLength(Length length) {
    GeneralRecoverySymbol good = honest.answers().get(5).symbol();
    refused(
        Reason.PATH_LENGTH,
        with(
            5,
            new RecoverySymbol(
                    good.axis(), good.withoutTarget().withoutProof(), length.of(good.proof()))
                .withTarget(good.targetIndex())));
    SliverOpening opening = honest.openings().get(1);
    refused(
        Reason.PATH_LENGTH,
        withOpening(
            1,
            new SliverOpening(
                opening.pair(),
                opening.blobLength(),
                opening.hashes(),
                length.of(opening.proof()))));
  }

  enum Length {
    NONE(0),
    SHORTER(3),
    LONGER(5);

    private final int length;

    Length(int length) {
      this.length = length;
    }

    MerkleProof of(MerkleProof proof) {
      return ofLength(proof, length);
    }
  }

  @Test
  void anotherBlobOrPair() {
    int other =
        challenges.stream()
            .filter(c -> !c.blob().equals(challenges.getFirst().blob()))
            .findFirst()
            .orElseThrow()
            .number();
    // The opening of another blob, in the place of the right one: what was opened leads elsewhere.
    SliverOpening foreign = honest.openings().get(honest.answers().get(other).opening());
    VerificationException e = refused(withOpening(0, foreign));
    assertTrue(
        Set.of(Reason.WRONG_CHALLENGE, Reason.BLOB_ID_MISMATCH).contains(e.reason()),
        e.getMessage());
    // An answer that names the opening of another.
    int again =
        honest.answers().stream()
            .filter(a -> a.number() > 30 && a.opening() != 0)
            .findFirst()
            .orElseThrow()
            .number();
    List<AuditAnswer> renamed = new ArrayList<>(honest.answers());
    renamed.set(again, new AuditAnswer(again, 0, renamed.get(again).symbol()));
    refused(Reason.WRONG_CHALLENGE, with(renamed));
  }

  @Test
  void anotherOpening() {
    SliverOpening good = honest.openings().get(2);
    byte[] primary = good.hashes().primary();
    primary[31] ^= 1;
    refused(
        Reason.BLOB_ID_MISMATCH,
        withOpening(
            2,
            new SliverOpening(
                good.pair(),
                good.blobLength(),
                new SliverPairHashes(primary, good.hashes().secondary()),
                good.proof())));
    refused(
        Reason.BLOB_ID_MISMATCH,
        withOpening(
            2, new SliverOpening(good.pair(), good.blobLength() + 1, good.hashes(), good.proof())));
    refused(
        Reason.BLOB_TOO_LARGE,
        withOpening(
            2, new SliverOpening(good.pair(), Long.MAX_VALUE, good.hashes(), good.proof())));
  }

  @Test
  void aPairOpenedTwice() {
    // The last opening that is used again is opened once more in its place.
    int last = honest.openings().size();
    List<AuditAnswer> answers = new ArrayList<>(honest.answers());
    AuditAnswer again = answers.getLast();
    assertTrue(again.opening() < last - 1);
    answers.set(again.number(), new AuditAnswer(again.number(), last, again.symbol()));
    List<SliverOpening> openings = new ArrayList<>(honest.openings());
    openings.add(openings.get(again.opening()));
    String message =
        refused(
            Reason.DUPLICATE, new AuditTranscript(statement, openings, answers, Optional.empty()));
    assertTrue(message.contains("a second opening of pair"), message);
  }

  @Test
  void answersToOtherChallenges() {
    List<AuditAnswer> answers = new ArrayList<>(honest.answers());
    // One answer for two challenges, which is two answers to one or out of order.
    Collections.swap(answers, 3, 4);
    assertThrows(IllegalArgumentException.class, () -> with(answers));
    AuditAnswer reused = honest.answers().get(8);
    refused(with(7, reused.symbol()));
    List<AuditAnswer> twice = new ArrayList<>(honest.answers());
    twice.add(8, reused);
    assertThrows(IllegalArgumentException.class, () -> with(twice));
    List<AuditAnswer> beyond = new ArrayList<>(honest.answers());
    beyond.add(new AuditAnswer(60, 0, reused.symbol()));
    assertThrows(IllegalArgumentException.class, () -> with(beyond));
  }

  static Stream<AuditStatement> others() {
    AuditStatement s = HONEST.get(AuditMode.PARALLEL).statement();
    EncodingParameters parameters = s.parameters();
    List<ShardIndex> shards = s.shards();
    Beacon beacon = new Beacon.Drand(StoredBlobSet.nonce(1), 7, DrandSignature.of(new byte[48]));
    return Stream.of(
        StoredBlobSet.withNonce(s, 61),
        new AuditStatement(
            parameters,
            s.epoch() + 1,
            s.nodeId(),
            shards,
            s.blobs(),
            60,
            s.axes(),
            s.mode(),
            s.randomness()),
        new AuditStatement(
            parameters,
            s.epoch(),
            ObjectId.of(new byte[32]),
            shards,
            s.blobs(),
            60,
            s.axes(),
            s.mode(),
            s.randomness()),
        new AuditStatement(
            parameters,
            s.epoch(),
            s.nodeId(),
            shards.subList(0, 2),
            s.blobs(),
            60,
            s.axes(),
            s.mode(),
            s.randomness()),
        new AuditStatement(
            parameters,
            s.epoch(),
            s.nodeId(),
            shards,
            s.blobs().subList(0, 2),
            60,
            s.axes(),
            s.mode(),
            s.randomness()),
        new AuditStatement(
            parameters,
            s.epoch(),
            s.nodeId(),
            shards,
            s.blobs(),
            61,
            s.axes(),
            s.mode(),
            s.randomness()),
        new AuditStatement(
            parameters,
            s.epoch(),
            s.nodeId(),
            shards,
            s.blobs(),
            60,
            AuditAxes.SECONDARY,
            s.mode(),
            s.randomness()),
        new AuditStatement(
            parameters,
            s.epoch(),
            s.nodeId(),
            shards,
            s.blobs(),
            60,
            s.axes(),
            AuditMode.SEQUENTIAL,
            s.randomness()),
        new AuditStatement(
            parameters,
            s.epoch(),
            s.nodeId(),
            shards,
            s.blobs(),
            60,
            s.axes(),
            s.mode(),
            new AuditRandomness(7, beacon, s.randomness().nonce())));
  }

  /** The answers to one statement are none to another, nor is the transcript handed in as such. */
  @ParameterizedTest
  @MethodSource("others")
  void anotherStatement(AuditStatement other) {
    AuditTranscript altered =
        new AuditTranscript(other, honest.openings(), honest.answers(), Optional.empty());
    refused(altered);
    VerificationException e =
        assertThrows(
            VerificationException.class,
            () -> new AuditVerifier().verify(other, honest, WorkMonitor.NONE));
    assertEquals(Reason.WRONG_STATEMENT, e.reason());
    assertEquals(
        "statement: got one with seed %s, expected %s".formatted(statement.seed(), other.seed()),
        e.getMessage());
  }

  /** In sequential mode the order is a part of it: no answer can be changed, moved or left out. */
  @Test
  void sequentialAnswersInAnotherOrder() {
    AuditTranscript good = HONEST.get(AuditMode.SEQUENTIAL);
    List<AuditAnswer> answers = new ArrayList<>(good.answers());
    AuditAnswer a = answers.get(20);
    AuditAnswer b = answers.get(21);
    answers.set(20, new AuditAnswer(20, b.opening(), b.symbol()));
    answers.set(21, new AuditAnswer(21, a.opening(), a.symbol()));
    refused(new AuditTranscript(good.statement(), good.openings(), answers, Optional.empty()));
    List<AuditAnswer> without = new ArrayList<>(good.answers());
    without.remove(40);
    refused(new AuditTranscript(good.statement(), good.openings(), without, Optional.empty()));
    // The last one may be missing: nothing follows from it.
    List<AuditAnswer> cut = good.answers().subList(0, 59);
    AuditTranscript shorter =
        new AuditTranscript(good.statement(), good.openings(), cut, Optional.empty());
    assertEquals(59, new AuditModel(shorter.toBcs()).answered().size());
  }

  /** Library and model agree on transcripts of which any byte was changed. */
  @ParameterizedTest
  @EnumSource
  void anyByte(AuditMode mode) throws VerificationException {
    byte[] bcs = HONEST.get(mode).withSignature(SignatureBytes.of(new byte[96])).toBcs();
    AuditStatement asked = HONEST.get(mode).statement();
    Random random = new Random(5);
    int verified = 0;
    for (int i = 0; i < 150; i++) {
      byte[] changed = bcs.clone();
      changed[random.nextInt(bcs.length)] ^= (byte) (1 << random.nextInt(8));
      int answers;
      try {
        answers =
            new AuditVerifier()
                .verify(asked, AuditTranscript.parse(changed), WorkMonitor.NONE)
                .answers();
      } catch (MalformedDataException | VerificationException e) {
        continue;
      }
      verified++;
      assertEquals(new AuditModel(changed).answered().size(), answers, "seed 5, round " + i);
    }
    // Only what nobody looks at here can be changed, the signature.
    assertTrue(verified < 15, "verified " + verified);
  }

  @Test
  void openingsOfOtherMetadataAreNotCut() {
    StoredEncoding one = SET.encodings.firstEntry().getValue();
    StoredEncoding other = SET.encodings.lastEntry().getValue();
    try (Arena arena = Arena.ofConfined()) {
      var tree = other.metadata().tree(new LeafHasher(Engines.selected(), arena));
      assertThrows(
          IllegalArgumentException.class,
          () ->
              SliverOpening.of(
                  one.metadata(),
                  tree,
                  ShardIndex.of(0).pair(one.metadata().blobId(), SET.parameters())));
    }
  }
}
