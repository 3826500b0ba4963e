package io.redstuff.audit;

import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import io.redstuff.message.SignatureBytes;
import io.redstuff.proof.SliverOpening;
import io.redstuff.simd.hash.Blake2b;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * All that a node says in an audit, of which nothing is proven: {@link AuditVerifier} does that.
 *
 * <p>On the wire: 32 bytes of tag and version, the statement, vector of openings, each a byte
 * string, vector of answers, an option with the 96 bytes of a signature. It must fit an array.
 *
 * @param statement what the challenges follow from
 * @param openings the hashes of the slivers that were asked for, each pair of a blob once, in the
 *     order in which answers first need them
 * @param answers the answers in the order of their challenges; there may be fewer of them
 * @param signature the node's signature over {@link #signedBytes}, of which nothing is checked
 * @since 0.1.0
 */
public record AuditTranscript(
    AuditStatement statement,
    List<SliverOpening> openings,
    List<AuditAnswer> answers,
    Optional<SignatureBytes> signature) {
  private static final String WHAT = "audit transcript";

  /** The least that an opening takes, with its length and a path of no bytes. */
  private static final int MIN_OPENING_LENGTH = 15;

  /**
   * Checks that the parts fit together.
   *
   * @throws IllegalArgumentException if there is an answer to no challenge or two to one, answers
   *     are not in order, or openings are not, or one is not there or not needed
   */
  public AuditTranscript {
    Objects.requireNonNull(statement, "statement");
    openings = List.copyOf(openings);
    answers = List.copyOf(answers);
    Objects.requireNonNull(signature, "signature");
    int next = 0;
    int opened = 0;
    for (AuditAnswer answer : answers) {
      if (answer.number() < next || answer.number() >= statement.challenges()) {
        throw new IllegalArgumentException(
            "answers: got one to challenge %s, expected %s to %s in ascending order"
                .formatted(answer.number(), next, statement.challenges() - 1));
      }
      next = answer.number() + 1;
      if (answer.opening() > opened) {
        throw new IllegalArgumentException(
            "answer to challenge %s: got opening %s, expected at most %s, the next new one"
                .formatted(answer.number(), answer.opening(), opened));
      }
      opened = Math.max(opened, answer.opening() + 1);
    }
    if (opened != openings.size()) {
      throw new IllegalArgumentException(
          "openings: got %s, expected the %s that are needed".formatted(openings.size(), opened));
    }
  }

  /**
   * Reads the wire form.
   *
   * @param bcs the whole encoding; copied
   * @return the transcript; nothing is proven
   * @throws MalformedDataException if it is not canonical BCS of a transcript of this version whose
   *     parts fit together
   */
  public static AuditTranscript parse(byte[] bcs) throws MalformedDataException {
    return BcsReader.parse(MemorySegment.ofArray(bcs), WHAT, AuditTranscript::read);
  }

  private static AuditTranscript read(BcsReader in) throws MalformedDataException {
    AuditBcs.readTag(AuditTag.TRANSCRIPT, in);
    AuditStatement statement = AuditBcs.statement(in);
    long start = in.position();
    List<SliverOpening> openings = new ArrayList<>();
    for (long left = in.count("openings", MIN_OPENING_LENGTH); left > 0; left--) {
      openings.add(in.embedded("opening", SliverOpening::parse));
    }
    List<AuditAnswer> answers = new ArrayList<>();
    for (long left = in.count("answers", AuditAnswer.MIN_BCS_LENGTH); left > 0; left--) {
      answers.add(AuditAnswer.read(in));
    }
    Optional<SignatureBytes> signature =
        in.bool("signature")
            ? Optional.of(SignatureBytes.of(in.array("signature", SignatureBytes.BYTES)))
            : Optional.empty();
    return AuditBcs.checked(
        start, () -> new AuditTranscript(statement, openings, answers, signature));
  }

  /** {@return the wire form, canonical BCS} */
  public byte[] toBcs() {
    return BcsWriter.toBytes(this::write);
  }

  private void write(BcsWriter out) {
    out.fixed(AuditTag.TRANSCRIPT.bytes());
    AuditBcs.write(statement, out);
    out.count(openings.size());
    openings.forEach(opening -> out.bytes(MemorySegment.ofArray(opening.toBcs())));
    out.count(answers.size());
    answers.forEach(answer -> answer.write(out));
    out.bool(signature.isPresent());
    signature.ifPresent(bytes -> out.fixed(bytes.toBytes()));
  }

  /** {@return how many challenges have no answer} */
  public int missing() {
    return statement.challenges() - answers.size();
  }

  /**
   * Returns the same transcript with a signature.
   *
   * @param bytes the node's signature
   * @return the transcript, signed
   */
  public AuditTranscript withSignature(SignatureBytes bytes) {
    return new AuditTranscript(statement, openings, answers, Optional.of(bytes));
  }

  /** {@return the BLAKE2b-256 of the wire form without the signature} */
  public AuditHash digest() {
    AuditTranscript unsigned = new AuditTranscript(statement, openings, answers, Optional.empty());
    return AuditHash.of(Blake2b.hash(unsigned.toBcs()));
  }

  /**
   * {@return what the node signs, 64 bytes: a tag that no message of the network begins with, and
   * the {@link #digest}}
   */
  public byte[] signedBytes() {
    return BcsWriter.toBytes(
        out -> out.fixed(AuditTag.SIGNATURE.bytes()).fixed(digest().toBytes()));
  }

  /** {@return numbers, as in {@code "audit transcript with 401 of 402 answers"}} */
  @Override
  public String toString() {
    return WHAT + " with " + answers.size() + " of " + statement.challenges() + " answers";
  }
}
