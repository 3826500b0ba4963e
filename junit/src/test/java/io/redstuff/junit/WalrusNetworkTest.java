package io.redstuff.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Runs classes of {@link Lifecycles} by JUnit's engine, and looks at what they were given. */
class WalrusNetworkTest {
  @TempDir private Path directory;

  @BeforeEach
  void nothingGiven() {
    Lifecycles.GIVEN.clear();
  }

  private EngineExecutionResults run(Map<String, String> parameters, Class<?>... classes) {
    Map<String, String> all = new TreeMap<>(parameters);
    all.put(WalrusNetwork.DIRECTORY, directory.toString());
    return EngineTestKit.engine("junit-jupiter")
        .configurationParameters(all)
        .selectors(
            Arrays.stream(classes)
                .map(DiscoverySelectors::selectClass)
                .toArray(DiscoverySelector[]::new))
        .execute();
  }

  private List<RunningNetwork> runAll(int tests, Class<?>... classes) {
    EngineExecutionResults results = run(Map.of(), classes);
    assertNoneFailed(results);
    results.testEvents().assertStatistics(events -> events.succeeded(tests));
    assertEquals(tests, Lifecycles.GIVEN.size());
    return List.copyOf(Lifecycles.GIVEN);
  }

  private List<Path> directories() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  private static void assertEnded(RunningNetwork network) {
    int port = network.address().getPort();
    assertThrows(
        ConnectException.class,
        () -> new Socket(InetAddress.getLoopbackAddress(), port).close(),
        () -> "port " + port);
  }

  private static Stream<Throwable> failures(EngineExecutionResults results) {
    return results
        .allEvents()
        .failed()
        .map(event -> event.getRequiredPayload(TestExecutionResult.class))
        .map(result -> result.getThrowable().orElseThrow());
  }

  private static void assertNoneFailed(EngineExecutionResults results) {
    failures(results)
        .findFirst()
        .ifPresent(
            failure -> {
              throw new AssertionError(failure.getMessage(), failure);
            });
  }

  private static String failure(EngineExecutionResults results) {
    return failures(results).findFirst().orElseThrow().getMessage();
  }

  @Test
  void testsOfAClassShareANetwork() throws IOException {
    List<RunningNetwork> given = runAll(2, Lifecycles.Shared.class);
    assertSame(given.getFirst(), given.getLast());
    assertEnded(given.getFirst());
    assertEquals(List.of(), directories());
  }

  @Test
  void classesHaveNetworksOfTheirOwn() {
    List<RunningNetwork> given = runAll(4, Lifecycles.Shared.class, Lifecycles.Inheriting.class);
    assertSame(given.get(0), given.get(1));
    assertNotSame(given.get(1), given.get(2));
    assertSame(given.get(2), given.get(3));
  }

  @Test
  void nestedClassesShareItUnlessTheyAskForAnother() throws IOException {
    List<RunningNetwork> given = runAll(3, Lifecycles.Surrounding.class);
    Set<RunningNetwork> networks = new HashSet<>(given);
    assertEquals(2, networks.size());
    networks.forEach(WalrusNetworkTest::assertEnded);
    assertEquals(List.of(), directories());
  }

  @Test
  void oneInstanceIsGivenItInItsConstructor() {
    List<RunningNetwork> given = runAll(2, Lifecycles.OneInstance.class);
    assertSame(given.getFirst(), given.getLast());
  }

  @Test
  void methodsHaveNetworksOfTheirOwn() throws IOException {
    List<RunningNetwork> given = runAll(3, Lifecycles.OnMethods.class);
    assertEquals(3, new HashSet<>(given).size());
    given.forEach(WalrusNetworkTest::assertEnded);
    assertEquals(List.of(), directories());
  }

  @Test
  void testsRunAtATime() throws IOException {
    EngineExecutionResults results =
        run(
            Map.of(
                "junit.jupiter.execution.parallel.enabled", "true",
                "junit.jupiter.execution.parallel.mode.default", "concurrent",
                "junit.jupiter.execution.parallel.config.strategy", "fixed",
                "junit.jupiter.execution.parallel.config.fixed.parallelism", "4"),
            Lifecycles.AtATime.class,
            Lifecycles.AlsoAtATime.class);
    assertNoneFailed(results);
    results.testEvents().assertStatistics(events -> events.succeeded(16));
    Set<RunningNetwork> networks = new HashSet<>(Lifecycles.GIVEN);
    assertEquals(2, networks.size());
    networks.forEach(WalrusNetworkTest::assertEnded);
    assertEquals(List.of(), directories());
  }

  @Test
  void annotationsAreComposed() {
    assertEquals(1, runAll(1, Lifecycles.Composed.class).size());
  }

  @Test
  void directoriesOfFailedTestsAreDeleted() throws IOException {
    EngineExecutionResults results = run(Map.of(), Lifecycles.Failing.class);
    results.testEvents().assertStatistics(events -> events.failed(1));
    assertEnded(Lifecycles.GIVEN.getFirst());
    assertEquals(List.of(), directories());
  }

  @Test
  void directoriesOfFailedTestsAreKeptIfTheyAreAskedFor() throws IOException {
    run(Map.of(WalrusNetwork.KEEP, "true"), Lifecycles.Failing.class);
    assertKept(1);
    run(Map.of(), Lifecycles.FailingAndKept.class);
    assertKept(2);
    run(Map.of(WalrusNetwork.KEEP, "true"), Lifecycles.FailingAtTheEnd.class);
    assertKept(3);
    run(Map.of(WalrusNetwork.KEEP, "true"), Lifecycles.Shared.class);
    assertKept(3);
    Lifecycles.GIVEN.forEach(WalrusNetworkTest::assertEnded);
  }

  private void assertKept(int count) throws IOException {
    List<Path> kept = directories();
    assertEquals(count, kept.size());
    for (Path one : kept) {
      assertTrue(Files.exists(one.resolve("network/ledger/ledger.db")), one::toString);
    }
  }

  @Test
  void saysWhyANetworkDoesNotStart() throws IOException {
    EngineExecutionResults results = run(Map.of(), Lifecycles.TooManyNodes.class);
    results.testEvents().assertStatistics(events -> events.started(0));
    String message = failure(results);
    assertTrue(message.contains("@WalrusNetwork(nodes = 5, shards = 4) did not start"), message);
    assertTrue(message.contains("shards: got 4, expected one for each of 5 nodes"), message);
    assertEquals(List.of(), directories());
  }

  @Test
  void leavesNothingOfANetworkThatDidNotStart() throws IOException {
    EngineExecutionResults results = run(Map.of(), Lifecycles.Interrupted.class);
    results.testEvents().assertStatistics(events -> events.started(0));
    String message = failure(results);
    assertTrue(message.contains("did not start"), message);
    assertEquals(List.of(), directories());
  }

  @Test
  void saysThatTheAnnotationIsMissing() {
    String message = failure(run(Map.of(), Lifecycles.WithoutAnnotation.class));
    assertTrue(message.contains("got no @WalrusNetwork"), message);
  }

  @Test
  void leavesOtherAddressesToOthers() {
    EngineExecutionResults results = run(Map.of(), Lifecycles.BareUri.class);
    results.testEvents().assertStatistics(events -> events.failed(1));
    String message = failure(results);
    assertTrue(message.contains("No ParameterResolver registered"), message);
  }
}
