package io.redstuff.daemon.api;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The routes of a daemon. */
public enum DaemonRoute {
  /** Stores a blob. */
  STORE_BLOB("PUT", "/v1/blobs"),
  /** Stores files as a quilt. */
  STORE_QUILT("PUT", "/v1/quilts"),
  /** Reads a blob, whose object is known. */
  BLOB_BY_OBJECT("GET", "/v1/blobs/by-object-id/{blob_object_id}"),
  /** Reads a file of a quilt. */
  PATCH_BY_ID("GET", "/v1/blobs/by-quilt-patch-id/{quilt_patch_id}"),
  /** Reads a file of a quilt by its name. */
  PATCH_BY_IDENTIFIER("GET", "/v1/blobs/by-quilt-id/{quilt_id}/{identifier}"),
  /** Reads some bytes of a blob. */
  BYTE_RANGE("GET", "/v1/blobs/{blob_id}/byte-range"),
  /** Reads a blob. */
  BLOB("GET", "/v1/blobs/{blob_id}"),
  /** Lists the files of a quilt. */
  QUILT_PATCHES("GET", "/v1/quilts/{quilt_id}/patches"),
  /** Says that the daemon is there. */
  STATUS("GET", "/status"),
  /** Describes these routes. */
  API("GET", "/v1/api");

  /**
   * A route that a path has, and what stands there in place of its parameters.
   *
   * @param route the route
   * @param parameters what stands there, decoded, in order
   */
  public record Match(DaemonRoute route, List<String> parameters) {
    /** Copies the list. */
    public Match {
      parameters = List.copyOf(parameters);
    }
  }

  private final String method;
  private final String template;

  DaemonRoute(String method, String template) {
    this.method = method;
    this.template = template;
  }

  /** {@return PUT, or GET, which HEAD goes with} */
  public String method() {
    return method;
  }

  /** {@return the path, with names of parameters in braces} */
  public String template() {
    return template;
  }

  /** {@return whether it stores something} */
  public boolean isStoring() {
    return method.equals("PUT");
  }

  /**
   * {@return whether a request may have this method}
   *
   * @param asked the method
   */
  public boolean takes(String asked) {
    return asked.equals(method) || (!isStoring() && asked.equals("HEAD"));
  }

  /**
   * Finds the route of a path.
   *
   * @param path with its escapes
   * @return the route; nothing if it is none of these
   * @throws RefusedException if it is one, and an escape is none or what it stands for no UTF-8
   */
  public static Optional<Match> match(String path) throws RefusedException {
    String[] got = path.split("/", -1);
    for (DaemonRoute route : values()) {
      String[] segments = route.template.split("/", -1);
      if (isOf(segments, got)) {
        List<String> parameters = new ArrayList<>();
        for (int i = 0; i < got.length; i++) {
          if (segments[i].startsWith("{")) {
            parameters.add(decode(got[i]));
          }
        }
        return Optional.of(new Match(route, parameters));
      }
    }
    return Optional.empty();
  }

  private static boolean isOf(String[] segments, String[] got) {
    if (got.length != segments.length) {
      return false;
    }
    for (int i = 0; i < got.length; i++) {
      boolean isParameter = segments[i].startsWith("{");
      if (isParameter ? got[i].isEmpty() : !got[i].equals(segments[i])) {
        return false;
      }
    }
    return true;
  }

  /** Decodes escapes; a plus is a plus. */
  private static String decode(String segment) throws RefusedException {
    byte[] raw = segment.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length);
    for (int i = 0; i < raw.length; i++) {
      if (raw[i] != '%') {
        bytes.write(raw[i]);
        continue;
      }
      int high = i + 1 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
      int low = i + 2 < raw.length ? Character.digit(raw[i + 2], 16) : -1;
      if (high < 0 || low < 0) {
        throw RefusedException.malformed("path: got a % without two hexadecimal digits behind it");
      }
      bytes.write(high << 4 | low);
      i += 2;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw RefusedException.malformed("path: got bytes that are no UTF-8");
    }
  }
}
