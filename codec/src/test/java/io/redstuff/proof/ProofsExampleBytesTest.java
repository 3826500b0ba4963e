package io.redstuff.proof;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.ConsistencyCheck;
import io.redstuff.EncodingParameters;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.SliverPairIndex;
import io.redstuff.codec.RedStuff;
import io.redstuff.codec.SmallVectors;
import io.redstuff.error.RedStuffException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import io.redstuff.internal.matrix.MatrixEncoder;
import io.redstuff.simd.Engines;
import io.redstuff.simd.LeafHasher;
import io.redstuff.simd.SymbolRows;
import io.redstuff.simd.hash.Blake2b;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Computes every line of the code blocks in the worked example of docs/proofs.md, where the bytes
 * stand in full, and the numbers between them; the text must show just these. The tables of the
 * example have a test of their own.
 */
class ProofsExampleBytesTest {
  private static final Path TEXT = Path.of("../docs/proofs.md");
  private static final int SHARDS = 4;
  private static final SmallVectors.Encoding OFFICIAL = SmallVectors.smallest();
  private static final EncodingParameters PARAMETERS = OFFICIAL.parameters();
  private static final RedStuff CODEC = RedStuff.forShards(SHARDS);
  private static final SliverId TARGET = SliverId.primary(1);

  private final Map<SliverId, Sliver> honestSlivers = new LinkedHashMap<>();
  private final Map<SliverId, Sliver> cheatSlivers = new LinkedHashMap<>();
  private final VerifiedMetadata honest;
  private final VerifiedMetadata cheat;

  /** The slivers are the official encoder's, of which the cheat alters one. */
  ProofsExampleBytesTest() throws RedStuffException {
    for (int index = 0; index < SHARDS; index++) {
      honestSlivers.put(
          SliverId.primary(index), Sliver.parseCopy(Axis.PRIMARY, OFFICIAL.primaries().get(index)));
    }
    for (int index = 0; index < SHARDS; index++) {
      byte[] bcs = OFFICIAL.secondaries().get(SHARDS - 1 - index);
      honestSlivers.put(SliverId.secondary(index), Sliver.parseCopy(Axis.SECONDARY, bcs));
    }
    cheatSlivers.putAll(honestSlivers);
    byte[] altered = honestSlivers.get(TARGET).toBytes();
    altered[2] ^= 0x40;
    cheatSlivers.put(TARGET, Sliver.view(TARGET, 2, MemorySegment.ofArray(altered)));
    honest = commit(honestSlivers);
    cheat = commit(cheatSlivers);
    assertArrayEquals(OFFICIAL.blobId(), honest.blobId().toBytes());
  }

  @Test
  void everyCodeBlockOfTheTextIsComputed() throws RedStuffException, IOException {
    List<String> shown =
        Pattern.compile("^```text\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
            .matcher(example())
            .results()
            .map((MatchResult block) -> block.group(1))
            .toList();
    InconsistencyProof proof = new InconsistencyProof(TARGET, symbols(cheat, TARGET, 0, 1, 2));
    List<String> computed =
        List.of(
            slivers(),
            metadata(),
            tree(),
            symbol(),
            commitment(),
            evidence(proof),
            verification(proof),
            claims(),
            reads());
    assertEquals(String.join("---\n", computed), String.join("---\n", shown));
  }

  @Test
  void theNumbersBetweenTheBlocksAreComputed() throws RedStuffException, IOException {
    String prose = example().replaceAll("\\s+", " ");
    String[] first = fields(expanded(honestSlivers.get(SliverId.primary(0))), 2, 2, 2, 2);
    String[] second = fields(expanded(honestSlivers.get(TARGET)), 2, 2, 2, 2);
    String honestHash = hex(honest.sliverHash(TARGET)).substring(0, 8);
    String cheatHash = hex(cheat.sliverHash(TARGET)).substring(0, 8);
    int claims = 0;
    for (SliverId target : honestSlivers.keySet()) {
      for (int[] sources : choices(PARAMETERS.symbolsPerSliver(target.axis()))) {
        assertEquals(Reason.CONSISTENT_BLOB.name(), verdict(honest, target, sources));
        claims++;
      }
    }
    for (String said :
        List.of(
            "XOR of the other three: %s ^ %s ^ %s = %s".formatted((Object[]) first),
            "so the missing %s has to be decoded".formatted(second[2]),
            "it has the root %s, as committed".formatted(honestHash),
            "Columns 1 and 3 still have %s and %s there".formatted(second[1], second[3]),
            "3 times %s bytes".formatted(symbols(honest, TARGET, 0).getFirst().toBcs().length),
            "finds %s where the metadata say %s".formatted(honestHash, cheatHash),
            "none of the %s claims is accepted".formatted(claims))) {
      assertTrue(prose.contains(said), said);
    }
  }

  /** What the text says of four shards: the fourth symbol of a row is the XOR of the others. */
  @Test
  void theFourthSymbolOfARowIsTheSumOfTheOthers() {
    for (int row = 0; row < SHARDS; row++) {
      byte[] symbols = expanded(honestSlivers.get(SliverId.primary(row)));
      for (int at = 0; at < 2; at++) {
        assertEquals(symbols[6 + at], symbols[at] ^ symbols[2 + at] ^ symbols[4 + at]);
      }
    }
  }

  private static String example() throws IOException {
    String text = Files.readString(TEXT);
    return text.substring(text.indexOf("\n## A worked example\n"));
  }

  private String slivers() {
    StringBuilder block = new StringBuilder();
    honestSlivers.forEach(
        (id, sliver) -> line(block, id, fields(sliver.toBcs(), 1, sliver.toBytes().length, 2, 2)));
    return block.toString();
  }

  /** From the hashes to the id, by the definition. */
  private String metadata() {
    byte[][] level = new byte[SHARDS][];
    StringBuilder block = new StringBuilder();
    for (int pair = 0; pair < SHARDS; pair++) {
      SliverPairHashes hashes = honest.hashes(SliverPairIndex.of(pair));
      level[pair] = Blake2b.hash(new byte[1], hashes.primary(), hashes.secondary());
      String both = "H(00 primary %s secondary %s)".formatted(pair, SHARDS - 1 - pair);
      line(block, "leaf " + pair, both, hex(level[pair]));
    }
    byte[] root = climb(block, level);
    assertArrayEquals(honest.rootHash(), root);
    byte[] length = {12, 0, 0, 0, 0, 0, 0, 0};
    byte[] id = Blake2b.hash(new byte[] {1}, length, root);
    assertEquals(honest.blobId(), BlobId.of(id));
    line(block, "blob id", "H(01 " + hex(length) + " root)", hex(id));
    return block.toString();
  }

  /** The tree over column 0, by the definition. */
  private String tree() {
    byte[] column = expanded(honestSlivers.get(SliverId.secondary(0)));
    byte[][] level = new byte[SHARDS][];
    StringBuilder block = new StringBuilder();
    for (int row = 0; row < SHARDS; row++) {
      byte[] symbol = Arrays.copyOfRange(column, 2 * row, 2 * row + 2);
      level[row] = Blake2b.hash(new byte[1], symbol);
      line(block, "leaf " + row, "H(00 " + hex(symbol) + ")", hex(level[row]));
    }
    assertArrayEquals(honest.sliverHash(SliverId.secondary(0)), climb(block, level));
    return block.toString();
  }

  private static byte[] climb(StringBuilder block, byte[][] leaves) {
    byte[] left = Blake2b.hash(new byte[] {1}, leaves[0], leaves[1]);
    byte[] right = Blake2b.hash(new byte[] {1}, leaves[2], leaves[3]);
    byte[] root = Blake2b.hash(new byte[] {1}, left, right);
    line(block, "left", "H(01 leaf 0 leaf 1)", hex(left));
    line(block, "right", "H(01 leaf 2 leaf 3)", hex(right));
    line(block, "root", "H(01 left right)", hex(root));
    return root;
  }

  private String symbol() throws RedStuffException {
    RecoverySymbol symbol = symbols(honest, TARGET, 0).getFirst();
    GeneralRecoverySymbol general = symbol.withTarget(TARGET.index());
    String[] bytes = fields(general.toBcs(), 1, 2, 1, 2, 2, 1, 33, 33);
    StringBuilder withoutTarget = new StringBuilder();
    for (int i = 0; i < bytes.length; i++) {
      withoutTarget.append(i == 0 || i == 4 ? "" : bytes[i]);
    }
    assertEquals(hex(symbol.toBcs()), withoutTarget.toString());
    StringBuilder block = new StringBuilder();
    line(block, "general only: axis", bytes[0]);
    line(block, "source", bytes[1]);
    line(block, "symbol", bytes[2], bytes[3]);
    line(block, "general only: target", bytes[4]);
    line(block, "path", bytes[5]);
    line(block, "  first sibling", bytes[6]);
    line(block, "  second sibling", bytes[7]);
    return block.toString();
  }

  private String commitment() {
    StringBuilder block = new StringBuilder();
    line(block, "row 1, honest", fields(expanded(honestSlivers.get(TARGET)), 2, 2, 2, 2));
    line(block, "row 1, cheat", fields(expanded(cheatSlivers.get(TARGET)), 2, 2, 2, 2));
    line(block, "honest hash", hex(honest.sliverHash(TARGET)));
    line(block, "cheat's hash", hex(cheat.sliverHash(TARGET)));
    line(block, "cheat's root", hex(cheat.rootHash()));
    line(block, "cheat's id", hex(cheat.blobId().toBytes()));
    return block.toString();
  }

  private String evidence(InconsistencyProof proof) throws RedStuffException {
    byte[] bytes = proof.toBcs();
    assertEquals(proof, InconsistencyProof.parse(bytes));
    StringBuilder block = new StringBuilder();
    int[] lengths = {1, 2, 1, 2, 1, 2, 1, 33, 33, 2, 1, 2, 1, 33, 33, 2, 1, 2, 1, 33, 33};
    List<String> parts = List.of(fields(bytes, lengths));
    line(block, "axis, target, count", String.join("  ", parts.subList(0, 3)));
    for (int at = 3; at < parts.size(); at += 6) {
      line(block, "symbol, path", String.join("  ", parts.subList(at, at + 4)));
      line(block, "  first sibling", parts.get(at + 4));
      line(block, "  second sibling", parts.get(at + 5));
    }
    return block.toString();
  }

  private String verification(InconsistencyProof proof) throws RedStuffException {
    StringBuilder block = new StringBuilder();
    List<DecodingSymbol> bare = new ArrayList<>();
    for (RecoverySymbol symbol : proof.symbols()) {
      byte[] root = symbol.proof().computeRoot(symbol.data(), TARGET.index(), SHARDS);
      assertArrayEquals(cheat.sliverHash(symbol.source()), root);
      line(block, "path from " + symbol.source(), hex(root));
      bare.add(symbol.withoutProof());
    }
    Sliver result;
    try (Arena arena = Arena.ofConfined()) {
      // only the honest metadata let the result out
      result = CODEC.newRecoverer(arena).recoverUnproven(honest, TARGET, bare).sliver();
    }
    line(block, "decoded", fields(result.toBytes(), 2, 2, 2));
    line(block, "expanded", fields(expanded(result), 2, 2, 2, 2));
    line(block, "its root", hex(root(result)));
    line(block, "committed", hex(cheat.sliverHash(TARGET)));
    line(block, "verdict", verdict(cheat, TARGET, 0, 1, 2));
    return block.toString();
  }

  /** For each sliver of the cheat's blob, the sources whose symbols prove it inconsistent. */
  private String claims() throws RedStuffException {
    StringBuilder block = new StringBuilder();
    for (SliverId target : cheatSlivers.keySet()) {
      StringJoiner accepted = new StringJoiner(", ");
      accepted.setEmptyValue("none");
      int total = 0;
      int proofs = 0;
      for (int[] sources : choices(PARAMETERS.symbolsPerSliver(target.axis()))) {
        total++;
        if ("accepted".equals(verdict(cheat, target, sources))) {
          proofs++;
          accepted.add(names(sources));
        }
      }
      line(block, target, proofs + " of " + total, accepted.toString());
    }
    return block.toString();
  }

  private String reads() throws RedStuffException {
    StringBuilder block = new StringBuilder();
    line(block, "read from", pad("SKIP"), pad("DEFAULT"), "STRICT");
    for (Axis axis : Axis.values()) {
      for (int[] indices : choices(PARAMETERS.sourceSymbols(axis))) {
        StringJoiner results = new StringJoiner("  ");
        for (ConsistencyCheck check : ConsistencyCheck.values()) {
          String result = read(axis, indices, check);
          results.add(check == ConsistencyCheck.STRICT ? result : pad(result));
        }
        line(block, axis + " " + names(indices), results.toString());
      }
    }
    return block.toString();
  }

  private String read(Axis axis, int[] indices, ConsistencyCheck check) throws RedStuffException {
    List<Sliver> slivers =
        Arrays.stream(indices).mapToObj(i -> cheatSlivers.get(new SliverId(axis, i))).toList();
    try {
      return hex(CODEC.decode(cheat, slivers, check));
    } catch (VerificationException e) {
      assertEquals(Reason.INCONSISTENT_BLOB, e.reason());
      return "refused";
    }
  }

  private String verdict(VerifiedMetadata metadata, SliverId target, int... sources)
      throws RedStuffException {
    try {
      CODEC.confirm(metadata, new InconsistencyProof(target, symbols(metadata, target, sources)));
      return "accepted";
    } catch (VerificationException e) {
      return e.reason().name();
    }
  }

  private List<RecoverySymbol> symbols(VerifiedMetadata metadata, SliverId target, int... sources)
      throws VerificationException {
    Map<SliverId, Sliver> slivers = metadata.equals(cheat) ? cheatSlivers : honestSlivers;
    List<RecoverySymbol> symbols = new ArrayList<>();
    try (Arena arena = Arena.ofConfined()) {
      for (int source : sources) {
        Sliver sliver = slivers.get(new SliverId(target.axis().opposite(), source));
        symbols.add(CODEC.expand(metadata, sliver, arena).recoverySymbol(target.index()));
      }
    }
    return symbols;
  }

  /** Every choice of so many of the four indices, each ascending, in order. */
  private static List<int[]> choices(int size) {
    return IntStream.range(0, 1 << SHARDS)
        .mapToObj(set -> IntStream.range(0, SHARDS).filter(i -> (set >> i & 1) != 0).toArray())
        .filter(choice -> choice.length == size)
        .sorted(Arrays::compare)
        .toList();
  }

  private static String names(int[] indices) {
    return String.join(" ", Arrays.stream(indices).mapToObj(Integer::toString).toList());
  }

  private static VerifiedMetadata commit(Map<SliverId, Sliver> slivers) {
    byte[] hashes = new byte[64 * SHARDS];
    for (Sliver sliver : slivers.values()) {
      int at = 64 * sliver.id().pair(PARAMETERS).value();
      at += sliver.id().axis() == Axis.PRIMARY ? 0 : 32;
      System.arraycopy(root(sliver), 0, hashes, at, 32);
    }
    return VerifiedMetadata.ofHashes(PARAMETERS, OFFICIAL.length(), hashes);
  }

  private static byte[] root(Sliver sliver) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment symbols = arena.allocate(2L * SHARDS);
      symbols.copyFrom(MemorySegment.ofArray(expanded(sliver)));
      LeafHasher hasher = new LeafHasher(Engines.selected(), arena);
      return MerkleTree.ofLeaves(hasher, symbols, 0, 2, 2, SHARDS).root();
    }
  }

  /** The four symbols of a sliver, whoever committed to it. */
  private static byte[] expanded(Sliver sliver) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment symbols = arena.allocate(2L * SHARDS);
      symbols.copyFrom(MemorySegment.ofArray(sliver.toBytes()));
      SymbolRows rows = SymbolRows.contiguous(symbols, 0, 2);
      MatrixEncoder.sliverCode(PARAMETERS, sliver.id().axis())
          .newEncoder(Engines.selected(), arena)
          .encode(rows, rows, 2, 1);
      return symbols.toArray(ValueLayout.JAVA_BYTE);
    }
  }

  private static void line(StringBuilder block, Object label, String... fields) {
    block.append("%-24s".formatted(label)).append(String.join("  ", fields)).append('\n');
  }

  private static String pad(String text) {
    return "%-24s".formatted(text);
  }

  /** All bytes, cut into fields of these lengths. */
  private static String[] fields(byte[] bytes, int... lengths) {
    String[] fields = new String[lengths.length];
    int at = 0;
    for (int i = 0; i < lengths.length; i++) {
      fields[i] = hex(Arrays.copyOfRange(bytes, at, at + lengths[i]));
      at += lengths[i];
    }
    assertEquals(bytes.length, at);
    return fields;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
