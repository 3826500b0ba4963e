package io.redstuff.bench;

import io.redstuff.BlobId;
import io.redstuff.ObjectId;
import io.redstuff.ShardIndex;
import io.redstuff.Sliver;
import io.redstuff.SliverPairIndex;
import io.redstuff.audit.AuditAnswer;
import io.redstuff.audit.AuditAxes;
import io.redstuff.audit.AuditChallenge;
import io.redstuff.audit.AuditHash;
import io.redstuff.audit.AuditMode;
import io.redstuff.audit.AuditProver;
import io.redstuff.audit.AuditRandomness;
import io.redstuff.audit.AuditResponse;
import io.redstuff.audit.AuditSequence;
import io.redstuff.audit.AuditStatement;
import io.redstuff.audit.AuditTranscript;
import io.redstuff.audit.AuditVerdict;
import io.redstuff.audit.AuditVerifier;
import io.redstuff.audit.BlobEncodings;
import io.redstuff.codec.EncodedBlob;
import io.redstuff.codec.RedStuff;
import io.redstuff.error.RedStuffException;
import io.redstuff.proof.SliverOpening;
import io.redstuff.simd.Engine;
import io.redstuff.store.MemoryStore;
import io.redstuff.store.StoredEncoding;
import io.redstuff.stream.WorkMonitor;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/**
 * An audit of secondary slivers: a node with ten shards has twenty blobs in memory and answers
 * {@value #CHALLENGES} challenges, which somebody verifies. One thread; the time is that of one
 * answer.
 */
public class AuditBenchmark extends EngineBenchmark {
  /** As many as find 10 % missing at 2^-40 with 1000 shards. */
  static final int CHALLENGES = 402;

  private static final int NODE_SHARDS = 10;

  @Param("1000")
  int shards;

  @Param("20")
  int blobs;

  @Param({"262144", "67108864"})
  long blobBytes;

  private AuditProver prover;
  private AuditVerifier verifier;
  private AuditStatement parallel;
  private AuditStatement sequential;
  private List<AuditChallenge> asked;
  private AuditTranscript transcript;

  @Override
  void prepare(Engine chosen, Arena memory) throws RedStuffException {
    RedStuff codec = RedStuff.forShards(shards, chosen);
    Map<BlobId, StoredEncoding> stored = new HashMap<>();
    List<ShardIndex> own =
        IntStream.range(0, NODE_SHARDS)
            .mapToObj(i -> ShardIndex.of(i * shards / NODE_SHARDS))
            .toList();
    for (int seed = 1; seed <= blobs; seed++) {
      try (Arena scratch = Arena.ofShared();
          EncodedBlob encoded = codec.encode(SeededBytes.allocate(scratch, blobBytes, seed))) {
        BlobId id = encoded.metadata().blobId();
        List<Sliver> slivers = new ArrayList<>();
        for (ShardIndex shard : own) {
          SliverPairIndex pair = shard.pair(id, codec.parameters());
          slivers.add(
              BlobBenchmark.copy(encoded.sliver(pair.secondary(codec.parameters())), memory));
        }
        stored.put(
            id,
            StoredEncoding.of(
                MemoryStore.of(encoded.metadata(), slivers), codec, encoded.metadata()));
      }
    }
    prover = AuditProver.of(BlobEncodings.of(stored)).withParallelism(1);
    verifier = new AuditVerifier(chosen);
    List<BlobId> ids = List.copyOf(new TreeSet<>(stored.keySet()));
    parallel = statement(codec, own, ids, AuditMode.PARALLEL);
    sequential = statement(codec, own, ids, AuditMode.SEQUENTIAL);
    asked = new ArrayList<>();
    for (AuditSequence sequence = new AuditSequence(parallel); sequence.hasNext(); ) {
      asked.add(sequence.next());
    }
    transcript = answerParallel().transcript();
  }

  private static AuditStatement statement(
      RedStuff codec, List<ShardIndex> shards, List<BlobId> ids, AuditMode mode) {
    return new AuditStatement(
        codec.parameters(),
        1,
        ObjectId.of(new byte[ObjectId.BYTES]),
        shards,
        ids,
        CHALLENGES,
        AuditAxes.SECONDARY,
        mode,
        AuditRandomness.ofNonce(AuditHash.of(new byte[AuditHash.BYTES])));
  }

  /** Answers all challenges, sliver by sliver. */
  @Benchmark
  @OperationsPerInvocation(CHALLENGES)
  public AuditResponse answerParallel() {
    return prover.answer(parallel, WorkMonitor.NONE);
  }

  /** Answers one challenge after another, each of which follows from the answer before. */
  @Benchmark
  @OperationsPerInvocation(CHALLENGES)
  public AuditResponse answerSequential() {
    return prover.answer(sequential, WorkMonitor.NONE);
  }

  /** Verifies all answers together. */
  @Benchmark
  @OperationsPerInvocation(CHALLENGES)
  public AuditVerdict verifyTogether() throws RedStuffException {
    return verifier.verify(parallel, transcript, WorkMonitor.NONE);
  }

  /** Verifies each answer alone, with its opening, as somebody does who is shown only one. */
  @Benchmark
  @OperationsPerInvocation(CHALLENGES)
  public int verifyOneByOne() throws RedStuffException {
    int verified = 0;
    for (AuditAnswer answer : transcript.answers()) {
      SliverOpening opening = transcript.openings().get(answer.opening());
      BlobId blob = asked.get(answer.number()).blob();
      answer.symbol().verify(opening.verify(parallel.parameters(), blob));
      verified++;
    }
    return verified;
  }
}
