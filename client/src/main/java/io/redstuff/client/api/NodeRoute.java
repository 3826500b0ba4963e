package io.redstuff.client.api;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.ObjectId;
import io.redstuff.SliverPairIndex;
import io.redstuff.error.MalformedDataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What a storage node can be asked: a method of HTTP and a path each.
 *
 * @since 0.1.0
 */
public enum NodeRoute {
  /** Metadata with its blob id, in BCS. */
  GET_METADATA("GET", "/v1/blobs/{blobId}/metadata"),
  /** Stores metadata, in BCS without the blob id. */
  PUT_METADATA("PUT", "/v1/blobs/{blobId}/metadata"),
  /** A {@link StoredStatus}. */
  METADATA_STATUS("GET", "/v1/blobs/{blobId}/metadata/status"),
  /** Data of a sliver, in BCS. */
  GET_SLIVER("GET", "/v1/blobs/{blobId}/slivers/{pair}/{axis}"),
  /** Stores a sliver, whose data comes in BCS. */
  PUT_SLIVER("PUT", "/v1/blobs/{blobId}/slivers/{pair}/{axis}"),
  /** A {@link StoredStatus}. */
  SLIVER_STATUS("GET", "/v1/blobs/{blobId}/slivers/{pair}/{axis}/status"),
  /** That the node has its slivers of a permanent blob, signed. */
  PERMANENT_CONFIRMATION("GET", "/v1/blobs/{blobId}/confirmation/permanent"),
  /** That the node has its slivers of a deletable blob, signed. */
  DELETABLE_CONFIRMATION("GET", "/v1/blobs/{blobId}/confirmation/deletable/{objectId}"),
  /** Symbols with their proofs, as a {@link RecoverySymbolsQuery} asks for. */
  RECOVERY_SYMBOLS("GET", "/v1/blobs/{blobId}/recoverySymbols"),
  /** Symbols without proofs, as a {@link DecodingSymbolsQuery} asks for. */
  DECODING_SYMBOLS("GET", "/v1/blobs/{blobId}/decodingSymbols"),
  /** Judges a proof that a blob is inconsistent, and signs if it is. */
  INCONSISTENCY_PROOF("POST", "/v1/blobs/{blobId}/inconsistencyProof/{axis}"),
  /** A {@link BlobStatus}. */
  BLOB_STATUS("GET", "/v1/blobs/{blobId}/status"),
  /** A {@link NodeHealth}. */
  HEALTH("GET", "/v1/health"),
  /** Slivers of a shard that moves from one node to another. */
  SYNC_SHARD("POST", "/v1/migrate/sync_shard"),
  /** What the node can be asked, as OpenAPI. */
  API("GET", "/v1/api");

  private static final String SEPARATOR = "/";

  private final String method;
  private final String template;

  NodeRoute(String method, String template) {
    this.method = method;
    this.template = template;
  }

  /**
   * A request's route, and what stood in its path where the template has names.
   *
   * @param route the route
   * @param values the values, by the order of their names
   */
  public record Match(NodeRoute route, List<String> values) {
    /**
     * Copies the values.
     *
     * @throws NullPointerException if something is null
     */
    public Match {
      Objects.requireNonNull(route, "route");
      values = List.copyOf(values);
    }

    private String value(String name) {
      return values.get(route.names().indexOf(name));
    }

    /**
     * {@return the blob that is asked about}
     *
     * @throws MalformedDataException if the path has none there
     * @throws IndexOutOfBoundsException if the route is not about a blob
     */
    public BlobId blobId() throws MalformedDataException {
      return BlobId.parse(value("{blobId}"));
    }

    /**
     * {@return the pair of slivers that is asked about}
     *
     * @throws MalformedDataException if the path has none there
     * @throws IndexOutOfBoundsException if the route is not about a pair
     */
    public SliverPairIndex pair() throws MalformedDataException {
      return SliverPairIndex.of(ApiText.u16("sliver pair index", value("{pair}")));
    }

    /**
     * {@return the kind of sliver that is asked about}
     *
     * @throws MalformedDataException if the path has none there
     * @throws IndexOutOfBoundsException if the route is not about a kind of slivers
     */
    public Axis axis() throws MalformedDataException {
      return ApiText.axis("sliver type", value("{axis}"));
    }

    /**
     * {@return the blob object that is asked about}
     *
     * @throws MalformedDataException if the path has none there
     * @throws IndexOutOfBoundsException if the route is not about an object
     */
    public ObjectId objectId() throws MalformedDataException {
      return ObjectId.parse(value("{objectId}").toLowerCase(Locale.ROOT));
    }
  }

  /** {@return the method of HTTP} */
  public String method() {
    return method;
  }

  /** {@return the path, with names in braces for what differs} */
  public String template() {
    return template;
  }

  private List<String> names() {
    return split(template).stream().filter(NodeRoute::isName).toList();
  }

  private static boolean isName(String segment) {
    return segment.startsWith("{");
  }

  /**
   * Returns the path of a request.
   *
   * @param values what stands where the template has names, in this order; their texts need no
   *     escapes
   * @return the path, without a query
   * @throws IllegalArgumentException if there are more or fewer values than names
   */
  public String path(Object... values) {
    List<String> names = names();
    if (values.length != names.size()) {
      throw new IllegalArgumentException(
          "path of %s: got %s values, expected %s".formatted(this, values.length, names.size()));
    }
    String path = template;
    for (int i = 0; i < values.length; i++) {
      path = path.replace(names.get(i), values[i].toString());
    }
    return path;
  }

  /**
   * Finds the route of a request.
   *
   * @param method the method of HTTP
   * @param path the path, without a query and not decoded: none of the values needs escapes
   * @return the route with the values, of which none was looked at; nothing if there is no such
   *     route
   */
  public static Optional<Match> match(String method, String path) {
    return matches(path).stream().filter(match -> match.route().method.equals(method)).findFirst();
  }

  /**
   * Returns which methods a path has.
   *
   * @param path the path, without a query
   * @return the methods of HTTP, none if there is no such path
   */
  public static List<String> methods(String path) {
    return matches(path).stream().map(match -> match.route().method).toList();
  }

  private static List<Match> matches(String path) {
    List<String> given = split(path);
    List<Match> matches = new ArrayList<>();
    for (NodeRoute route : values()) {
      List<String> segments = split(route.template);
      if (fits(given, segments)) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
          if (isName(segments.get(i))) {
            values.add(given.get(i));
          }
        }
        matches.add(new Match(route, values));
      }
    }
    return matches;
  }

  private static boolean fits(List<String> given, List<String> segments) {
    if (given.size() != segments.size()) {
      return false;
    }
    for (int i = 0; i < given.size(); i++) {
      if (!isName(segments.get(i)) && !segments.get(i).equals(given.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static List<String> split(String path) {
    return Arrays.asList(path.split(SEPARATOR, -1));
  }
}
