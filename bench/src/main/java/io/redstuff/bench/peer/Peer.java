package io.redstuff.bench.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** Another implementation that is measured beside ours. */
public enum Peer {
  /** BLAKE2b of Bouncy Castle. */
  BOUNCY_CASTLE(
      "BouncyCastleBenchmark", "Bouncy Castle " + version("bouncy-castle"), Optional.empty()),

  /** The plain Java Reed-Solomon coder of Hadoop. */
  HADOOP("HadoopBenchmark", "Hadoop " + version("hadoop") + " (Java)", Optional.empty()),

  /** Intel's storage library. */
  ISA_L(
      "IsaLBenchmark",
      "ISA-L (" + IsaLBenchmark.LIBRARY.fileName() + ")",
      IsaLBenchmark.LIBRARY.missing()),

  /** The C library of the authors of BLAKE2. */
  LIB_B2(
      "LibB2Benchmark",
      "libb2 (" + LibB2Benchmark.LIBRARY.fileName() + ")",
      LibB2Benchmark.LIBRARY.missing());

  private final String benchmark;
  private final String label;
  private final Optional<String> missing;

  Peer(String benchmark, String label, Optional<String> missing) {
    this.benchmark = benchmark;
    this.label = label;
    this.missing = missing.map(why -> label + " left out: " + why);
  }

  /** Returns the simple name of the class that measures it. */
  public String benchmark() {
    return benchmark;
  }

  /** Returns its name and version. */
  public String label() {
    return label;
  }

  /** Returns why it cannot be measured here, in one line; empty if it can. */
  public Optional<String> missing() {
    return missing;
  }

  /** Returns why what JMH is told to run cannot be measured here; empty if it can. */
  public static Optional<String> missing(String run) {
    return Stream.of(values())
        .filter(peer -> run.contains(peer.benchmark))
        .findFirst()
        .flatMap(Peer::missing);
  }

  /** The version that the build chose. */
  private static String version(String key) {
    Properties versions = new Properties();
    try (InputStream in = Peer.class.getResourceAsStream("versions.properties")) {
      versions.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return versions.getProperty(key);
  }
}
