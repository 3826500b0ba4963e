package io.redstuff.fuzz;

import io.redstuff.Axis;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.codec.RedStuff;
import io.redstuff.error.RedStuffException;
import io.redstuff.fuzz.Fields.Field;
import io.redstuff.proof.BlobMetadata;
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
    byte[] hash = encoding.metadata().sliverHash(cheated);
    hash[0] ^= 1;
    return new Forgery(encoding, committedTo(encoding, cheated, hash), cheated);
  }

  /** A blob of a writer who committed to no hash for sliver {@code cheated}: to an empty node. */
  static Forgery withoutHash(int shards, SliverId cheated) {
    Encoding encoding = encoding(shards);
    VerifiedMetadata zeros = committedTo(encoding, cheated, new byte[DIGEST_BYTES]);
    List<Field> fields = Wire.METADATA.fields(zeros.toBcs());
    // Id, version, encoding type, length and count; then a tag and a digest for each sliver.
    int node = 5 + 2 * hashIndex(encoding, cheated);
    fields.set(node, new Field(Fields.Type.NODE, new byte[1]));
    fields.remove(node + 1);
    try {
      VerifiedMetadata metadata =
          encoding.codec().verify(BlobMetadata.parse(Fields.join(fields)), zeros.blobId());
      return new Forgery(encoding, metadata, cheated);
    } catch (RedStuffException e) {
      throw new AssertionError("refuses metadata without a hash of " + cheated, e);
    }
  }

  private static int hashIndex(Encoding encoding, SliverId id) {
    return 2 * id.pair(encoding.parameters()).value() + id.axis().variant();
  }

  private static VerifiedMetadata committedTo(Encoding encoding, SliverId cheated, byte[] hash) {
    byte[] hashes = new byte[2 * DIGEST_BYTES * encoding.shards()];
    for (Axis axis : Axis.values()) {
      for (int i = 0; i < encoding.shards(); i++) {
        SliverId id = new SliverId(axis, i);
        byte[] committed = id.equals(cheated) ? hash : encoding.metadata().sliverHash(id);
        int at = DIGEST_BYTES * hashIndex(encoding, id);
        System.arraycopy(committed, 0, hashes, at, DIGEST_BYTES);
      }
    }
    return VerifiedMetadata.ofHashes(encoding.parameters(), encoding.blob().length, hashes);
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
    return asHashed(new Fields(proof.toBcs()).proof().list());
  }

  /** Fields with a digest of zeros in place of each empty node. */
  static byte[] asHashed(List<Field> fields) {
    List<Field> hashed = new ArrayList<>(fields);
    for (int i = hashed.size() - 1; i >= 0; i--) {
      Field field = hashed.get(i);
      if (field.type() == Fields.Type.NODE && field.bytes()[0] == 0) {
        hashed.set(i, new Field(Fields.Type.NODE, new byte[] {1}));
        hashed.add(i + 1, new Field(Fields.Type.BYTES, new byte[DIGEST_BYTES]));
      }
    }
    return Fields.join(hashed);
  }
}
