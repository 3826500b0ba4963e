package io.redstuff.oracle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A short comparison with the official encoder, run by Chicory; {@code fuzz/differential} is the
 * long one.
 */
class OfficialEncoderTest {
  private static final int CASES = 60;
  private static final long SEED = 7;
  private static final List<Check> CHECKS = List.of(Check.values());

  private static OfficialEncoder official;

  @BeforeAll
  static void start() throws IOException {
    official = WasmEncoder.of(Oracle.orSkip());
  }

  @Test
  void givesAKnownAnswer() {
    OfficialDescription described = official.describe(10, "hello".getBytes(UTF_8));
    assertEquals(
        "U7SsW35U8kcth--WuFhMMTTo80K2E-ouCdbcySPTWzk", BlobId.of(described.blobId()).toString());
    OfficialEncoding encoding = official.encode(10, "hello".getBytes(UTF_8));
    assertEquals(10 * 19, encoding.primaries().length);
    assertEquals(10 * 13, encoding.secondaries().length);
  }

  @Test
  void decodesAndRefuses() {
    byte[] blob = "to be had again".getBytes(UTF_8);
    OfficialEncoding encoding = official.encode(4, blob);
    byte[] id = Arrays.copyOf(encoding.metadata(), BlobId.BYTES);
    int length = encoding.primaries().length / 4;
    List<byte[]> last =
        List.of(
            Arrays.copyOfRange(encoding.primaries(), 2 * length, 3 * length),
            Arrays.copyOfRange(encoding.primaries(), 3 * length, 4 * length));
    assertArrayEquals(blob, official.decode(4, id, blob.length, last));

    assertThrows(
        OfficialEncoderException.class,
        () -> official.decode(4, id, blob.length, last.subList(0, 1)));
    byte[] tooLong = new byte[Math.toIntExact(new EncodingParameters(4).maxBlobLength() + 1)];
    OfficialEncoderException refusal =
        assertThrows(OfficialEncoderException.class, () -> official.encode(4, tooLong));
    assertTrue(refusal.getMessage().contains("too large"), refusal.getMessage());
    assertArrayEquals(blob, official.decode(4, id, blob.length, last), "works on afterwards");
  }

  @Test
  void agreesAtEveryEdge() {
    long index = 0;
    Comparison comparison = new Comparison(official);
    for (int n : new int[] {4, 5, 6, 7, 8, 10, 13, 16, 31, 100}) {
      for (int length : edges(n)) {
        Check check = checkFor(n, CHECKS.get((int) (index % CHECKS.size())));
        comparison.compare(new DifferentialCase(SEED, index++, n, length, check));
      }
    }
  }

  /**
   * Returns the check to make: the official decoder takes a second for 100 shards, so only small
   * ones get it.
   */
  private static Check checkFor(int n, Check check) {
    return check == Check.OFFICIAL_DECODES_OURS && n > 16 ? Check.REPAIR : check;
  }

  /** Returns lengths just below, at and above those at which symbols grow. */
  private static Set<Integer> edges(int n) {
    EncodingParameters parameters = EncodingParameters.forShards(n);
    int matrix = Math.toIntExact(parameters.paddedLength(0));
    Set<Integer> lengths = new TreeSet<>(Set.of(0, 1, 2));
    for (int multiple : n <= 16 ? new int[] {1, 2, 32} : new int[] {1}) {
      lengths.add(multiple * matrix - 1);
      lengths.add(multiple * matrix);
      lengths.add(multiple * matrix + 1);
    }
    return lengths;
  }

  @Test
  void agreesOnCasesOfACampaign() {
    Comparison comparison = new Comparison(official);
    LongStream.iterate(0, i -> i + 1)
        .mapToObj(new CasePlan(SEED)::at)
        .filter(OfficialEncoderTest::isQuick)
        .limit(CASES)
        .forEach(comparison::compare);
  }

  private static boolean isQuick(DifferentialCase one) {
    return one.shards() <= 100
        && one.blobLength() <= 100_000
        && one.check() == checkFor(one.shards(), one.check());
  }

  @Test
  void absenceCanBeForbidden() {
    assertTrue(Oracle.isRequired("required", null));
    assertTrue(Oracle.isRequired(null, "required"));
    assertFalse(Oracle.isRequired(null, null));
    assertFalse(Oracle.isRequired("optional", "required"));
  }
}
