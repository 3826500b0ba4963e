package io.redstuff.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.RedStuffException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import io.redstuff.proof.BlobMetadata;
import io.redstuff.proof.GeneralRecoverySymbol;
import io.redstuff.proof.InconsistencyProof;
import io.redstuff.proof.RecoverySymbol;
import io.redstuff.proof.RejectedSymbol;
import io.redstuff.proof.SymbolVerifier;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.simd.Engine;
import io.redstuff.store.Durability;
import io.redstuff.store.MemoryStore;
import io.redstuff.store.SliverRepair;
import io.redstuff.store.StoredEncoding;
import io.redstuff.stream.WorkMonitor;
import io.redstuff.stream.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Symbols, general symbols and inconsistency proofs that the official Rust code made and judged,
 * for blobs of honest and of cheating writers ({@code vectors/proofs.json}). Our verdict has to be
 * its verdict. Where a row says that we are stricter, the test that covers it says which case of
 * docs/proofs.md it is; A is one in which we no longer are.
 */
class OfficialProofsTest {
  private static final List<Blob> BLOBS = read();

  /** Writers whose rows are marked as refused by us. */
  private static final String CASE_A = "empty-hash";

  private static final String CASE_C = "one-short-tree";

  private static final Map<String, Reason> REASONS =
      Map.of(
          "SliverNotInconsistent", Reason.CONSISTENT_BLOB,
          "InvalidProof(RootMismatch)", Reason.ROOT_MISMATCH,
          "InvalidRecoverySymbols", Reason.ROOT_MISMATCH);

  /** A blob as somebody knows it who has no sliver. */
  record Blob(String name, int shards, String writer, JsonNode json) {
    byte[] metadata() {
      return hex(json, "metadata");
    }

    VerifiedMetadata verified(RedStuff codec) throws RedStuffException {
      BlobId id = BlobId.parse(json.get("blobId").stringValue());
      return codec.verify(BlobMetadata.parse(metadata()), id);
    }

    List<Row> rows() {
      List<Row> rows = new ArrayList<>();
      for (JsonNode row : json.get("rows")) {
        rows.add(new Row(this, row));
      }
      return rows;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** One thing that the official code made and judged. */
  record Row(Blob blob, JsonNode json) {
    String kind() {
      return json.get("kind").stringValue();
    }

    byte[] bytes() {
      return hex(json, "bytes");
    }

    boolean isAccepted() {
      return json.get("official").booleanValue();
    }

    boolean isStricter() {
      return json.path("stricter").booleanValue(false);
    }

    RecoverySymbol symbol() throws MalformedDataException {
      return RecoverySymbol.parse(target().axis(), bytes());
    }

    SliverId target() {
      Axis axis = json.get("axis").stringValue().equals("primary") ? Axis.PRIMARY : Axis.SECONDARY;
      return new SliverId(axis, json.get("target").intValue());
    }

    GeneralRecoverySymbol general() throws MalformedDataException {
      return GeneralRecoverySymbol.parse(bytes());
    }

    InconsistencyProof proof() throws MalformedDataException {
      return InconsistencyProof.parse(bytes());
    }

    void verify(RedStuff codec, VerifiedMetadata metadata) throws RedStuffException {
      switch (kind()) {
        case "symbol" -> symbol().verify(metadata, target());
        case "general" -> general().verify(metadata);
        case "inconsistency" -> codec.confirm(metadata, proof());
        default -> throw new IllegalStateException(kind());
      }
    }

    byte[] rewritten() throws MalformedDataException {
      return switch (kind()) {
        case "symbol" -> symbol().toBcs();
        case "general" -> general().toBcs();
        case "inconsistency" -> proof().toBcs();
        default -> throw new IllegalStateException(kind());
      };
    }

    /** Why we refuse it; null if we do not. */
    Reason refusal(RedStuff codec, VerifiedMetadata metadata) throws RedStuffException {
      try {
        verify(codec, metadata);
        return null;
      } catch (VerificationException e) {
        return e.reason();
      }
    }

    @Override
    public String toString() {
      return blob + " " + kind() + " " + json.get("bytes").stringValue();
    }
  }

  private static byte[] hex(JsonNode node, String field) {
    return HexFormat.of().parseHex(node.get(field).stringValue());
  }

  private static List<Blob> read() {
    List<Blob> blobs = new ArrayList<>();
    try (InputStream in = OfficialProofsTest.class.getResourceAsStream("/vectors/proofs.json")) {
      for (JsonNode blob : JsonMapper.shared().readTree(in).get("blobs")) {
        blobs.add(
            new Blob(
                blob.get("name").stringValue(),
                blob.get("shards").intValue(),
                blob.get("writer").stringValue(),
                blob));
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    assertEquals(36, blobs.size());
    assertEquals(779, blobs.stream().mapToInt(blob -> blob.rows().size()).sum());
    return blobs;
  }

  static List<Engine> engines() {
    return EnginesUnderTest.all();
  }

  static List<Blob> blobs() {
    return BLOBS;
  }

  /** The rows of one writer for which ours was the stricter verdict when they were made. */
  private static List<Row> stricter(String writer) {
    return BLOBS.stream()
        .filter(blob -> blob.writer().equals(writer))
        .flatMap(blob -> blob.rows().stream())
        .filter(Row::isStricter)
        .toList();
  }

  @Test
  void onlyTheCasesAAndCHaveRowsOfTheirOwn() {
    assertEquals(27, stricter(CASE_A).size());
    assertEquals(12, stricter(CASE_C).size());
    assertEquals(
        39, BLOBS.stream().flatMap(b -> b.rows().stream()).filter(Row::isStricter).count());
  }

  @ParameterizedTest
  @MethodSource("engines")
  void everyVerdictIsTheOfficialOneButInCaseC(Engine engine) throws RedStuffException {
    int equal = 0;
    for (Blob blob : BLOBS) {
      RedStuff codec = RedStuff.forShards(blob.shards(), engine);
      VerifiedMetadata metadata = blob.verified(codec);
      for (Row row : blob.rows()) {
        Reason ours = row.refusal(codec, metadata);
        if (ours == Reason.PATH_LENGTH) {
          assertEquals(CASE_C, blob.writer(), row::toString);
          assertEquals(row.isAccepted(), row.isStricter(), row::toString);
          continue;
        }
        Reason official =
            row.isAccepted() ? null : REASONS.get(row.json().get("reason").stringValue());
        assertEquals(official, ours, row::toString);
        equal++;
      }
    }
    // the others have a path that is too short, four of them in a proof that fails there as well
    assertEquals(779 - 12 - 4, equal);
  }

  /** They climb together there, and must be told apart all the same. */
  @ParameterizedTest
  @MethodSource("engines")
  void symbolsTogetherGetTheSameVerdictsAndWords(Engine engine) throws RedStuffException {
    try (Arena arena = Arena.ofConfined()) {
      SymbolVerifier verifier = new SymbolVerifier(engine, arena);
      for (Blob blob : BLOBS) {
        VerifiedMetadata metadata = blob.verified(RedStuff.forShards(blob.shards(), engine));
        List<GeneralRecoverySymbol> symbols = new ArrayList<>();
        for (Row row : blob.rows()) {
          if (row.kind().equals("general")) {
            symbols.add(row.general());
          }
        }
        Map<GeneralRecoverySymbol, RejectedSymbol> rejected = verifier.verify(metadata, symbols);
        for (GeneralRecoverySymbol symbol : symbols) {
          RejectedSymbol alone = null;
          try {
            symbol.verify(metadata);
          } catch (VerificationException e) {
            alone = new RejectedSymbol(symbol.id(), e.reason(), e.getMessage());
          }
          assertEquals(alone, rejected.get(symbol), blob + " " + symbol);
        }
      }
    }
  }

  @Test
  void caseAnEmptyHashIsOneThatNothingMatchesAndTheRestHolds() throws RedStuffException {
    for (Row row : stricter(CASE_A)) {
      RedStuff codec = RedStuff.forShards(row.blob().shards());
      VerifiedMetadata metadata = row.blob().verified(codec);
      assertArrayEquals(row.blob().metadata(), metadata.toBcs(), "with the empty node");
      assertNull(row.refusal(codec, metadata), row::toString);
    }
  }

  /**
   * Refused, since what cannot be cut from any sliver with such a hash cannot be had from an honest
   * node. But what the network accepts is explained: the path does lead to the committed hash, in a
   * lower tree, and the refusal says so.
   */
  @Test
  void caseCPathsThatAreShorterThanTheTreeAreRefusedWithTheReason() throws RedStuffException {
    for (Row row : stricter(CASE_C)) {
      RedStuff codec = RedStuff.forShards(row.blob().shards());
      VerifiedMetadata metadata = row.blob().verified(codec);
      VerificationException e =
          assertThrows(VerificationException.class, () -> row.verify(codec, metadata));
      assertEquals(Reason.PATH_LENGTH, e.reason());
      assertTrue(e.getMessage().endsWith(" (the network's own check takes shorter ones)"));
      if (row.kind().equals("symbol")) {
        RecoverySymbol symbol = row.symbol();
        int leaves = 1 << symbol.proof().length();
        assertTrue(leaves < row.blob().shards());
        symbol
            .proof()
            .verify(
                metadata.sliverHash(symbol.source()), symbol.data(), row.target().index(), leaves);
      }
    }
  }

  /** Each of these blobs has a proof that both accept, so nothing is lost by the stricter rule. */
  @Test
  void caseCThereIsAProofOfFullLengthForEachSuchBlob() throws RedStuffException {
    for (Blob blob : BLOBS) {
      if (blob.writer().equals(CASE_C)) {
        RedStuff codec = RedStuff.forShards(blob.shards());
        VerifiedMetadata metadata = blob.verified(codec);
        int accepted = 0;
        for (Row row : blob.rows()) {
          if (row.kind().equals("inconsistency") && row.isAccepted() && !row.isStricter()) {
            codec.confirm(metadata, row.proof());
            accepted++;
          }
        }
        assertTrue(accepted > 0, blob::toString);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("blobs")
  void everythingIsWrittenAsItWasRead(Blob blob) throws RedStuffException {
    RedStuff codec = RedStuff.forShards(blob.shards());
    VerifiedMetadata metadata = blob.verified(codec);
    assertArrayEquals(blob.metadata(), BlobMetadata.parse(blob.metadata()).toBcs());
    assertArrayEquals(blob.metadata(), metadata.toBcs());
    GeneralRecoverySymbol general = null;
    for (Row row : blob.rows()) {
      assertArrayEquals(row.bytes(), row.rewritten(), row::toString);
      if (row.kind().equals("symbol")) {
        // the row before has the same symbol with its target
        assertEquals(general, row.symbol().withTarget(row.target().index()));
        assertEquals(row.symbol(), general.withoutTarget());
      }
      general = row.kind().equals("general") ? row.general() : null;
    }
  }

  /** From the symbols of a proof that holds, in any order, the same proof is made. */
  @Test
  void proofsAreMadeByteForByte() throws RedStuffException {
    Random random = new Random(17);
    int made = 0;
    for (Blob blob : BLOBS) {
      RedStuff codec = RedStuff.forShards(blob.shards());
      VerifiedMetadata metadata = blob.verified(codec);
      for (Row row : blob.rows()) {
        if (row.kind().equals("inconsistency") && row.refusal(codec, metadata) == null) {
          List<RecoverySymbol> symbols = new ArrayList<>(row.proof().symbols());
          Collections.shuffle(symbols, random);
          Recovery recovery = codec.recover(metadata, row.proof().target(), symbols);
          InconsistencyProof proof =
              assertInstanceOf(Recovery.Inconsistent.class, recovery, row::toString).proof();
          assertArrayEquals(row.bytes(), proof.toBcs(), row::toString);
          made++;
        }
      }
    }
    assertEquals(79, made);
  }

  /** Slivers that the rows' symbols are enough for are healed, and the rows cut from them anew. */
  @Test
  void symbolsAreMadeByteForByte() throws IOException, RedStuffException {
    int made = 0;
    for (Blob blob : BLOBS) {
      RedStuff codec = RedStuff.forShards(blob.shards());
      VerifiedMetadata metadata = blob.verified(codec);
      List<GeneralRecoverySymbol> symbols = new ArrayList<>();
      for (Row row : blob.rows()) {
        switch (row.kind()) {
          case "general" -> symbols.add(row.general());
          case "inconsistency" ->
              row.proof().symbols().stream()
                  .map(symbol -> symbol.withTarget(target(row)))
                  .forEach(symbols::add);
          default -> {}
        }
      }
      Map<SliverId, ExpandedSliver> healed = new HashMap<>();
      try (Arena arena = Arena.ofConfined()) {
        MemoryStore store = new MemoryStore();
        StoredEncoding kept = StoredEncoding.of(store, codec, metadata);
        new SliverRepair(
                kept,
                kept.inspect(WorkMonitor.NONE),
                symbols,
                Workspace.ofMemory(1L << 30),
                Durability.BUFFERED)
            .run(WorkMonitor.NONE);
        for (Sliver sliver : store.slivers()) {
          healed.put(sliver.id(), codec.expand(metadata, sliver, arena));
        }
        for (Row row : blob.rows()) {
          if (row.kind().equals("general") && healed.containsKey(row.general().source())) {
            int target = row.general().targetIndex();
            ExpandedSliver source = healed.get(row.general().source());
            assertArrayEquals(
                row.bytes(),
                source.recoverySymbol(target).withTarget(target).toBcs(),
                row::toString);
            made++;
          }
        }
      }
    }
    assertEquals(154, made);
  }

  private static int target(Row row) {
    try {
      return row.proof().target().index();
    } catch (MalformedDataException e) {
      throw new IllegalStateException(e);
    }
  }
}
