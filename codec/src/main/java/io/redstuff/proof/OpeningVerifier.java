package io.redstuff.proof;

import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.error.VerificationException;
import io.redstuff.simd.Engine;
import io.redstuff.simd.LeafHasher;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Proves many openings together, of any blobs, side by side in the lanes of the hasher.
 *
 * <p>Reusable; keeps its memory in the arena it was made with. For one thread at a time.
 *
 * @since 0.1.0
 */
public final class OpeningVerifier {
  private static final int LEAF_BYTES = 2 * Nodes.DIGEST_BYTES;

  private final PathClimber climber;

  /**
   * An opening, and the blob that it is said to be of.
   *
   * @param opening the opening, of which nothing is known
   * @param blobId the id of the blob
   */
  public record Claim(SliverOpening opening, BlobId blobId) {
    /**
     * Puts the two together.
     *
     * @throws NullPointerException if one is null
     */
    public Claim {
      Objects.requireNonNull(opening, "opening");
      Objects.requireNonNull(blobId, "blobId");
    }
  }

  /**
   * A verifier.
   *
   * @param engine does the hashing
   * @param arena gives the memory and decides which threads may use the verifier and for how long
   */
  public OpeningVerifier(Engine engine, Arena arena) {
    this.climber = new PathClimber(new LeafHasher(engine, arena), arena);
  }

  /**
   * Proves openings.
   *
   * @param parameters the encoding parameters of the network
   * @param claims any number of openings and the blobs that they are said to be of
   * @return the same hashes, proven, in order
   * @throws VerificationException as {@link SliverOpening#verify}, if one of them is not good
   */
  public List<VerifiedOpening> verify(EncodingParameters parameters, List<Claim> claims)
      throws VerificationException {
    for (Claim claim : claims) {
      claim.opening().checkShape(parameters);
    }
    List<VerifiedOpening> verified = new ArrayList<>(claims.size());
    for (int from = 0; from < claims.size(); from += PathClimber.BATCH) {
      int to = Math.min(claims.size(), from + PathClimber.BATCH);
      prove(parameters, claims.subList(from, to), verified);
    }
    return verified;
  }

  private void prove(
      EncodingParameters parameters, List<Claim> claims, List<VerifiedOpening> verified)
      throws VerificationException {
    int count = claims.size();
    MemorySegment leaves = climber.leaves(count, LEAF_BYTES);
    PathClimber.Paths paths = new PathClimber.Paths(count);
    for (int i = 0; i < count; i++) {
      SliverOpening opening = claims.get(i).opening();
      byte[] leaf = opening.hashes().digests();
      MemorySegment.copy(leaf, 0, leaves, ValueLayout.JAVA_BYTE, (long) i * LEAF_BYTES, LEAF_BYTES);
      // Of one blob there are mostly few pairs, far from each other: nothing to be shared.
      paths.set(i, opening.proof(), opening.pair().value(), false);
    }
    MemorySegment roots = climber.climb(paths, LEAF_BYTES, MerkleTree.height(parameters.shards()));
    for (int i = 0; i < count; i++) {
      byte[] root =
          roots.asSlice(paths.rootOffset(i), Nodes.DIGEST_BYTES).toArray(ValueLayout.JAVA_BYTE);
      Claim claim = claims.get(i);
      verified.add(claim.opening().verifiedBy(root, parameters, claim.blobId()));
    }
  }
}
