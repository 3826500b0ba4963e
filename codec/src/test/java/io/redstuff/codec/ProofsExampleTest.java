package io.redstuff.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.error.RedStuffException;
import io.redstuff.error.VerificationException;
import io.redstuff.proof.DecodingSymbol;
import io.redstuff.proof.InconsistencyProof;
import io.redstuff.proof.RecoverySymbol;
import io.redstuff.simd.hash.Blake2b;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Computes every number of the worked example in docs/proofs.md; the text must show just these. */
class ProofsExampleTest {
  private static final Path TEXT = Path.of("../docs/proofs.md");

  /**
   * The first blob of vectors/small.json, so the honest half of the example is the official
   * encoder's.
   */
  private static final StoredBlob HONEST = StoredBlob.honest(4, 12, 1);

  private static final SliverId TARGET = SliverId.primary(1);

  @Test
  void everyNumberOfTheTextIsComputed() throws RedStuffException, IOException {
    Map<String, String> expected = new LinkedHashMap<>();
    honestBlob(expected);
    recovery(expected);
    dispute(expected);
    Map<String, String> shown = new LinkedHashMap<>();
    Matcher rows =
        Pattern.compile("^\\| ([^|]+?) \\| `([^`]+)` \\|$", Pattern.MULTILINE)
            .matcher(Files.readString(TEXT));
    while (rows.find()) {
      shown.put(rows.group(1), rows.group(2));
    }
    assertEquals(lines(expected), lines(shown));
  }

  private static String lines(Map<String, String> rows) {
    StringBuilder lines = new StringBuilder();
    rows.forEach((label, value) -> lines.append("| " + label + " | `" + value + "` |\n"));
    return lines.toString();
  }

  private static void honestBlob(Map<String, String> rows) throws VerificationException {
    rows.put("blob", hex(HONEST.blob));
    try (Arena arena = Arena.ofConfined()) {
      for (int row = 0; row < 4; row++) {
        ExpandedSliver expanded =
            HONEST.codec.expand(HONEST.metadata, HONEST.primary.get(row), arena);
        StringBuilder symbols = new StringBuilder();
        for (int column = 0; column < 4; column++) {
          symbols.append(column == 0 ? "" : " ").append(hex(expanded.symbol(column)));
        }
        rows.put("row " + row, symbols.toString());
      }
    }
    for (Sliver sliver : HONEST.all()) {
      rows.put("hash of " + sliver.id(), start(HONEST.metadata.sliverHash(sliver.id())));
    }
    rows.put("metadata root", start(HONEST.metadata.rootHash()));
    rows.put("blob id", HONEST.metadata.blobId().toString());
  }

  private static void recovery(Map<String, String> rows) throws RedStuffException {
    List<RecoverySymbol> all = HONEST.symbolsFor(TARGET);
    RecoverySymbol first = all.getFirst();
    byte[] path = first.proof().toBcs();
    rows.put("symbol 1-0", hex(first.data()));
    rows.put("its leaf hash", start(leafHash(first)));
    rows.put("first sibling", start(Arrays.copyOfRange(path, 2, 34)));
    rows.put("second sibling", start(Arrays.copyOfRange(path, 35, 67)));
    rows.put(
        "leads to the hash of secondary 0", start(first.proof().computeRoot(first.data(), 1, 4)));
    rows.put("bytes of symbol and proof", Integer.toString(first.toBcs().length));
    rows.put("they start", start(first.toBcs()));
    List<RecoverySymbol> symbols = List.of(all.get(0), all.get(1), all.get(3));
    rows.put("symbols 1-0 1-1 1-3", hex(symbols));
    Recovery.Recovered recovered =
        (Recovery.Recovered) HONEST.codec.recover(HONEST.metadata, TARGET, symbols);
    rows.put("recovered primary 1", hex(recovered.sliver().sliver().toBytes()));
  }

  private static byte[] leafHash(RecoverySymbol symbol) {
    return Blake2b.hash(new byte[] {0}, symbol.data());
  }

  private static void dispute(Map<String, String> rows) throws RedStuffException {
    StoredBlob cheat = StoredBlob.honest(4, 12, 1);
    cheat.alterAndCommit(TARGET, 2);
    rows.put("the cheat's primary 1", hex(cheat.sliver(TARGET).toBytes()));
    rows.put("its hash", start(cheat.metadata.sliverHash(TARGET)));
    rows.put("the cheat's blob id", cheat.metadata.blobId().toString());
    List<RecoverySymbol> symbols = cheat.symbolsFor(TARGET).subList(0, 3);
    Recovery.Inconsistent outcome =
        (Recovery.Inconsistent) cheat.codec.recover(cheat.metadata, TARGET, symbols);
    InconsistencyProof proof = outcome.proof();
    cheat.codec.confirm(cheat.metadata, proof);
    rows.put("symbols of the proof", hex(proof.symbols()));
    List<DecodingSymbol> bare = new ArrayList<>();
    proof.symbols().forEach(symbol -> bare.add(symbol.withoutProof()));
    try (Arena arena = Arena.ofConfined()) {
      // the same symbols decode to a sliver that the honest metadata commits to, and with that hash
      VerifiedSliver decoded =
          cheat.codec.newRecoverer(arena).recoverUnproven(HONEST.metadata, TARGET, bare);
      rows.put("they decode to", hex(decoded.sliver().toBytes()));
      rows.put("which has the hash", start(HONEST.metadata.sliverHash(TARGET)));
    }
    rows.put("bytes of the proof", Integer.toString(proof.toBcs().length));
    rows.put("it starts", start(proof.toBcs()));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static String hex(List<RecoverySymbol> symbols) {
    return String.join(" ", symbols.stream().map(symbol -> hex(symbol.data())).toList());
  }

  /** The first four bytes: enough to recognize a digest. */
  private static String start(byte[] bytes) {
    return hex(bytes).substring(0, 8);
  }
}
