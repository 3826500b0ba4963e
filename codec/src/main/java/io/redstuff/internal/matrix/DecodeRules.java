package io.redstuff.internal.matrix;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.SliverId;
import io.redstuff.error.InsufficientDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import io.redstuff.proof.SliverHashes;
import io.redstuff.proof.VerifiedMetadata;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The rules by which a blob is decoded, the same wherever its slivers lie: which of them are taken,
 * what happens when the result is not what the metadata commits to, and the words of a refusal.
 *
 * <p>Slivers are taken as they come. If the result is wrong, they are checked by themselves until
 * enough are good, the bad ones are given up, and the good ones decoded again.
 *
 * @param <X> what reading slivers can throw
 */
public final class DecodeRules<X extends Exception> {
  /**
   * The slivers that there are.
   *
   * @param <X> what reading them can throw
   */
  public interface Slivers<X extends Exception> {
    /**
     * Returns whether slivers of one axis have the hashes that the metadata commits to, in order.
     */
    boolean[] match(List<SliverId> ids) throws X;

    /**
     * Gives up a sliver that does not match; true if there is another one that is said to be the
     * same.
     */
    default boolean replace(SliverId bad) {
      return false;
    }
  }

  /**
   * One decoding.
   *
   * @param <X> what reading slivers can throw
   */
  @FunctionalInterface
  public interface Attempt<X extends Exception> {
    /** Decodes from slivers of an axis; false if the result is not what metadata commits to. */
    boolean decode(Axis axis, BitSet sources) throws X;
  }

  private final VerifiedMetadata metadata;
  private final EncodingParameters parameters;
  private final Slivers<X> slivers;

  /** By axis, the slivers that are there and not known to be bad. */
  private final Map<Axis, BitSet> usable = new EnumMap<>(Axis.class);

  /** By axis, those that match the metadata. */
  private final Map<Axis, BitSet> verified = new EnumMap<>(Axis.class);

  /** By axis, those that do not, nor does any other that is said to be the same. */
  private final Map<Axis, BitSet> bad = new EnumMap<>(Axis.class);

  private VerificationException firstFailure;
  private int failures;

  /** The rules for a blob, of whose slivers nothing is known yet. */
  public DecodeRules(VerifiedMetadata metadata, Slivers<X> slivers) {
    this.metadata = metadata;
    this.parameters = metadata.parameters();
    this.slivers = slivers;
    for (Axis axis : Axis.values()) {
      usable.put(axis, new BitSet());
      verified.put(axis, new BitSet());
      bad.put(axis, new BitSet());
    }
  }

  /** Checks that hashes are for a codec of this shape; a mistake of the caller's if not. */
  public static void checkShards(EncodingParameters parameters, SliverHashes hashes) {
    if (!hashes.parameters().equals(parameters)) {
      throw new IllegalArgumentException(
          "metadata: got one for %s shards, expected %s"
              .formatted(hashes.parameters().shards(), parameters.shards()));
    }
  }

  /** Returns what to throw for a sliver that is not the one committed to. */
  public static VerificationException rootMismatch(SliverHashes hashes, SliverId id) {
    boolean unknown = !(hashes instanceof VerifiedMetadata) && hashes.sliverHash(id).length == 0;
    return new VerificationException(
        Reason.ROOT_MISMATCH,
        unknown
            ? id + " sliver: got no hash of it to compare with, expected one of " + hashes
            : id + " sliver: its hash is not the one that blob " + hashes.blobId() + " commits to");
  }

  /** Takes up the slivers that are there and not known to be bad. */
  public void takeUp(Predicate<SliverId> there) {
    for (Axis axis : Axis.values()) {
      for (int index = 0; index < parameters.shards(); index++) {
        SliverId id = new SliverId(axis, index);
        usable.get(axis).set(index, there.test(id));
      }
    }
  }

  /** Takes it as known that all slivers which were taken up match the metadata. */
  public void trust() {
    usable.forEach((axis, indices) -> verified.get(axis).or(indices));
  }

  /** Returns the slivers of an axis that were taken up and not known to be bad. */
  public BitSet usable(Axis axis) {
    return usable.get(axis);
  }

  /** Returns whether a sliver is known to match the metadata. */
  public boolean isVerified(SliverId id) {
    return verified.get(id.axis()).get(id.index());
  }

  /** Returns whether a sliver is known not to match. */
  public boolean isBad(SliverId id) {
    return bad.get(id.axis()).get(id.index());
  }

  /**
   * Decodes.
   *
   * @param verifiedOnly whether to take only slivers that match the metadata from the start
   * @throws VerificationException if too few slivers match, or enough do and the result is still
   *     not what the metadata commits to
   */
  public void decode(boolean verifiedOnly, Attempt<X> attempt)
      throws X, InsufficientDataException, VerificationException {
    Axis axis = chooseAxis();
    if (verifiedOnly) {
      axis = verifyEnough();
    }
    if (!attempt.decode(axis, sources(axis))) {
      int before = failures;
      Axis checked = verifyEnough();
      if (failures == before || !attempt.decode(checked, sources(checked))) {
        throw inconsistentBlob();
      }
    }
  }

  /** Returns the first of the usable slivers of an axis, as many as it takes. */
  private BitSet sources(Axis axis) {
    BitSet sources = new BitSet();
    usable.get(axis).stream().limit(parameters.sourceSymbols(axis)).forEach(sources::set);
    return sources;
  }

  private int count(Axis axis) {
    return usable.get(axis).cardinality();
  }

  /** Returns whether there are as many usable slivers of an axis as determine the blob. */
  public boolean isEnough(Axis axis) {
    return count(axis) >= parameters.sourceSymbols(axis);
  }

  /**
   * Returns the axis to decode from: primary if there are enough, since its good rows need no work.
   *
   * @throws InsufficientDataException if there were too few of both from the start
   * @throws VerificationException if there were enough, but some are bad
   */
  public Axis chooseAxis() throws InsufficientDataException, VerificationException {
    for (Axis axis : Axis.values()) {
      if (isEnough(axis)) {
        return axis;
      }
    }
    int k1 = parameters.sourceSymbols(Axis.PRIMARY);
    int k2 = parameters.sourceSymbols(Axis.SECONDARY);
    long primaries = (long) count(Axis.PRIMARY) + bad.get(Axis.PRIMARY).cardinality();
    long secondaries = (long) count(Axis.SECONDARY) + bad.get(Axis.SECONDARY).cardinality();
    if (primaries >= k1 || secondaries >= k2) {
      throw new VerificationException(
          firstFailure.reason(),
          "%s (and %s more; of the good slivers got %s primary, %s secondary, expected %s or %s)"
              .formatted(
                  firstFailure.getMessage(),
                  failures - 1,
                  count(Axis.PRIMARY),
                  count(Axis.SECONDARY),
                  k1,
                  k2));
    }
    // tell about the axis that is closer to its need
    throw primaries * k2 >= secondaries * k1
        ? new InsufficientDataException("primary slivers", k1, primaries)
        : new InsufficientDataException("secondary slivers", k2, secondaries);
  }

  /** Checks slivers until enough of an axis are good, first primary ones. */
  private Axis verifyEnough() throws X, InsufficientDataException, VerificationException {
    for (Axis axis : Axis.values()) {
      if (isEnough(axis)) {
        verify(axis, parameters.sourceSymbols(axis));
        if (isEnough(axis)) {
          return axis;
        }
      }
    }
    // the refusal tells how many are good
    verify(Axis.PRIMARY, parameters.shards());
    verify(Axis.SECONDARY, parameters.shards());
    return chooseAxis();
  }

  /** Checks usable slivers of an axis until so many are good, or all are checked. */
  private void verify(Axis axis, int wanted) throws X {
    BitSet good = verified.get(axis);
    List<SliverId> ids;
    do {
      ids =
          usable.get(axis).stream()
              .filter(index -> !good.get(index))
              .limit(Math.max(0, wanted - good.cardinality()))
              .mapToObj(index -> new SliverId(axis, index))
              .toList();
      verify(ids);
    } while (!ids.isEmpty());
  }

  private void verify(List<SliverId> ids) throws X {
    boolean[] matches = ids.isEmpty() ? new boolean[0] : slivers.match(ids);
    for (int i = 0; i < matches.length; i++) {
      SliverId id = ids.get(i);
      if (matches[i]) {
        verified.get(id.axis()).set(id.index());
      } else {
        failures++;
        firstFailure = firstFailure == null ? rootMismatch(metadata, id) : firstFailure;
        if (!slivers.replace(id)) {
          usable.get(id.axis()).clear(id.index());
          bad.get(id.axis()).set(id.index());
        }
      }
    }
  }

  /** Returns whether a usable sliver matches the metadata, which is found out once. */
  public boolean verify(SliverId id) throws X {
    if (!isVerified(id)) {
      verify(List.of(id));
    }
    return isVerified(id);
  }

  /**
   * Looks for the sliver that is to blame for a wrong result, and gives it up.
   *
   * @param sources which slivers of the axis the result came from
   * @throws VerificationException if none of them is to blame
   */
  public void findBad(Axis axis, int[] sources) throws X, VerificationException {
    for (int index : sources) {
      if (!verify(new SliverId(axis, index))) {
        return;
      }
    }
    throw inconsistentBlob();
  }

  /** Returns what to throw when all slivers are good, but not those of any one blob. */
  private VerificationException inconsistentBlob() {
    return new VerificationException(
        Reason.INCONSISTENT_BLOB,
        "blob "
            + metadata.blobId()
            + ": every sliver used matches the metadata, but what they decode to does not");
  }
}
