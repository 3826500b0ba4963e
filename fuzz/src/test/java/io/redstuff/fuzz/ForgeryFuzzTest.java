package io.redstuff.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.redstuff.Axis;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.error.VerificationException;
import io.redstuff.fuzz.Fields.Field;
import io.redstuff.proof.BlobMetadata;
import io.redstuff.proof.GeneralRecoverySymbol;
import io.redstuff.proof.InconsistencyProof;
import io.redstuff.proof.MerkleProof;
import io.redstuff.proof.RecoverySymbol;
import io.redstuff.proof.RejectedSymbol;
import io.redstuff.proof.SymbolVerifier;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.simd.Engines;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Proofs, symbols, slivers and metadata that were valid and are changed field by field: whatever is
 * still accepted says something true. An empty node may be written as a digest of zeros, which
 * hashes alike; nothing else may differ.
 */
class ForgeryFuzzTest {
  private static final int[] SHARDS = {4, 5, 7, 10};
  private static final Map<String, Forgery> BLOBS = new HashMap<>();
  private static final int MOST_TOGETHER = 8;

  /** Says whether something is accepted, by returning. */
  @FunctionalInterface
  private interface Verification {
    void run() throws VerificationException;
  }

  @FuzzTest
  void forge(byte[] input) {
    Draws draws = new Draws(input);
    Forgery blob = blob(draws);
    switch (draws.below(6)) {
      case 0 -> merkleProof(draws, blob);
      case 1 -> recoverySymbol(draws, blob);
      case 2 -> symbolsTogether(draws, blob);
      case 3 -> inconsistencyProof(draws, blob);
      case 4 -> sliver(draws, blob);
      default -> metadata(draws, blob);
    }
  }

  private static Forgery blob(Draws draws) {
    int shards = SHARDS[draws.below(SHARDS.length)];
    int writer = draws.below(3);
    if (writer == 0) {
      return BLOBS.computeIfAbsent("honest " + shards, _ -> Forgery.honest(shards));
    }
    SliverId cheated = new SliverId(draws.of(Axis.values()), draws.below(shards));
    return writer == 1
        ? BLOBS.computeIfAbsent(shards + " but " + cheated, _ -> Forgery.cheating(shards, cheated))
        : BLOBS.computeIfAbsent(
            shards + " without " + cheated, _ -> Forgery.withoutHash(shards, cheated));
  }

  private static boolean accepts(Verification verification) {
    try {
      verification.run();
      return true;
    } catch (VerificationException e) {
      assertFalse(e.getMessage().isBlank(), () -> "a message for " + e.reason());
      return false;
    }
  }

  /** Returns the bytes of {@code valid}, changed. */
  private static <T> byte[] mutate(
      Draws draws, Wire<T> wire, T valid, T donor, Function<T, byte[]> writer) {
    List<Field> fields = wire.fields(writer.apply(valid));
    return FieldMutation.mutate(draws, fields, wire.fields(writer.apply(donor)));
  }

  private static RecoverySymbol drawSymbol(Draws draws, Forgery blob) {
    SliverId source = blob.encoding().drawId(draws);
    return blob.encoding().symbol(source, draws.below(blob.shards()));
  }

  private static void merkleProof(Draws draws, Forgery blob) {
    SliverId source = blob.encoding().drawId(draws);
    int index = draws.below(blob.shards());
    RecoverySymbol valid = blob.encoding().symbol(source, index);
    MerkleProof donor = drawSymbol(draws, blob).proof();
    int other = draws.of(index, draws.below(blob.shards() + 2), index + 16);
    byte[] data = draws.of(valid, drawSymbol(draws, blob)).data();
    byte[] bytes = mutate(draws, Wire.MERKLE_PROOF, valid.proof(), donor, MerkleProof::toBcs);
    byte[] hash = blob.metadata().sliverHash(source);
    // No path leads to a hash that is not there, nor to zeros.
    byte[] root = Arrays.copyOf(hash, 32);
    Wire.MERKLE_PROOF
        .check(bytes)
        .ifPresent(
            proof ->
                assertEquals(
                    blob.isTrue(source, other, data, proof),
                    accepts(() -> proof.verify(root, data, other, blob.shards()))));
  }

  private static void recoverySymbol(Draws draws, Forgery blob) {
    RecoverySymbol valid = drawSymbol(draws, blob);
    RecoverySymbol donor = drawSymbol(draws, blob);
    SliverId target = blob.encoding().drawId(draws);
    Wire<RecoverySymbol> wire =
        valid.axis() == Axis.PRIMARY ? Wire.PRIMARY_SYMBOL : Wire.SECONDARY_SYMBOL;
    wire.check(mutate(draws, wire, valid, donor, RecoverySymbol::toBcs))
        .ifPresent(
            symbol ->
                assertEquals(
                    blob.isTrue(symbol, target),
                    accepts(() -> symbol.verify(blob.metadata(), target))));
  }

  /** Side by side in one call, where one must not help the other. */
  private static void symbolsTogether(Draws draws, Forgery blob) {
    List<GeneralRecoverySymbol> symbols = new ArrayList<>();
    List<GeneralRecoverySymbol> expected = new ArrayList<>();
    SliverId source = blob.encoding().drawId(draws);
    for (int left = 1 + draws.below(MOST_TOGETHER); left > 0; left--) {
      int target = draws.below(blob.shards());
      GeneralRecoverySymbol valid = blob.encoding().symbol(source, target).withTarget(target);
      GeneralRecoverySymbol donor = drawSymbol(draws, blob).withTarget(target);
      if (draws.below(2) == 0) {
        symbols.add(valid);
      } else {
        Wire.GENERAL_SYMBOL
            .check(mutate(draws, Wire.GENERAL_SYMBOL, valid, donor, GeneralRecoverySymbol::toBcs))
            .ifPresent(symbols::add);
      }
    }
    for (GeneralRecoverySymbol symbol : symbols) {
      boolean isTrue = blob.isTrue(symbol.withoutTarget(), symbol.target());
      assertEquals(isTrue, accepts(() -> symbol.verify(blob.metadata())), symbol::toString);
      if (!isTrue) {
        expected.add(symbol);
      }
    }
    try (Arena arena = Arena.ofConfined()) {
      SymbolVerifier verifier = new SymbolVerifier(Engines.selected(), arena);
      Map<GeneralRecoverySymbol, RejectedSymbol> rejected =
          verifier.verify(blob.metadata(), symbols);
      assertEquals(Set.copyOf(expected), rejected.keySet());
    }
  }

  private static void inconsistencyProof(Draws draws, Forgery blob) {
    SliverId target = blob.encoding().drawId(draws);
    InconsistencyProof valid = blob.claim(target, draws.below(blob.shards()));
    InconsistencyProof donor =
        blob.claim(draws.of(target, blob.encoding().drawId(draws)), draws.below(blob.shards()));
    assertEquals(blob.isTrue(valid), accepts(() -> blob.codec().confirm(blob.metadata(), valid)));
    Wire.INCONSISTENCY_PROOF
        .check(mutate(draws, Wire.INCONSISTENCY_PROOF, valid, donor, InconsistencyProof::toBcs))
        .ifPresent(
            proof ->
                assertEquals(
                    blob.isTrue(proof),
                    accepts(() -> blob.codec().confirm(blob.metadata(), proof)),
                    proof::toString));
  }

  private static void sliver(Draws draws, Forgery blob) {
    Sliver valid = blob.encoding().sliver(blob.encoding().drawId(draws));
    Sliver donor = blob.encoding().sliver(blob.encoding().drawId(draws));
    Wire.TAGGED_SLIVER
        .check(mutate(draws, Wire.TAGGED_SLIVER, valid, donor, Sliver::toTaggedBcs))
        .ifPresent(
            sliver ->
                assertEquals(
                    blob.isCommitted(sliver),
                    accepts(() -> blob.codec().verify(blob.metadata(), sliver)),
                    sliver::toString));
  }

  private static void metadata(Draws draws, Forgery blob) {
    byte[] valid = blob.metadata().toBcs();
    byte[] donor = blob(draws).metadata().toBcs();
    byte[] bytes =
        FieldMutation.mutate(draws, Wire.METADATA.fields(valid), Wire.METADATA.fields(donor));
    Wire.METADATA.check(bytes).ifPresent(read -> metadata(draws, blob, read));
  }

  /**
   * Of the same id there is other metadata only if an empty node and zeros stand for each other.
   */
  private static void metadata(Draws draws, Forgery blob, BlobMetadata read) {
    VerifiedMetadata verified;
    try {
      verified = blob.codec().verify(read, blob.metadata().blobId());
    } catch (VerificationException e) {
      assertFalse(e.getMessage().isBlank(), () -> "a message for " + e.reason());
      return;
    }
    assertArrayEquals(read.toBcs(), verified.toBcs());
    assertArrayEquals(
        Forgery.asHashed(Wire.METADATA.fields(blob.metadata().toBcs())),
        Forgery.asHashed(Wire.METADATA.fields(read.toBcs())));
    // No hash and one that nothing has come to the same.
    InconsistencyProof claim =
        blob.claim(blob.encoding().drawId(draws), draws.below(blob.shards()));
    assertEquals(blob.isTrue(claim), accepts(() -> blob.codec().confirm(verified, claim)));
    Sliver sliver = blob.encoding().sliver(blob.encoding().drawId(draws));
    assertEquals(blob.isCommitted(sliver), accepts(() -> blob.codec().verify(verified, sliver)));
  }
}
