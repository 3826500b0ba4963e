package io.redstuff.daemon.api;

import java.io.IOException;
import java.io.InputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The description of the routes for machines, as OpenAPI has it. */
public final class OpenApi {
  private static final String RESOURCE = "openapi.json";

  private OpenApi() {}

  /**
   * Returns the description.
   *
   * @param isPublisher whether the routes are there that store
   * @return the document in JSON, UTF-8
   * @throws IOException if the resource cannot be read
   */
  public static byte[] document(boolean isPublisher) throws IOException {
    try (InputStream in = OpenApi.class.getResourceAsStream(RESOURCE)) {
      JsonNode root = Json.MAPPER.readTree(in);
      if (!isPublisher) {
        ObjectNode paths = (ObjectNode) root.get("paths");
        for (DaemonRoute route : DaemonRoute.values()) {
          if (route.isStoring()) {
            paths.remove(route.template());
          }
        }
      }
      return Json.write(root);
    }
  }
}
