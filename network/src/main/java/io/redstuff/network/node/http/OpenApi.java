package io.redstuff.network.node.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.redstuff.client.api.NodeRoute;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The routes of a node as a document of OpenAPI. */
final class OpenApi {
  private static final Pattern NAME = Pattern.compile("\\{([a-zA-Z]+)}");

  private OpenApi() {}

  /** Returns the document, in JSON. */
  static byte[] document() {
    Map<String, List<String>> paths = new LinkedHashMap<>();
    for (NodeRoute route : NodeRoute.values()) {
      add(paths, route.template(), route.method(), route.name());
    }
    add(paths, NodeApi.AUDIT_PATH, NodeApi.AUDIT_METHOD, "AUDIT");
    String all =
        paths.entrySet().stream()
            .map(
                entry ->
                    "\"%s\":{%s}".formatted(entry.getKey(), String.join(",", entry.getValue())))
            .collect(Collectors.joining(","));
    return ("{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"Walrus storage node\",\"version\":\"1\"},"
            + "\"paths\":{"
            + all
            + "}}")
        .getBytes(UTF_8);
  }

  private static void add(
      Map<String, List<String>> paths, String template, String method, String name) {
    List<String> parameters = new ArrayList<>();
    for (Matcher names = NAME.matcher(template); names.find(); ) {
      parameters.add(
          "{\"name\":\"%s\",\"in\":\"path\",\"required\":true,\"schema\":{\"type\":\"string\"}}"
              .formatted(names.group(1)));
    }
    paths
        .computeIfAbsent(template, _ -> new ArrayList<>())
        .add(
            ("\"%s\":{\"operationId\":\"%s\",\"parameters\":[%s],\"responses\":{\"default\":"
                    + "{\"description\":\"as the Walrus network has it\"}}}")
                .formatted(
                    method.toLowerCase(Locale.ROOT),
                    name.toLowerCase(Locale.ROOT),
                    String.join(",", parameters)));
  }
}
