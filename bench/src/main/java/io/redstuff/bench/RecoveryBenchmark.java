package io.redstuff.bench;

import io.redstuff.Axis;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.codec.EncodedBlob;
import io.redstuff.codec.ExpandedSliver;
import io.redstuff.codec.Recovery;
import io.redstuff.codec.SliverRecoverer;
import io.redstuff.codec.SliverVerifier;
import io.redstuff.codec.VerifiedSliver;
import io.redstuff.error.RedStuffException;
import io.redstuff.proof.DecodingSymbol;
import io.redstuff.proof.RecoverySymbol;
import io.redstuff.proof.VerifiedMetadata;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;

/**
 * What storage nodes do to heal one sliver: cut symbols from a sliver of the other axis, prove
 * them, put the lost sliver together again and check it. Microseconds per call on one thread.
 *
 * <p>The lost sliver is the middle one of its axis; its symbols come from the last slivers of the
 * other axis, as few as suffice. The first of these is the one that symbols are cut from.
 */
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RecoveryBenchmark extends BlobBenchmark {
  @Param({"1048576", "67108864"})
  long blobBytes;

  /** The axis of the sliver to recover. */
  @Param("PRIMARY")
  Axis axis;

  private VerifiedMetadata metadata;
  private SliverRecoverer recoverer;
  private SliverVerifier verifier;
  private Sliver lost;
  private Sliver source;
  private ExpandedSliver expanded;
  private List<RecoverySymbol> proven;
  private List<DecodingSymbol> unproven;
  private int next;

  @Override
  long blobLength() {
    return blobBytes;
  }

  @Override
  void prepareBlob(Arena memory) throws RedStuffException {
    recoverer = codec().newRecoverer(memory);
    verifier = codec().newVerifier(memory);
    SliverId target = new SliverId(axis, shards / 2);
    proven = new ArrayList<>();
    try (EncodedBlob encoded = codec().encode(blob())) {
      metadata = encoded.metadata();
      lost = copy(encoded.sliver(target), memory);
      int first = shards - codec().parameters().symbolsPerSliver(axis);
      source = copy(encoded.sliver(new SliverId(axis.opposite(), first)), memory);
      for (int i = first; i < shards; i++) {
        Sliver sliver = encoded.sliver(new SliverId(axis.opposite(), i));
        try (Arena scratch = Arena.ofConfined()) {
          ExpandedSliver all = codec().expand(metadata, sliver, scratch);
          proven.add(all.recoverySymbol(target.index()));
        }
      }
    }
    unproven = proven.stream().map(RecoverySymbol::withoutProof).toList();
    expanded = codec().expand(metadata, source, memory);
  }

  /** The sliver that is recovered, as it was encoded. */
  Sliver lost() {
    return lost;
  }

  VerifiedMetadata metadata() {
    return metadata;
  }

  /**
   * Decodes the sliver from symbols without proofs, expands and hashes it. The counted bytes are
   * those of the sliver.
   */
  @Benchmark
  public VerifiedSliver recoverUnproven(Bytes bytes) throws RedStuffException {
    bytes.add(lost.segment().byteSize());
    return recoverer.recoverUnproven(metadata, lost.id(), unproven);
  }

  /**
   * The same with the proof of every symbol checked first. The counted bytes are those of the
   * sliver.
   */
  @Benchmark
  public Recovery recoverProven(Bytes bytes) throws RedStuffException {
    bytes.add(lost.segment().byteSize());
    return recoverer.recover(metadata, lost.id(), proven);
  }

  /**
   * The same, looking at the proofs only if the result is wrong, which it is not. The counted bytes
   * are those of the sliver.
   */
  @Benchmark
  public Recovery recoverOptimistically(Bytes bytes) throws RedStuffException {
    bytes.add(lost.segment().byteSize());
    return recoverer.recoverOptimistically(metadata, lost.id(), proven);
  }

  /** Expands and hashes a sliver that came in. The counted bytes are those of the sliver. */
  @Benchmark
  public VerifiedSliver verifySliver(Bytes bytes) throws RedStuffException {
    bytes.add(lost.segment().byteSize());
    return verifier.verify(metadata, lost);
  }

  /**
   * One symbol with its proof, from a sliver as it is stored: expands and hashes it. The counted
   * bytes are those of the stored sliver.
   */
  @Benchmark
  public RecoverySymbol symbolWithProof(Bytes bytes) throws RedStuffException {
    bytes.add(source.segment().byteSize());
    try (Arena scratch = Arena.ofConfined()) {
      return codec().expand(metadata, source, scratch).recoverySymbol(lost.id().index());
    }
  }

  /**
   * A further symbol with its proof from a sliver that is kept expanded, another one at each call.
   */
  @Benchmark
  public RecoverySymbol nextSymbolWithProof() {
    next = next + 1 < shards ? next + 1 : 0;
    return expanded.recoverySymbol(next);
  }

  /**
   * One symbol without proof, from a sliver as it is stored. The counted bytes are those of the
   * stored sliver.
   */
  @Benchmark
  public byte[] symbolAlone(Bytes bytes) {
    bytes.add(source.segment().byteSize());
    return codec().symbol(source, lost.id().index());
  }

  /** Checks the proof of one symbol. */
  @Benchmark
  public RecoverySymbol verifyProof() throws RedStuffException {
    RecoverySymbol symbol = proven.getFirst();
    symbol.verify(metadata, lost.id());
    return symbol;
  }
}
