package io.redstuff.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.SymbolId;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.RedStuffException;
import io.redstuff.error.VerificationException;
import io.redstuff.proof.BlobMetadata;
import io.redstuff.proof.DecodingSymbol;
import io.redstuff.proof.GeneralRecoverySymbol;
import io.redstuff.proof.InconsistencyProof;
import io.redstuff.proof.MerkleProof;
import io.redstuff.proof.RecoverySymbol;
import io.redstuff.proof.SliverPairHashes;
import io.redstuff.proof.VerifiedMetadata;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What compares by value: each part counts, equal values have equal hashes, text names them. */
class ValuesTest {
  private static final SliverId TARGET = SliverId.primary(1);
  private static final StoredBlob STORED = StoredBlob.honest(7, 300, 1);
  private static final StoredBlob OTHER = StoredBlob.honest(7, 300, 2);
  private static final String ID = STORED.metadata.blobId().toString();

  /**
   * A value, the same made again, and values that differ from it in one part each. Hashes of those
   * need not differ, but a hash that is the same for all would be a mistake.
   */
  private static void check(Object value, Object again, List<?> others, String text) {
    assertEquals(value, again);
    assertEquals(value.hashCode(), again.hashCode());
    assertEquals(text, value.toString());
    assertNotEquals(value, text);
    assertNotEquals(0, value.hashCode());
    for (Object other : others) {
      assertNotEquals(value, other);
      assertNotEquals(other, value);
      assertNotEquals(value.hashCode(), other.hashCode(), other::toString);
    }
  }

  private static RecoverySymbol symbol(StoredBlob stored, SliverId target, int source)
      throws VerificationException {
    return stored.symbolsFor(target).get(source);
  }

  private static byte[] digest(int... firstBytes) {
    byte[] digest = new byte[32];
    for (int i = 0; i < firstBytes.length; i++) {
      digest[i] = (byte) firstBytes[i];
    }
    return digest;
  }

  @Test
  void decodingSymbols() {
    check(
        new DecodingSymbol(3, new byte[] {1, 2}),
        new DecodingSymbol(3, new byte[] {1, 2}),
        List.of(
            new DecodingSymbol(4, new byte[] {1, 2}),
            new DecodingSymbol(3, new byte[] {1, 3}),
            new DecodingSymbol(3, new byte[] {1, 2, 0, 0})),
        "symbol of 2 bytes from sliver 3");
  }

  @Test
  void merkleProofs() throws MalformedDataException {
    byte[] two = new byte[1 + 33 + 1];
    two[0] = 2;
    two[1] = 1;
    two[2] = 7;
    byte[] empty = {2, 0, 0};
    byte[] zeros = new byte[1 + 33 + 1];
    zeros[0] = 2;
    zeros[1] = 1;
    check(
        MerkleProof.parse(two),
        MerkleProof.parse(two.clone()),
        List.of(MerkleProof.parse(empty), MerkleProof.parse(zeros)),
        "Merkle proof of 2 nodes");
    assertNotEquals(MerkleProof.parse(empty), MerkleProof.parse(zeros));
  }

  @Test
  void recoverySymbols() throws RedStuffException {
    RecoverySymbol value = symbol(STORED, TARGET, 2);
    RecoverySymbol other = symbol(OTHER, TARGET, 2);
    check(
        value,
        symbol(STORED, TARGET, 2),
        List.of(
            new RecoverySymbol(Axis.SECONDARY, value.withoutProof(), value.proof()),
            new RecoverySymbol(Axis.PRIMARY, other.withoutProof(), value.proof()),
            new RecoverySymbol(Axis.PRIMARY, value.withoutProof(), other.proof())),
        "recovery symbol for a primary sliver from " + SliverId.secondary(2));
  }

  @Test
  void generalRecoverySymbols() throws RedStuffException {
    RecoverySymbol symbol = symbol(STORED, TARGET, 2);
    GeneralRecoverySymbol value = symbol.withTarget(1);
    check(
        value,
        symbol(STORED, TARGET, 2).withTarget(1),
        List.of(symbol.withTarget(3), symbol(OTHER, TARGET, 2).withTarget(1)),
        "recovery symbol 1-2 for " + TARGET);
    VerificationException e =
        assertThrows(
            VerificationException.class, () -> value.verify(STORED.metadata, SliverId.primary(2)));
    assertEquals(VerificationException.Reason.NOT_USABLE_FOR_TARGET, e.reason());
    // the symbol lies on the sliver, but is of another blob
    assertThrows(VerificationException.class, () -> value.verify(OTHER.metadata, TARGET));
    value.verify(STORED.metadata, TARGET);
  }

  @Test
  void inconsistencyProofs() throws RedStuffException {
    List<RecoverySymbol> symbols = STORED.symbolsFor(TARGET);
    InconsistencyProof value = new InconsistencyProof(TARGET, symbols);
    check(
        value,
        new InconsistencyProof(TARGET, new ArrayList<>(symbols)),
        List.of(
            new InconsistencyProof(SliverId.primary(2), symbols),
            new InconsistencyProof(TARGET, symbols.subList(0, 5))),
        "inconsistency proof for " + TARGET + " from 7 symbols");
    assertEquals(TARGET, value.target());
    assertEquals(symbols, value.symbols());
  }

  @Test
  void pairsOfHashes() {
    check(
        new SliverPairHashes(digest(1), digest(2)),
        new SliverPairHashes(digest(1), digest(2)),
        List.of(
            new SliverPairHashes(digest(1), digest(3)),
            new SliverPairHashes(digest(3), digest(2)),
            new SliverPairHashes(digest(2), digest(1))),
        "primary 01" + "00".repeat(31) + ", secondary 02" + "00".repeat(31));
  }

  @Test
  void metadata() throws MalformedDataException {
    byte[] otherId = STORED.metadata.toBcs();
    otherId[0] ^= 1;
    check(
        BlobMetadata.parse(STORED.metadata.toBcs()),
        BlobMetadata.parse(STORED.metadata.toBcs()),
        List.of(BlobMetadata.parse(otherId)),
        "unverified metadata of " + ID + " (300 bytes, 7 shards)");

    byte[] hashes = new byte[64 * 7];
    EncodingParameters parameters = EncodingParameters.forShards(7);
    VerifiedMetadata value = VerifiedMetadata.ofHashes(parameters, 300, hashes);
    byte[] others = hashes.clone();
    others[100] = 1;
    check(
        value,
        VerifiedMetadata.ofHashes(parameters, 300, hashes.clone()),
        List.of(
            VerifiedMetadata.ofHashes(parameters, 301, hashes),
            VerifiedMetadata.ofHashes(parameters, 300, others),
            VerifiedMetadata.ofHashes(EncodingParameters.forShards(8), 300, new byte[64 * 8])),
        "metadata of " + value.blobId() + " (300 bytes, 7 shards)");
  }

  @Test
  void slivers() throws RedStuffException {
    try (Arena arena = Arena.ofConfined()) {
      Sliver sliver = STORED.sliver(TARGET);
      VerifiedSliver verified = STORED.codec.expand(STORED.metadata, sliver, arena).verified();
      assertEquals(sliver, verified.sliver());
      assertEquals(STORED.metadata.blobId(), verified.blobId());
      assertEquals(TARGET + " of " + ID, verified.toString());
    }
  }

  @Test
  void symbolIds() throws MalformedDataException {
    SymbolId id = new SymbolId(2, 30);
    assertEquals(SliverId.primary(2), id.sliver(Axis.PRIMARY));
    assertEquals(SliverId.secondary(30), id.sliver(Axis.SECONDARY));
    assertEquals("2-30", id.toString());
    List<SymbolId> ids = new ArrayList<>();
    for (String text : List.of("10-1", "2-30", "2-4", "0-65535", "2-4")) {
      ids.add(SymbolId.parse(text));
    }
    Collections.sort(ids);
    assertEquals("[0-65535, 2-4, 2-4, 2-30, 10-1]", ids.toString());
    assertThrows(MalformedDataException.class, () -> SymbolId.parse("65536-1"));
    String twenty = "x".repeat(20);
    assertShown(twenty, twenty);
    assertShown(twenty + "...", twenty + "y");
  }

  /** One encoding each: nothing may be missing from it, nothing may follow it. */
  @Test
  void damagedEncodings() throws RedStuffException {
    RecoverySymbol symbol = symbol(STORED, TARGET, 2);
    Refusals.check(symbol.withoutProof().toBcs(), bcs -> DecodingSymbol.parse(bcs).toBcs());
    Refusals.check(symbol.toBcs(), bcs -> RecoverySymbol.parse(Axis.PRIMARY, bcs).toBcs());
    GeneralRecoverySymbol general = symbol.withTarget(1);
    Refusals.check(general.toBcs(), bcs -> GeneralRecoverySymbol.parse(bcs).toBcs());
    Refusals.check(
        GeneralRecoverySymbol.toBcs(List.of(general, symbol.withTarget(2))),
        bcs ->
            GeneralRecoverySymbol.toBcs(
                GeneralRecoverySymbol.parseAll(MemorySegment.ofArray(bcs))));
    InconsistencyProof proof = new InconsistencyProof(TARGET, List.of(symbol));
    Refusals.check(proof.toBcs(), bcs -> InconsistencyProof.parse(bcs).toBcs());
    Refusals.check(
        proof.toBcsWithoutAxis(),
        bcs -> InconsistencyProof.parseWithoutAxis(TARGET.axis(), bcs).toBcsWithoutAxis());
    assertArrayEquals(
        proof.toBcsWithoutAxis(),
        Arrays.copyOfRange(proof.toBcs(), 1, proof.toBcs().length),
        "all but the variant");
  }

  private static void assertShown(String shown, String text) {
    String message =
        assertThrows(MalformedDataException.class, () -> SymbolId.parse(text)).getMessage();
    assertTrue(message.contains("got '" + shown + "'"), message);
  }
}
