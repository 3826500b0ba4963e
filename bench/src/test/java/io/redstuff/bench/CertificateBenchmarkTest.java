package io.redstuff.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.redstuff.certify.CertifiedBlob;
import io.redstuff.certify.Verdict;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateBenchmarkTest {
  @ParameterizedTest
  @ValueSource(strings = {"bouncy-castle", "blst"})
  void allCertificatesHold(String engine) throws Exception {
    CertificateBenchmark benchmark = new CertificateBenchmark();
    benchmark.engine = engine;
    benchmark.signers = 4;
    benchmark.certificates = 3;
    benchmark.sign();
    List<CertifiedBlob> blobs = benchmark.oneByOne();
    assertEquals(3, blobs.stream().map(CertifiedBlob::blobId).distinct().count());
    assertEquals(blobs.getFirst().blobId(), benchmark.one().blobId());
    List<Verdict> together = benchmark.together();
    assertEquals(3, together.size());
    together.forEach(verdict -> assertInstanceOf(Verdict.Certified.class, verdict));
  }
}
