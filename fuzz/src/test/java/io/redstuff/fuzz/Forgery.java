package io.redstuff.fuzz;

import io.redstuff.Axis;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.codec.RedStuff;
import io.redstuff.fuzz.Fields.Field;
import io.redstuff.proof.InconsistencyProof;
import io.redstuff.proof.MerkleProof;
import io.redstuff.proof.RecoverySymbol;
import io.redstuff.proof.VerifiedMetadata;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A blob and what can truly be said about it, to hold forgeries against. The writer may have
 * committed to a wrong hash for one sliver.
 */
final class Forgery {
  private static final int DIGEST_BYTES = 32;

  private final Encoding encoding;
  private final VerifiedMetadata metadata;
  private final SliverId cheated;

  private Forgery(Encoding encoding, VerifiedMetadata metadata, SliverId cheated) {
    this.encoding = encoding;
    this.metadata = metadata;
    this.cheated = cheated;
  }

  /** Returns a blob of an honest writer. */
  static Forgery honest(int shards) {
    Encoding encoding = encoding(shards);
    return new Forgery(encoding, encoding.metadata(), null);
  }

  /** Returns a blob of a writer who committed to another hash for sliver {@code cheated}. */
  static Forgery cheating(int shards, SliverId cheated) {
    Encoding encoding = encoding(shards);
    byte[] hashes = new byte[2 * DIGEST_BYTES * shards];
    for (Axis axis : Axis.values()) {
      for (int i = 0; i < shards; i++) {
        SliverId id = new SliverId(axis, i);
        byte[] hash = encoding.metadata().sliverHash(id);
        hash[0] ^= (byte) (id.equals(cheated) ? 1 : 0);
        int at = 2 * id.pair(encoding.parameters()).value() + axis.variant();
        System.arraycopy(hash, 0, hashes, DIGEST_BYTES * at, DIGEST_BYTES);
      }
    }
    VerifiedMetadata metadata =
        VerifiedMetadata.ofHashes(encoding.parameters(), encoding.blob().length, hashes);
    return new Forgery(encoding, metadata, cheated);
  }

  private static Encoding encoding(int shards) {
    byte[] blob = new byte[8 * shards * shards];
    for (int i = 0; i < blob.length; i++) {
      blob[i] = (byte) (i * i * 31 + i * 7 + shards);
    }
    return Encoding.of(shards, blob);
  }

  Encoding encoding() {
    return encoding;
  }

  RedStuff codec() {
    return encoding.codec();
  }

  int shards() {
    return encoding.shards();
  }

  /** Returns what the writer committed to. */
  VerifiedMetadata metadata() {
    return metadata;
  }

  /** Returns a claim that {@code target} was encoded inconsistently, from true symbols. */
  InconsistencyProof claim(SliverId target, int firstSource) {
    List<RecoverySymbol> symbols = new ArrayList<>();
    for (int i = 0; i < encoding.parameters().symbolsPerSliver(target.axis()); i++) {
      int source = (firstSource + i) % shards();
      symbols.add(encoding.symbol(new SliverId(target.axis().opposite(), source), target.index()));
    }
    return new InconsistencyProof(target, symbols);
  }

  /** Returns whether a sliver is what the metadata commits to. */
  boolean isCommitted(Sliver sliver) {
    return encoding.isTrue(sliver) && !sliver.id().equals(cheated);
  }

  /** Returns whether a path is the true one of the symbol at {@code target} of {@code source}. */
  boolean isTrue(SliverId source, int target, byte[] symbol, MerkleProof proof) {
    if (source.index() >= shards() || target >= shards() || source.equals(cheated)) {
      return false;
    }
    RecoverySymbol genuine = encoding.symbol(source, target);
    return Arrays.equals(genuine.data(), symbol)
        && Arrays.equals(asHashed(genuine.proof()), asHashed(proof));
  }

  /** Returns whether a symbol is the true one for {@code target}. */
  boolean isTrue(RecoverySymbol symbol, SliverId target) {
    return symbol.axis() == target.axis()
        && isTrue(symbol.source(), target.index(), symbol.data(), symbol.proof());
  }

  /** Returns whether the writer cheated with the target, and enough true symbols show it. */
  boolean isTrue(InconsistencyProof proof) {
    Set<Integer> sources = new HashSet<>();
    for (RecoverySymbol symbol : proof.symbols()) {
      if (!isTrue(symbol, proof.target()) || !sources.add(symbol.sourceIndex())) {
        return false;
      }
    }
    return proof.target().equals(cheated)
        && sources.size() == encoding.parameters().symbolsPerSliver(cheated.axis());
  }

  /**
   * Returns the nodes of a path as they are hashed, which is the same for an empty one and for
   * zeros.
   */
  private static byte[] asHashed(MerkleProof proof) {
    byte[] nodes = new byte[proof.length() * DIGEST_BYTES];
    List<Field> fields = new Fields(proof.toBcs()).proof().list();
    int node = -1;
    for (Field field : fields.subList(1, fields.size())) {
      if (field.type() == Fields.Type.TAG) {
        node++;
      } else {
        System.arraycopy(field.bytes(), 0, nodes, node * DIGEST_BYTES, DIGEST_BYTES);
      }
    }
    return nodes;
  }
}
