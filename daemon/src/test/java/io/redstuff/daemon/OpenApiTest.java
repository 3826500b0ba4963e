package io.redstuff.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.redstuff.daemon.api.DaemonRoute;
import io.redstuff.daemon.api.ErrorReason;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The daemon describes itself: all its routes, and no other. */
class OpenApiTest extends DaemonTestBase {
  private OpenAPI document() throws Exception {
    String text = new String(get("/v1/api").body(), UTF);
    SwaggerParseResult result = new OpenAPIV3Parser().readContents(text);
    assertEquals(List.of(), result.getMessages());
    assertNotNull(result.getOpenAPI());
    return result.getOpenAPI();
  }

  @Test
  void hasAllRoutesAndNoOther() throws Exception {
    Set<String> served = new TreeSet<>();
    for (DaemonRoute route : DaemonRoute.values()) {
      served.add(route.method() + " " + route.template());
      if (!route.isStoring()) {
        served.add("HEAD " + route.template());
      }
    }
    Set<String> described = new TreeSet<>();
    document()
        .getPaths()
        .forEach(
            (path, item) ->
                item.readOperationsMap()
                    .keySet()
                    .forEach(method -> described.add(method + " " + path)));
    assertEquals(served, described);
  }

  @Test
  void namesAllReasonsOfErrors() throws Exception {
    String text =
        document().getPaths().values().stream()
            .map(PathItem::readOperations)
            .flatMap(List::stream)
            .map(Operation::getResponses)
            .flatMap(answers -> answers.values().stream())
            .map(answer -> answer.getDescription())
            .collect(Collectors.joining("\n"));
    Set<String> unnamed =
        Stream.of(ErrorReason.values())
            .map(Enum::name)
            .filter(reason -> !text.contains(reason))
            .collect(Collectors.toCollection(TreeSet::new));
    // These are of no route.
    assertEquals(Set.of("METHOD_NOT_ALLOWED", "ROUTE_NOT_FOUND"), unnamed);
  }

  @Test
  void describesParametersOfPaths() throws Exception {
    for (Map.Entry<String, PathItem> path : document().getPaths().entrySet()) {
      for (Map.Entry<HttpMethod, Operation> operation :
          path.getValue().readOperationsMap().entrySet()) {
        Set<String> described =
            operation.getValue().getParameters() == null
                ? Set.of()
                : operation.getValue().getParameters().stream()
                    .filter(parameter -> parameter.getIn().equals("path"))
                    .map(parameter -> "{" + parameter.getName() + "}")
                    .collect(Collectors.toSet());
        Set<String> named =
            Stream.of(path.getKey().split("/"))
                .filter(segment -> segment.startsWith("{"))
                .collect(Collectors.toSet());
        assertEquals(named, described, path.getKey());
      }
    }
  }
}
