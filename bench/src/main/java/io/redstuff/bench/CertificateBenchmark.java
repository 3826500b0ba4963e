package io.redstuff.bench;

import io.redstuff.BlobId;
import io.redstuff.ObjectId;
import io.redstuff.certify.CertificateVerifier;
import io.redstuff.certify.CertifiedBlob;
import io.redstuff.certify.Committee;
import io.redstuff.certify.CommitteeMember;
import io.redstuff.certify.NodeSigner;
import io.redstuff.certify.Verdict;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.certify.bls.SecretKey;
import io.redstuff.certify.bls.Signature;
import io.redstuff.error.RedStuffException;
import io.redstuff.message.BlobConfirmation;
import io.redstuff.message.BlobPersistence;
import io.redstuff.message.Certificate;
import io.redstuff.message.SignatureBytes;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Certificates of 100 signers, on each engine: one, and 100 of different blobs one by one and
 * together.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class CertificateBenchmark {
  private static final long EPOCH = 5;

  /** How many sign. */
  int signers = 100;

  /** Of how many blobs. */
  int certificates = 100;

  /** Which engine verifies. */
  @Param({"bouncy-castle", "blst"})
  String engine;

  private final SecureRandom random = new SecureRandom();
  private CertificateVerifier verifier;
  private List<Certificate<BlobConfirmation>> made;

  /** Makes a committee, all of whose members sign. */
  @Setup
  public void sign() throws RedStuffException {
    BlsEngine measured =
        BlsEngine.available().stream()
            .filter(one -> one.name().equals(engine))
            .findFirst()
            .orElseThrow();
    // What both make is the same; ten thousand signatures would take the slow one a minute.
    BlsEngine bls = BlsEngine.preferred();
    List<CommitteeMember> members = new ArrayList<>();
    List<NodeSigner> nodes = new ArrayList<>();
    for (int i = 0; i < signers; i++) {
      NodeSigner signer = new NodeSigner(bls, SecretKey.generate(random));
      nodes.add(signer);
      members.add(new CommitteeMember(ObjectId.of(numbered(i)), signer.key(), 10));
    }
    Committee committee = Committee.of(EPOCH, members);
    verifier = new CertificateVerifier(committee, measured);
    made = new ArrayList<>();
    for (int i = 0; i < certificates; i++) {
      BlobConfirmation message =
          new BlobConfirmation(EPOCH, BlobId.of(numbered(i)), BlobPersistence.PERMANENT);
      List<Signature> signatures = new ArrayList<>();
      for (NodeSigner signer : nodes) {
        signatures.add(bls.signature(signer.sign(message).signature().toBytes()));
      }
      made.add(
          new Certificate<>(
              IntStream.range(0, signers).boxed().toList(),
              message,
              SignatureBytes.of(bls.aggregate(signatures).toBytes())));
    }
  }

  private static byte[] numbered(int i) {
    return ByteBuffer.allocate(BlobId.BYTES).putInt(i).array();
  }

  /** One certificate. */
  @Benchmark
  public CertifiedBlob one() throws RedStuffException {
    return verifier.verify(made.getFirst());
  }

  /** A hundred, one by one. */
  @Benchmark
  public List<CertifiedBlob> oneByOne() throws RedStuffException {
    List<CertifiedBlob> blobs = new ArrayList<>();
    for (Certificate<BlobConfirmation> certificate : made) {
      blobs.add(verifier.verify(certificate));
    }
    return blobs;
  }

  /** A hundred, by one equation. */
  @Benchmark
  public List<Verdict> together() {
    return verifier.verifyAll(made, random);
  }
}
