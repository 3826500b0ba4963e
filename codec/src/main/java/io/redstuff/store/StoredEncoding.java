package io.redstuff.store;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.ConsistencyCheck;
import io.redstuff.EncodingParameters;
import io.redstuff.SliverId;
import io.redstuff.SliverPairIndex;
import io.redstuff.codec.RedStuff;
import io.redstuff.error.InsufficientDataException;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.internal.matrix.DecodeRules;
import io.redstuff.proof.BlobMetadata;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.store.SliverState.Condition;
import io.redstuff.stream.BlobSource;
import io.redstuff.stream.BlobTarget;
import io.redstuff.stream.RangeCheck;
import io.redstuff.stream.StreamDecoder;
import io.redstuff.stream.StreamEncoder;
import io.redstuff.stream.WorkMonitor;
import io.redstuff.stream.Workspace;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * An encoded blob that is kept somewhere: its metadata, which was compared with the blob id, and
 * whatever is left of its slivers, of which nothing is known before it is asked.
 *
 * <p>Immutable and thread-safe, as far as its store is. Where a monitor cancels, or an interrupt
 * ends the reading of a sliver, work throws {@link java.util.concurrent.CancellationException}; the
 * thread stays interrupted.
 *
 * @since 0.1.0
 */
public final class StoredEncoding {
  /** More bytes than the metadata of the most shards has: id, two variants, length, hash pairs. */
  public static final int MAX_METADATA_BYTES = 64 + 66 * EncodingParameters.MAX_SHARDS;

  private final SliverStore store;
  private final RedStuff codec;
  private final VerifiedMetadata metadata;

  private StoredEncoding(SliverStore store, RedStuff codec, VerifiedMetadata metadata) {
    DecodeRules.checkShards(codec.parameters(), metadata);
    this.store = store;
    this.codec = codec;
    this.metadata = metadata;
  }

  /**
   * {@return an encoding whose metadata is at hand already; the store need not have it}
   *
   * @param store where it is
   * @param codec says the engine and the number of threads
   * @param metadata of the blob
   * @throws IllegalArgumentException if the codec is for another number of shards
   */
  public static StoredEncoding of(SliverStore store, RedStuff codec, VerifiedMetadata metadata) {
    return new StoredEncoding(store, codec, metadata);
  }

  /**
   * Opens an encoding.
   *
   * @param store where it is
   * @param expected the id of the blob; empty to take the one that is written with the metadata
   * @return the encoding, whose metadata fits the blob id
   * @throws IOException if there is no metadata or it cannot be read
   * @throws MalformedDataException if it is no metadata
   * @throws VerificationException if it does not fit the blob id, or cannot be any blob's
   */
  public static StoredEncoding open(SliverStore store, Optional<BlobId> expected)
      throws IOException, MalformedDataException, VerificationException {
    VerifiedMetadata metadata = verify(store.readMetadata(MAX_METADATA_BYTES + 1), expected);
    RedStuff codec = RedStuff.forShards(metadata.parameters().shards());
    return new StoredEncoding(store, codec, metadata);
  }

  /**
   * Reads metadata as a store keeps it.
   *
   * @param bcs metadata with its blob id, in BCS
   * @param expected the id of the blob; empty to take the one that is there
   * @return the metadata, which fits the id
   * @throws MalformedDataException if it is no metadata
   * @throws VerificationException if it does not fit the blob id, or cannot be any blob's
   */
  public static VerifiedMetadata verify(byte[] bcs, Optional<BlobId> expected)
      throws MalformedDataException, VerificationException {
    if (bcs.length > MAX_METADATA_BYTES) {
      throw new MalformedDataException(
          MAX_METADATA_BYTES, "metadata: got more bytes, expected at most " + MAX_METADATA_BYTES);
    }
    BlobMetadata claimed = BlobMetadata.parse(bcs);
    int shards = claimed.shards();
    if (shards < EncodingParameters.MIN_SHARDS) {
      throw new VerificationException(
          VerificationException.Reason.WRONG_SHARD_COUNT,
          "shards: got %s, expected %s to %s"
              .formatted(shards, EncodingParameters.MIN_SHARDS, EncodingParameters.MAX_SHARDS));
    }
    EncodingParameters parameters = EncodingParameters.forShards(shards);
    return expected.isPresent()
        ? claimed.verify(parameters, expected.get())
        : claimed.verify(parameters);
  }

  /**
   * Encodes a blob into an empty store, all pairs, and waits until they are on the device. Whoever
   * wants it otherwise {@linkplain SliverStore#begin begins} a batch and has it filled by an
   * encoder.
   *
   * @param store where to put it
   * @param codec says the number of shards, the engine and the number of threads
   * @param blob the bytes
   * @param workspace what the work may take
   * @param monitor hears of bytes of the blob, and may cancel
   * @return the encoding
   * @throws IOException if the store is not empty, or it, the source or a temporary file fails
   * @throws IllegalArgumentException if the blob is too long or the budget too small for it
   */
  public static StoredEncoding create(
      SliverStore store, RedStuff codec, BlobSource blob, Workspace workspace, WorkMonitor monitor)
      throws IOException {
    int symbolSize = codec.parameters().symbolSize(blob.length());
    try (SliverStore.Batch batch = store.begin(SliverStore.Mode.CREATE, Durability.FORCED)) {
      VerifiedMetadata metadata =
          StreamEncoder.of(codec, workspace)
              .watchedBy(monitor)
              .encode(blob, batch.sink(codec.parameters(), symbolSize));
      batch.commit(metadata.toBcs());
      return new StoredEncoding(store, codec, metadata);
    }
  }

  /** {@return where the encoding is} */
  public SliverStore store() {
    return store;
  }

  /** {@return what works on it} */
  public RedStuff codec() {
    return codec;
  }

  /** {@return what the blob id commits to} */
  public VerifiedMetadata metadata() {
    return metadata;
  }

  /**
   * {@return where a sliver belongs}
   *
   * @param sliver which sliver
   * @throws IndexOutOfBoundsException if there is no such sliver
   */
  public SliverPlace place(SliverId sliver) {
    return new SliverPlace(sliver, metadata.parameters(), metadata.symbolSize());
  }

  /** {@return the slivers of both axes, to work with} */
  public StoredSlivers slivers() {
    return slivers(EnumSet.allOf(Axis.class), _ -> {});
  }

  /**
   * {@return some slivers, to work with}
   *
   * @param axes which slivers; those of the other axis are as good as missing
   * @param listener told of each sliver that is found to be bad, once, by the thread that finds it
   */
  public StoredSlivers slivers(Set<Axis> axes, Consumer<SliverState> listener) {
    return new StoredSlivers(this, Set.copyOf(axes), listener);
  }

  /**
   * {@return what reads ranges of the blob; close it}
   *
   * @param slivers of this encoding; those that turn out to be unreadable are left out
   * @param check what to compare with the metadata
   */
  public StoredRanges ranges(StoredSlivers slivers, RangeCheck check) {
    return new StoredRanges(this, slivers, check);
  }

  /**
   * {@return what reads slivers as a whole and restores those that are missing; close it}
   *
   * @param slivers of this encoding; those that turn out to be unreadable are left out
   */
  public StoredSliverReader wholeSlivers(StoredSlivers slivers) {
    return new StoredSliverReader(this, slivers);
  }

  /**
   * Reads all slivers and compares them with the metadata.
   *
   * @param monitor hears of bytes of slivers, and may cancel
   * @return what was found
   * @throws IOException if the places of the slivers cannot be looked at
   */
  public Inspection inspect(WorkMonitor monitor) throws IOException {
    return inspect(all(metadata.parameters()), monitor);
  }

  /**
   * Reads some slivers and compares them with the metadata. The others are only looked for.
   *
   * @param which the slivers to check
   * @param monitor hears of bytes of slivers, and may cancel
   * @return what was found
   * @throws IOException if the places of the slivers cannot be looked at
   * @throws IndexOutOfBoundsException if there is no such sliver
   */
  public Inspection inspect(Collection<SliverId> which, WorkMonitor monitor) throws IOException {
    List<String> strays = store.strays(metadata.parameters());
    StoredSlivers slivers = slivers();
    check(slivers, which, monitor);
    List<SliverId> checked = List.copyOf(new TreeSet<>(which));
    return new Inspection(metadata, states(slivers), checked, strays, slivers.bytesRead());
  }

  List<SliverState> states(StoredSlivers slivers) {
    return all(metadata.parameters()).stream().map(slivers::state).toList();
  }

  /** Checks those that are there and not known to be good. */
  void check(StoredSlivers slivers, Collection<SliverId> which, WorkMonitor monitor) {
    List<SliverId> unchecked =
        which.stream()
            .filter(id -> slivers.has(id) && slivers.state(id).condition() == Condition.UNCHECKED)
            .toList();
    recheck(slivers, unchecked, monitor);
  }

  /** Checks slivers that are there, even if they were good once. */
  void recheck(StoredSlivers slivers, Collection<SliverId> which, WorkMonitor monitor) {
    new SliverChecker(codec, metadata)
        .check(
            new TreeSet<>(which).stream().map(this::place).toList(),
            (place, offset, target) -> slivers.read(place.sliver(), offset, target),
            (place, reason) -> {
              if (!reason.isEmpty()) {
                slivers.leaveOut(place.sliver(), reason);
              } else if (slivers.state(place.sliver()).condition() == Condition.UNCHECKED) {
                slivers.put(place.sliver(), Condition.GOOD);
              }
            },
            monitor);
  }

  /**
   * Decodes the blob, from any k1 good primary or k2 good secondary slivers. Bad ones are left out
   * and others take their place. For ranges of it there are {@link #ranges}.
   *
   * @param slivers of this encoding; if this throws since there are too few of them, they count
   *     those that are good
   * @param check how to check the result, see {@link StreamDecoder#decode}
   * @param target gets the blob; when this throws, its content is undefined
   * @param workspace what the work may take
   * @param monitor hears of bytes of the blob, and may cancel
   * @throws IOException if slivers, target or a temporary file fail
   * @throws InsufficientDataException if there are too few slivers
   * @throws VerificationException if too few slivers are good, or enough are and the blob is still
   *     not what the metadata commits to (the writer encoded it inconsistently)
   * @throws IllegalArgumentException if the target has another length or the budget is too small
   */
  public void decode(
      StoredSlivers slivers,
      ConsistencyCheck check,
      BlobTarget target,
      Workspace workspace,
      WorkMonitor monitor)
      throws IOException, InsufficientDataException, VerificationException {
    store.strays(metadata.parameters()); // fails where the slivers cannot be looked for
    decode(metadata, slivers, check, target, workspace, monitor);
  }

  /** Decodes what the same slivers are by other metadata. */
  void decode(
      VerifiedMetadata commitment,
      StoredSlivers slivers,
      ConsistencyCheck check,
      BlobTarget target,
      Workspace workspace,
      WorkMonitor monitor)
      throws IOException, InsufficientDataException, VerificationException {
    WorkMonitor rising = Monitors.rising(monitor);
    StreamDecoder decoder =
        StreamDecoder.of(codec, workspace).reportingTo(slivers::leaveOut).watchedBy(rising);
    try {
      slivers.leavingOutUnreadable(
          () -> decoder.decode(commitment, slivers.naming(), check, target));
    } catch (InsufficientDataException e) {
      check(slivers, all(metadata.parameters()), WorkMonitor.NONE);
      throw e;
    }
  }

  /**
   * Encodes further pairs of the blob into the store. What is there of these pairs is replaced;
   * nothing is written if the bytes are not those of the blob.
   *
   * @param blob the bytes of the blob
   * @param pairs which pairs
   * @param workspace what the work may take
   * @param durability what to wait for
   * @param monitor hears of bytes of the blob, and may cancel
   * @throws IOException if the store or the source fails, or what was written cannot be read back
   * @throws VerificationException if a sliver does not match the metadata: it is another blob, or
   *     was encoded inconsistently
   * @throws IndexOutOfBoundsException if there is no such pair
   * @throws IllegalArgumentException if the blob has another length or the budget is too small
   */
  public void extend(
      BlobSource blob,
      Set<SliverPairIndex> pairs,
      Workspace workspace,
      Durability durability,
      WorkMonitor monitor)
      throws IOException, VerificationException {
    EncodingParameters parameters = metadata.parameters();
    if (blob.length() != metadata.blobLength()) {
      throw new IllegalArgumentException(
          "blob: got %s bytes, expected %s".formatted(blob.length(), metadata.blobLength()));
    }
    try (SliverStore.Batch batch = store.begin(SliverStore.Mode.ADD, durability)) {
      StreamEncoder.of(codec, workspace)
          .watchedBy(monitor)
          .encodePairs(blob, pairs, batch.sink(parameters, metadata.symbolSize()));
      List<SliverPlace> places = new ArrayList<>();
      for (SliverPairIndex pair : pairs) {
        places.add(place(pair.primary()));
        places.add(place(pair.secondary(parameters)));
      }
      Set<SliverPlace> refused = refused(batch, places);
      if (!refused.isEmpty()) {
        throw DecodeRules.rootMismatch(metadata, refused.iterator().next().sliver());
      }
      batch.commit(new byte[0]);
    }
  }

  /**
   * Returns the slivers of a batch that do not match the metadata, in order.
   *
   * @throws IOException if one of them cannot be read, which says nothing of what was written
   */
  Set<SliverPlace> refused(SliverStore.Batch batch, Collection<SliverPlace> places)
      throws IOException {
    ConcurrentSkipListMap<SliverPlace, String> reasons = new ConcurrentSkipListMap<>();
    AtomicReference<IOException> failure = new AtomicReference<>();
    SliverChecker.Reader reader =
        (place, offset, target) -> {
          try {
            batch.read(place, offset, target);
          } catch (IOException e) {
            failure.compareAndSet(null, e);
            throw e;
          }
        };
    new SliverChecker(codec, metadata).check(places, reader, reasons::put, WorkMonitor.NONE);
    if (failure.get() != null) {
      throw failure.get();
    }
    reasons.values().removeIf(String::isEmpty);
    return reasons.keySet();
  }

  /** Returns an arena for the threads of the codec. */
  Arena newArena() {
    return codec.parallelism() > 1 ? Arena.ofShared() : Arena.ofConfined();
  }

  /** Returns all slivers of an encoding, in order. */
  static List<SliverId> all(EncodingParameters parameters) {
    List<SliverId> all = new ArrayList<>(2 * parameters.shards());
    for (Axis axis : Axis.values()) {
      for (int index = 0; index < parameters.shards(); index++) {
        all.add(new SliverId(axis, index));
      }
    }
    return all;
  }
}
