package io.redstuff.codec;

import io.redstuff.BlobId;
import io.redstuff.ConsistencyCheck;
import io.redstuff.EncodingParameters;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.error.InsufficientDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.internal.work.WorkerPool;
import io.redstuff.proof.BlobMetadata;
import io.redstuff.proof.InconsistencyProof;
import io.redstuff.proof.RecoverySymbol;
import io.redstuff.proof.SliverHashes;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.simd.Engine;
import io.redstuff.simd.Engines;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Collection;
import java.util.Objects;

/**
 * The RedStuff code for a number of shards: encodes blobs to slivers, commits to them, checks
 * slivers, and decodes.
 *
 * <p>Immutable and thread-safe: make one and keep it in a field. The methods here take what they
 * need and free it again. Those that work on a single sliver leave their work memory (a few MiB,
 * and a few times the longest sliver) to the next call; of what lies idle at most one for each
 * processor is kept, and the garbage collector may take it. Those who encode many blobs, or into
 * memory of their own, use the workers: {@link #newEncoder}, {@link #newDecoder}, {@link
 * #newVerifier}, {@link #newBulkBlobIds}.
 *
 * <p>Blobs are {@code byte[]} or {@link MemorySegment} of either kind; a {@link
 * java.nio.ByteBuffer} comes in through {@link MemorySegment#ofBuffer}, an Agrona buffer through
 * {@code io.redstuff.agrona.AgronaBuffers}. Native memory is read in place, heap memory is copied,
 * for encoding piece by piece.
 *
 * @since 0.1.0
 */
public final class RedStuff {
  private final EncodingParameters parameters;
  private final Engine engine;
  private final int parallelism;
  private final WorkerPool<SliverWorkers> sliverWorkers;

  private RedStuff(EncodingParameters parameters, Engine engine, int parallelism) {
    this.parameters = parameters;
    this.engine = Objects.requireNonNull(engine, "engine");
    this.parallelism = parallelism;
    this.sliverWorkers = new WorkerPool<>(() -> new SliverWorkers(this));
  }

  /**
   * {@return the code for a number of shards, on the engine that this JVM selected}
   *
   * @param shards n, 4 to 49155
   * @throws IllegalArgumentException if n is out of range
   * @throws IllegalStateException if an engine is forced that cannot run here
   */
  public static RedStuff forShards(int shards) {
    return forShards(shards, Engines.selected());
  }

  /**
   * {@return the code for a number of shards, on a given engine}
   *
   * @param shards n, 4 to 49155
   * @param engine does the arithmetic and the hashing
   * @throws IllegalArgumentException if n is out of range
   */
  public static RedStuff forShards(int shards, Engine engine) {
    return new RedStuff(
        EncodingParameters.forShards(shards), engine, Runtime.getRuntime().availableProcessors());
  }

  /**
   * {@return the same code with another number of threads} They come from the JVM's common pool and
   * help the calling thread with blobs and with many slivers, where there is a millisecond of work
   * for them; the results are the same. Memory that only the calling thread may use, from a
   * confined arena, is worked on by it alone.
   *
   * @param threads how many may work on a blob, the calling thread included; 1 means it alone
   * @throws IllegalArgumentException if {@code threads} is not positive
   */
  public RedStuff withParallelism(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException(
          "parallelism: got %s, expected at least 1".formatted(threads));
    }
    return new RedStuff(parameters, engine, threads);
  }

  /**
   * {@return how many threads may work on a blob: at least 1, by default the number of processors
   * that the JVM sees}
   */
  public int parallelism() {
    return parallelism;
  }

  /** {@return the numbers that follow from the number of shards} */
  public EncodingParameters parameters() {
    return parameters;
  }

  /** {@return the engine that does the work} */
  public Engine engine() {
    return engine;
  }

  /** {@return how much native memory the workers of this codec take at most} */
  public WorkMemory workMemory() {
    return new WorkMemory(parameters, parallelism);
  }

  /**
   * {@return the id of a blob, whose slivers are never made}
   *
   * @param blob the bytes
   * @throws IllegalArgumentException if the blob is over {@link EncodingParameters#maxBlobLength}
   */
  public BlobId blobId(byte[] blob) {
    return metadata(blob).blobId();
  }

  /**
   * {@return the id of a blob, whose slivers are never made}
   *
   * @param blob the bytes, native or heap
   * @throws IllegalArgumentException if the blob is over {@link EncodingParameters#maxBlobLength}
   * @apiNote Most of the work of encoding is in here, too: hashes over all n * n symbols. For the
   *     ids of many blobs take {@link #newBulkBlobIds}.
   */
  public BlobId blobId(MemorySegment blob) {
    return metadata(blob).blobId();
  }

  /**
   * {@return the metadata of a blob: the hashes of all its slivers, which are never kept}
   *
   * @param blob the bytes
   * @throws IllegalArgumentException if the blob is over {@link EncodingParameters#maxBlobLength}
   */
  public VerifiedMetadata metadata(byte[] blob) {
    return metadata(MemorySegment.ofArray(blob));
  }

  /**
   * {@return the metadata of a blob: the hashes of all its slivers, which are never kept}
   *
   * @param blob the bytes, native or heap
   * @throws IllegalArgumentException if the blob is over {@link EncodingParameters#maxBlobLength}
   */
  public VerifiedMetadata metadata(MemorySegment blob) {
    parameters.symbolSize(blob.byteSize());
    try (Arena arena = Arena.ofConfined()) {
      return newEncoder(arena).metadata(blob);
    }
  }

  /**
   * Encodes a blob to its n sliver pairs.
   *
   * @param blob the bytes
   * @return the slivers in native memory and the metadata; close it
   * @throws IllegalArgumentException if the blob is over {@link EncodingParameters#maxBlobLength}
   */
  public EncodedBlob encode(byte[] blob) {
    return encode(MemorySegment.ofArray(blob));
  }

  /**
   * Encodes a blob to its n sliver pairs.
   *
   * @param blob the bytes, native or heap
   * @return the slivers in native memory and the metadata; close it
   * @throws IllegalArgumentException if the blob is over {@link EncodingParameters#maxBlobLength}
   * @apiNote Takes new native memory for all slivers each time, 3.3 times the blob with 4 shards
   *     and 4.5 times with many. {@link #newEncoder} writes into memory that is used again, {@link
   *     io.redstuff.stream.StreamEncoder} keeps to a budget.
   */
  public EncodedBlob encode(MemorySegment blob) {
    long length = parameters.sliversLength(blob.byteSize());
    Arena arena = Arena.ofShared();
    boolean done = false;
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment slivers = arena.allocate(length, 64);
      VerifiedMetadata metadata = newEncoder(scratch).encode(blob, slivers);
      EncodedBlob encoded = new EncodedBlob(metadata, arena, slivers);
      done = true;
      return encoded;
    } finally {
      if (!done) {
        arena.close();
      }
    }
  }

  /**
   * {@return a reusable encoder into memory of the caller's, for one thread at a time}
   *
   * @param arena gives the work memory and decides which threads may use the encoder and for how
   *     long
   */
  public BlobEncoder newEncoder(Arena arena) {
    return new BlobEncoder(parameters, engine, arena, parallelism);
  }

  /**
   * {@return a worker, without memory yet, that computes the ids of many blobs faster than {@link
   * #blobId(MemorySegment)} one by one; for one thread at a time, which others help}
   */
  public BulkBlobIds newBulkBlobIds() {
    return new BulkBlobIds(parameters, engine, parallelism);
  }

  /**
   * {@return a reusable decoder for one thread at a time}
   *
   * @param arena gives the work memory and decides which threads may use the decoder and for how
   *     long
   */
  public BlobDecoder newDecoder(Arena arena) {
    return new BlobDecoder(parameters, engine, arena, parallelism);
  }

  /**
   * {@return a reusable checker of slivers for one thread at a time}
   *
   * @param arena gives the work memory and decides which threads may use the verifier and for how
   *     long
   */
  public SliverVerifier newVerifier(Arena arena) {
    return new SliverVerifier(parameters, engine, arena, parallelism);
  }

  /**
   * Checks metadata against the id of the blob that was meant, on the engine of this codec.
   *
   * @param metadata as it was received
   * @param expected the id known from elsewhere
   * @return the same metadata, proven
   * @throws VerificationException as {@link BlobMetadata#verify(EncodingParameters, BlobId,
   *     Engine)}
   */
  public VerifiedMetadata verify(BlobMetadata metadata, BlobId expected)
      throws VerificationException {
    return metadata.verify(parameters, expected, engine);
  }

  /**
   * Checks a sliver against metadata, or any hashes of it, by expanding and re-hashing it.
   *
   * @param hashes what the sliver must match
   * @param sliver the sliver
   * @return the sliver as a checked one
   * @throws VerificationException as {@link SliverVerifier#verify}
   * @throws IllegalArgumentException if the hashes are for another number of shards
   */
  public VerifiedSliver verify(SliverHashes hashes, Sliver sliver) throws VerificationException {
    try (SliverWorkers workers = sliverWorkers.take()) {
      return workers.verifier().verify(hashes, sliver);
    }
  }

  /**
   * Hashes a sliver, with nothing to compare it with, see {@link SliverVerifier#root}.
   *
   * @param sliver the sliver
   * @return the 32 bytes that the metadata of its blob have for it
   * @throws VerificationException if there is no such sliver with this number of shards
   */
  public byte[] root(Sliver sliver) throws VerificationException {
    try (SliverWorkers workers = sliverWorkers.take()) {
      return workers.verifier().root(sliver);
    }
  }

  /**
   * Decodes a blob with the {@link ConsistencyCheck#DEFAULT} check, see {@link BlobDecoder#decode}.
   *
   * @param metadata of the blob
   * @param slivers at least k1 good primary or k2 good secondary ones, in any order
   * @return the blob
   * @throws InsufficientDataException if too few slivers fit the metadata
   * @throws VerificationException if too few slivers match the metadata or the blob is inconsistent
   * @throws IllegalArgumentException if the metadata is for another number of shards or the blob
   *     does not fit an array
   */
  public byte[] decode(VerifiedMetadata metadata, Collection<Sliver> slivers)
      throws InsufficientDataException, VerificationException {
    return decode(metadata, slivers, ConsistencyCheck.DEFAULT);
  }

  /**
   * Decodes a blob, see {@link BlobDecoder#decode}.
   *
   * @param metadata of the blob
   * @param slivers at least k1 good primary or k2 good secondary ones, in any order
   * @param check how to check the result
   * @return the blob
   * @throws InsufficientDataException if too few slivers fit the metadata
   * @throws VerificationException if too few slivers match the metadata or the blob is inconsistent
   * @throws IllegalArgumentException if the metadata is for another number of shards or the blob
   *     does not fit an array
   */
  public byte[] decode(
      VerifiedMetadata metadata, Collection<Sliver> slivers, ConsistencyCheck check)
      throws InsufficientDataException, VerificationException {
    try (Arena arena = Arena.ofConfined()) {
      return newDecoder(arena).decode(metadata, slivers, check);
    }
  }

  /**
   * Decodes a blob into memory of the caller's, see {@link BlobDecoder#decode}.
   *
   * @param metadata of the blob
   * @param slivers at least k1 good primary or k2 good secondary ones, in any order
   * @param check how to check the result
   * @param blob gets the blob: exactly {@link VerifiedMetadata#blobLength} bytes, native or heap,
   *     writable. When this throws, its content is undefined
   * @throws InsufficientDataException if too few slivers fit the metadata
   * @throws VerificationException if too few slivers match the metadata or the blob is inconsistent
   * @throws IllegalArgumentException if the metadata is for another number of shards, or {@code
   *     blob} has another length or is read-only
   */
  public void decode(
      VerifiedMetadata metadata,
      Collection<Sliver> slivers,
      ConsistencyCheck check,
      MemorySegment blob)
      throws InsufficientDataException, VerificationException {
    try (Arena arena = Arena.ofConfined()) {
      newDecoder(arena).decode(metadata, slivers, check, blob);
    }
  }

  /**
   * Expands a sliver to its n symbols with the Merkle tree over them, to cut many recovery symbols
   * from. The opening of its pair is enough for that: the other hashes of the blob are not needed.
   *
   * @param hashes what the sliver must match
   * @param sliver the sliver
   * @param arena gives the memory, n symbols, and decides which threads may use it and for how long
   * @return the expanded sliver
   * @throws VerificationException as {@link SliverVerifier#verify}
   * @throws IllegalArgumentException if the hashes are for another number of shards
   */
  public ExpandedSliver expand(SliverHashes hashes, Sliver sliver, Arena arena)
      throws VerificationException {
    try (SliverWorkers workers = sliverWorkers.take()) {
      return ExpandedSliver.of(parameters, workers.verifier(), hashes, sliver, arena);
    }
  }

  /**
   * {@return one of the n symbols that a sliver expands to, without proof and without checking the
   * sliver: a single linear combination, much less work than {@link #expand}}
   *
   * @param sliver a sliver of this number of shards
   * @param index which symbol, 0..n-1: the index of the crossing sliver
   * @throws IllegalArgumentException if the sliver has another number of symbols than this number
   *     of shards asks for
   * @throws IndexOutOfBoundsException if there is no such symbol
   */
  public byte[] symbol(Sliver sliver, int index) {
    byte[] symbol = new byte[sliver.symbolSize()];
    symbols(sliver, new int[] {index}, MemorySegment.ofArray(symbol));
    return symbol;
  }

  /**
   * Cuts many symbols of one sliver at a time, for many crossing slivers, without proof and without
   * checking the sliver. A few are linear combinations, one by one; for more the sliver is expanded
   * once, with no tree over it.
   *
   * @param sliver a sliver of this number of shards
   * @param indices which symbols, each 0..n-1: the indices of the crossing slivers, in any order
   * @param target gets {@code indices.length * sliver.symbolSize()} bytes, the symbols one after
   *     another in the order of the indices; native or heap, writable
   * @throws IllegalArgumentException if the sliver has another number of symbols than this number
   *     of shards asks for, or {@code target} is too small or read-only
   * @throws IndexOutOfBoundsException if there is no such symbol
   */
  public void symbols(Sliver sliver, int[] indices, MemorySegment target) {
    try (SliverWorkers workers = sliverWorkers.take()) {
      workers.symbols(sliver, indices, target);
    }
  }

  void giveBack(SliverWorkers workers) {
    sliverWorkers.giveBack(workers);
  }

  /**
   * {@return a reusable recoverer of single slivers for one thread at a time}
   *
   * @param arena gives the work memory and decides which threads may use the recoverer and for how
   *     long
   */
  public SliverRecoverer newRecoverer(Arena arena) {
    return new SliverRecoverer(parameters, engine, arena, parallelism);
  }

  /**
   * Recovers a sliver from proven symbols, see {@link SliverRecoverer#recover}.
   *
   * @param metadata of the blob
   * @param target the sliver to recover
   * @param symbols at least as many good ones as the sliver has symbols
   * @return the sliver, or the proof that the blob is inconsistent
   * @throws InsufficientDataException if too few symbols were offered
   * @throws VerificationException if too few of the symbols offered are good; it tells about the
   *     first that is not
   * @throws IllegalArgumentException if the metadata is for another number of shards
   * @throws IndexOutOfBoundsException if there is no such sliver
   */
  public Recovery recover(
      VerifiedMetadata metadata, SliverId target, Collection<RecoverySymbol> symbols)
      throws InsufficientDataException, VerificationException {
    try (SliverWorkers workers = sliverWorkers.take()) {
      return workers.recoverer().recover(metadata, target, symbols);
    }
  }

  /**
   * Judges a claim that a blob is inconsistent, see {@link SliverRecoverer#confirm}: returns if it
   * is proven.
   *
   * @param metadata of the blob
   * @param proof the claim
   * @throws VerificationException if the claim fails
   * @throws IllegalArgumentException if the metadata is for another number of shards
   */
  public void confirm(VerifiedMetadata metadata, InconsistencyProof proof)
      throws VerificationException {
    try (SliverWorkers workers = sliverWorkers.take()) {
      workers.recoverer().confirm(metadata, proof);
    }
  }
}
