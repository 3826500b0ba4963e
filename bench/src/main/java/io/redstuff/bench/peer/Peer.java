package io.redstuff.bench.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** Another implementation that is measured beside ours: what it is called and what it computes. */
public enum Peer {
  /** BLAKE2b of Bouncy Castle. */
  BOUNCY_CASTLE(
      "BouncyCastleBenchmark",
      "Bouncy Castle " + Versions.of("bouncy-castle"),
      "BLAKE2b-256, one message at a time, plain Java"),

  /** The plain Java Reed-Solomon coder of Hadoop. */
  HADOOP(
      "HadoopBenchmark",
      "Hadoop " + Versions.of("hadoop") + " (Java)",
      "Reed-Solomon over GF(2^8), another code, plain Java"),

  /** Intel's storage library. */
  ISA_L(
      "IsaLBenchmark",
      "ISA-L (" + IsaL.LIBRARY.fileName() + ")",
      "Reed-Solomon over GF(2^8), another code, native") {
    @Override
    Optional<NativeLibrary> library() {
      return Optional.of(IsaL.LIBRARY);
    }
  },

  /** The C library of the authors of BLAKE2. */
  LIB_B2(
      "LibB2Benchmark",
      "libb2 (" + LibB2.LIBRARY.fileName() + ")",
      "BLAKE2b-256, one message at a time, native") {
    @Override
    Optional<NativeLibrary> library() {
      return Optional.of(LibB2.LIBRARY);
    }
  };

  /** Simple name of the class that measures it. */
  private final String benchmark;

  private final String label;
  private final String computes;

  Peer(String benchmark, String label, String computes) {
    this.benchmark = benchmark;
    this.label = label;
    this.computes = computes;
  }

  /**
   * The simple name of the class that measures it.
   *
   * @return the name
   */
  public String benchmark() {
    return benchmark;
  }

  /**
   * Its name and version.
   *
   * @return the label
   */
  public String label() {
    return label;
  }

  /**
   * What it computes, which need not be what we compute.
   *
   * @return a few words
   */
  public String computes() {
    return computes;
  }

  /**
   * Why it cannot be measured here.
   *
   * @return one line; empty if it can be measured
   */
  public Optional<String> missing() {
    return library().flatMap(NativeLibrary::missing).map(reason -> label + " left out: " + reason);
  }

  /** What has to be installed for it. */
  Optional<NativeLibrary> library() {
    return Optional.empty();
  }

  /**
   * The peers that cannot be measured here.
   *
   * @return those with a native library that is not installed
   */
  public static List<Peer> absent() {
    return List.of(values()).stream().filter(peer -> peer.missing().isPresent()).toList();
  }

  /** The versions that the build chose. */
  private static final class Versions {
    private static final Properties PROPERTIES = read();

    static String of(String key) {
      return PROPERTIES.getProperty(key);
    }

    private static Properties read() {
      Properties properties = new Properties();
      try (InputStream in = Peer.class.getResourceAsStream("versions.properties")) {
        properties.load(in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return properties;
    }
  }
}
