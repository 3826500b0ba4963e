package io.redstuff.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.client.StoreOptions;
import io.redstuff.client.TransferSettings;
import io.redstuff.client.WalrusClient;
import io.redstuff.network.ledger.AccountSession;
import io.redstuff.network.ledger.transaction.AccountKeyFile;
import io.redstuff.network.local.LocalNetwork;
import io.redstuff.network.local.NetworkHome;
import io.redstuff.network.local.NetworkPlan;
import io.redstuff.network.registry.LedgerRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A daemon that was given a committee alone reads from its nodes. */
class DaemonCommandTest {
  @TempDir private Path directory;
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private Process start(Path committee, Path temporary) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--add-modules=jdk.incubator.vector", "-XX:+UseSerialGC"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-Djava.io.tmpdir=" + temporary);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(
        List.of("network", "daemon", "--committee", committee.toString(), "--port", "0"));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  @Test
  void readsFromTheNodesOfACommittee() throws Exception {
    byte[] blob = new byte[50_000];
    new Random(5).nextBytes(blob);
    NetworkHome home = new NetworkHome(directory.resolve("net"));
    try (LocalNetwork network =
            LocalNetwork.open(home, NetworkPlan.DEFAULT.ofSize(4, 10), LocalNetwork.Mode.ONE_JVM);
        WalrusClient client =
            WalrusClient.of(
                new LedgerRegistry(
                    network.ledger(),
                    new AccountSession(network.ledger(), AccountKeyFile.read(home.clientKey())),
                    BlsEngine.preferred()),
                TransferSettings.defaults());
        HttpClient http = HttpClient.newHttpClient()) {
      String id = client.store(blob, new StoreOptions(2, false)).blobId().toString();
      Path committee =
          Files.write(directory.resolve("committee.json"), client.committee().toJson());
      Path temporary = Files.createDirectory(directory.resolve("tmp"));
      Process daemon = start(committee, temporary);
      String address = daemon.inputReader().readLine();
      assertTrue(address != null && address.startsWith("http://127.0.0.1:"), address);
      HttpResponse<byte[]> read =
          http.send(
              HttpRequest.newBuilder(URI.create(address + "/v1/blobs/" + id)).build(),
              BodyHandlers.ofByteArray());
      assertArrayEquals(blob, read.body());
      HttpResponse<String> stored =
          http.send(
              HttpRequest.newBuilder(URI.create(address + "/v1/blobs"))
                  .PUT(BodyPublishers.ofString("x"))
                  .build(),
              BodyHandlers.ofString());
      assertEquals(404, stored.statusCode(), stored::body);
      daemon.destroy();
      daemon.waitFor();
      try (Stream<Path> left = Files.list(temporary)) {
        assertEquals(
            List.of(),
            left.map(path -> path.getFileName().toString())
                .filter(name -> name.startsWith("redstuff-daemon"))
                .toList());
      }
      try (ServerSocket taken = new ServerSocket(0)) {
        assertEquals(
            2,
            run(
                "--committee",
                committee.toString(),
                "--host",
                "0.0.0.0",
                "--port",
                Integer.toString(taken.getLocalPort())));
      }
      assertEquals(2, run("--committee", committee.toString(), "--port", "70000"));
      assertTrue(err.toString(UTF_8).contains("port: got 70000"), err::toString);
    }
  }

  @Test
  void committeeHasToBeOne() throws Exception {
    Path committee = Files.writeString(directory.resolve("committee.json"), "{}");
    assertEquals(1, run("--committee", committee.toString()));
    assertEquals(2, run());
    assertTrue(err.toString(UTF_8).contains("--committee"), err::toString);
    assertEquals(2, run("--committee", directory.resolve("nowhere").toString()));
  }

  private int run(String... options) {
    err.reset();
    List<String> words = new ArrayList<>(List.of("network", "daemon"));
    words.addAll(List.of(options));
    return Main.run(
        new PrintStream(new ByteArrayOutputStream(), true, UTF_8),
        new PrintStream(err, true, UTF_8),
        InputStream.nullInputStream(),
        words.toArray(String[]::new));
  }
}
