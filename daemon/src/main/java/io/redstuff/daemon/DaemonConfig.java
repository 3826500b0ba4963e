package io.redstuff.daemon;

import io.redstuff.http.HttpLimits;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;

/**
 * Where a daemon listens and what it bears.
 *
 * @param host the address to listen at
 * @param port the port; 0 for any
 * @param temporary a directory for temporary files, for this daemon alone; made if it is not there
 * @param limits for connections
 * @param maxBlobBytes how long a blob may be that is stored
 * @param maxQuiltBytes how long a form of files may be that makes a quilt
 * @param temporaryBytes how long temporary files may be together: bodies that come, and answers
 *     that are longer than {@code memoryBytes}
 * @param memoryBytes how long an answer may be that is kept in memory
 * @param reads how many requests may read at a time
 * @param stores how many may store at a time
 * @param hosts names by which it may be called, beside those of the machine itself, while it
 *     listens at the loopback address
 * @param allowsOtherOrigins whether pages of other origins may ask (CORS)
 * @param allowedHeaders attributes of blobs, and tags of files, that become headers of answers
 * @param allowsTags whether all tags do
 * @since 0.1.0
 */
public record DaemonConfig(
    String host,
    int port,
    Path temporary,
    HttpLimits limits,
    long maxBlobBytes,
    long maxQuiltBytes,
    long temporaryBytes,
    long memoryBytes,
    int reads,
    int stores,
    Set<String> hosts,
    boolean allowsOtherOrigins,
    Set<String> allowedHeaders,
    boolean allowsTags) {
  /** The port that the network's own takes. */
  public static final int PORT = 31415;

  private static final long GIB = 1L << 30;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one makes no sense
   */
  public DaemonConfig {
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(temporary, "temporary");
    Objects.requireNonNull(limits, "limits");
    hosts = Set.copyOf(hosts);
    allowedHeaders = Set.copyOf(allowedHeaders);
    check("port", port, 0, 0xffff);
    check("blob bytes", maxBlobBytes, 0, Long.MAX_VALUE);
    check("quilt bytes", maxQuiltBytes, 0, Long.MAX_VALUE);
    check("temporary bytes", temporaryBytes, 0, Long.MAX_VALUE);
    check("memory bytes", memoryBytes, 0, GIB);
    check("reads", reads, 1, Integer.MAX_VALUE);
    check("stores", stores, 1, Integer.MAX_VALUE);
  }

  private static void check(String what, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s: got %s, expected %s to %s".formatted(what, value, least, most));
    }
  }

  /**
   * Returns what does for a network on one machine: any port of the loopback address, blobs and
   * quilts of 1 GiB, 4 GiB of temporary files, 64 requests that read and 8 that store.
   *
   * @param temporary a directory for temporary files, for this daemon alone
   * @return the configuration
   */
  public static DaemonConfig of(Path temporary) {
    return new DaemonConfig(
        "127.0.0.1",
        0,
        temporary,
        HttpLimits.DEFAULT,
        GIB,
        GIB,
        4 * GIB,
        4 << 20,
        64,
        8,
        Set.of(),
        false,
        Set.of(),
        false);
  }

  /**
   * {@return the same at another address}
   *
   * @param otherHost the address to listen at
   * @param otherPort the port; 0 for any
   */
  public DaemonConfig at(String otherHost, int otherPort) {
    return new DaemonConfig(
        otherHost,
        otherPort,
        temporary,
        limits,
        maxBlobBytes,
        maxQuiltBytes,
        temporaryBytes,
        memoryBytes,
        reads,
        stores,
        hosts,
        allowsOtherOrigins,
        allowedHeaders,
        allowsTags);
  }

  /**
   * {@return the same with other limits for connections}
   *
   * @param other the limits
   */
  public DaemonConfig with(HttpLimits other) {
    return new DaemonConfig(
        host,
        port,
        temporary,
        other,
        maxBlobBytes,
        maxQuiltBytes,
        temporaryBytes,
        memoryBytes,
        reads,
        stores,
        hosts,
        allowsOtherOrigins,
        allowedHeaders,
        allowsTags);
  }

  /**
   * {@return the same for bodies of other lengths}
   *
   * @param blob how long a blob may be that is stored
   * @param quilt how long a form of files may be
   * @param files how long temporary files may be together
   * @param memory how long an answer may be that is kept in memory
   */
  public DaemonConfig withBytes(long blob, long quilt, long files, long memory) {
    return new DaemonConfig(
        host,
        port,
        temporary,
        limits,
        blob,
        quilt,
        files,
        memory,
        reads,
        stores,
        hosts,
        allowsOtherOrigins,
        allowedHeaders,
        allowsTags);
  }

  /**
   * {@return the same for other numbers of requests}
   *
   * @param readsAtATime how many requests may read at a time
   * @param storesAtATime how many may store at a time
   */
  public DaemonConfig withRequests(int readsAtATime, int storesAtATime) {
    return new DaemonConfig(
        host,
        port,
        temporary,
        limits,
        maxBlobBytes,
        maxQuiltBytes,
        temporaryBytes,
        memoryBytes,
        readsAtATime,
        storesAtATime,
        hosts,
        allowsOtherOrigins,
        allowedHeaders,
        allowsTags);
  }

  /**
   * {@return the same that lets in others}
   *
   * @param names by which it may be called
   * @param otherOrigins whether pages of other origins may ask
   */
  public DaemonConfig allowing(Set<String> names, boolean otherOrigins) {
    return new DaemonConfig(
        host,
        port,
        temporary,
        limits,
        maxBlobBytes,
        maxQuiltBytes,
        temporaryBytes,
        memoryBytes,
        reads,
        stores,
        names,
        otherOrigins,
        allowedHeaders,
        allowsTags);
  }

  /**
   * {@return the same with other headers in answers}
   *
   * @param names attributes of blobs, and tags of files, that become headers
   * @param tags whether all tags do
   */
  public DaemonConfig withHeaders(Set<String> names, boolean tags) {
    return new DaemonConfig(
        host,
        port,
        temporary,
        limits,
        maxBlobBytes,
        maxQuiltBytes,
        temporaryBytes,
        memoryBytes,
        reads,
        stores,
        hosts,
        allowsOtherOrigins,
        names,
        tags);
  }
}
