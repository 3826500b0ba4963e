package io.redstuff.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sealing by commands: from keys of servers to a range of a blob, of which slivers were lost. */
class SealCommandsTest {
  private static final int SERVERS = 5;
  private static final String PACKAGE = "0x" + "2a".repeat(32);

  @TempDir Path directory;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Path policy;

  private int run(Object... args) {
    out.reset();
    err.reset();
    return Main.run(
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8),
        InputStream.nullInputStream(),
        words(args));
  }

  private void assertFine(Object... args) {
    assertEquals(0, run(args), err::toString);
  }

  private void assertFails(int exitCode, String message, Object... args) {
    assertEquals(exitCode, run(args), err::toString);
    assertTrue(err.toString(UTF_8).contains(message), err::toString);
  }

  private Path masterKey(int server) {
    return directory.resolve("server-" + server + ".key");
  }

  @BeforeEach
  void makeServers() throws IOException {
    List<Object> args = new ArrayList<>(List.of("seal", "policy", "--package", PACKAGE));
    policy = directory.resolve("policy.json");
    args.addAll(List.of("--id", "01ff", "--threshold", 3, "-o", policy));
    for (int server = 0; server < SERVERS; server++) {
      assertFine("seal", "genkey", masterKey(server));
      args.add(Files.writeString(directory.resolve(server + ".json"), out.toString(UTF_8)));
    }
    assertFine(args.toArray());
  }

  private Path userKeys(Integer... servers) {
    Path keys = directory.resolve("user-" + Arrays.toString(servers) + ".keys");
    List<Object> args = new ArrayList<>(List.of("seal", "extract", "--policy", policy, "-o", keys));
    Stream.of(servers).map(this::masterKey).forEach(args::add);
    assertFine(args.toArray());
    return keys;
  }

  private Path file(int length) throws IOException {
    byte[] content = new byte[length];
    new Random(length).nextBytes(content);
    return Files.write(directory.resolve("file"), content);
  }

  @Test
  void sealsAndOpensFiles() throws IOException {
    Path file = file(200_000);
    Path sealed = directory.resolve("sealed");
    Path back = directory.resolve("back");
    Path keys = userKeys(4, 0, 2);
    for (List<String> format : List.of(List.<String>of(), List.of("--object"), List.of("--hmac"))) {
      List<Object> args =
          new ArrayList<>(List.of("seal", "encrypt", "--policy", policy, "-o", sealed));
      args.addAll(format);
      args.add(file);
      assertFine(args.toArray());
      assertFine("seal", "inspect", sealed);
      assertTrue(out.toString(UTF_8).contains("threshold  3 of 5 shares"), out::toString);
      assertTrue(out.toString(UTF_8).contains("of 200000 bytes"), out::toString);
      assertFine("seal", "inspect", "--json", sealed);
      assertTrue(out.toString(UTF_8).contains("\"threshold\" : 3"), out::toString);
      assertFine("seal", "decrypt", "--key-file", keys, "-o", back, sealed);
      assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(back));
      assertFine(
          "seal",
          "decrypt",
          "--key-file",
          keys,
          "--range",
          "100000-101023",
          "--stats",
          "-o",
          "-",
          sealed);
      assertArrayEquals(
          Arrays.copyOfRange(Files.readAllBytes(file), 100_000, 101_024), out.toByteArray());
      // One segment, and the header, whose first bytes are read to find out what it is, too.
      assertEquals(
          format.isEmpty(), err.toString(UTF_8).contains("of the sealed file for 1024 bytes"));
      byte[] bad = Files.readAllBytes(sealed);
      bad[bad.length - 5] ^= 1;
      Files.write(sealed, bad);
      Files.delete(back);
      assertFails(
          1, "cannot be opened with", "seal", "decrypt", "--key-file", keys, "-o", back, sealed);
      assertFalse(Files.exists(back));
    }
    assertFails(1, "at byte", "seal", "decrypt", "--key-file", keys, "-o", back, policy);
    assertFails(1, "at byte", "seal", "inspect", policy);
  }

  @Test
  void encodesAndDecodes() throws IOException {
    Path file = file(300_000);
    Path slivers = directory.resolve("slivers");
    Path back = directory.resolve("back");
    Path keys = userKeys(1, 2, 3);
    assertFine("encode", "-n", 10, "--seal", policy, "-o", slivers, file);
    String id = out.toString(UTF_8).strip();
    assertFine("verify", slivers);
    try (Stream<Path> primary = Files.list(slivers.resolve("primary"))) {
      for (Path sliver : primary.sorted().limit(6).toList()) {
        Files.delete(sliver);
      }
    }
    assertFine("decode", "--key-file", keys, "-o", back, "--blob-id", id, slivers);
    assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(back));
    assertFine("cat", "--key-file", keys, "--range", "150000-151023", "--stats", slivers);
    assertArrayEquals(
        Arrays.copyOfRange(Files.readAllBytes(file), 150_000, 151_024), out.toByteArray());
    assertTrue(err.toString(UTF_8).contains("for 1024 bytes"), err::toString);
    assertFine("cat", "--key-file", keys, "--range", "-10", slivers);
    assertArrayEquals(
        Arrays.copyOfRange(Files.readAllBytes(file), 299_990, 300_000), out.toByteArray());

    Path two = userKeys(0, 4);
    Path gone = directory.resolve("gone");
    String tooFew = "keys for too few of the 5 shares: got 2, expected at least 3";
    assertFails(1, tooFew, "decode", "--key-file", two, "-o", gone, slivers);
    assertFails(1, tooFew, "cat", "--key-file", two, slivers);
    assertFalse(Files.exists(gone));
    // Without keys there is the sealed blob.
    assertFine("decode", "-o", gone, slivers);
    assertFine("seal", "inspect", gone);
    assertFine("encode", "-n", 10, "-o", directory.resolve("open"), file);
    assertFails(
        1,
        "expected the word 'redseal'",
        "decode",
        "--key-file",
        keys,
        "-o",
        gone,
        directory.resolve("open"));
  }

  /** Sealed one by one, packed together, opened alone. */
  @Test
  void sealsFilesOfQuilts() throws IOException {
    Path keys = userKeys(0, 1, 2);
    Path file = file(3000);
    Path sealed = directory.resolve("sealed");
    Path quilt = directory.resolve("quilt");
    assertFine("seal", "encrypt", "--policy", policy, "-o", sealed, file);
    assertFine("quilt", "create", "-n", 10, "-o", quilt, sealed, file);
    assertFine("quilt", "cat", "--name", "sealed", quilt);
    Path one = Files.write(directory.resolve("one"), out.toByteArray());
    assertFine("seal", "decrypt", "--key-file", keys, "-o", "-", one);
    assertArrayEquals(Files.readAllBytes(file), out.toByteArray());
  }

  @Test
  void keysOfAnother() throws IOException {
    Path file = file(10);
    Path sealed = directory.resolve("sealed");
    assertFine("seal", "encrypt", "--policy", policy, "-o", sealed, file);
    Path other = directory.resolve("other.json");
    Files.writeString(other, Files.readString(policy).replace("01ff", "01fe"));
    policy = other;
    Path keys = userKeys(0, 1, 2);
    assertFails(
        1,
        "expected those of " + PACKAGE + ":01ff",
        "seal",
        "decrypt",
        "--key-file",
        keys,
        "-o",
        "-",
        sealed);
  }

  @Test
  void secretsStayPrivate() throws IOException {
    assertEquals(
        "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(masterKey(0))));
    assertFails(2, "is there already", "seal", "genkey", masterKey(0));
    Path keys = userKeys(0);
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)));
    Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-r--r--"));
    Path sealed = directory.resolve("sealed");
    assertFine("seal", "encrypt", "--policy", policy, "-o", sealed, file(3));
    assertFails(2, "others may use", "seal", "decrypt", "--key-file", keys, "-o", "-", sealed);
    Files.setPosixFilePermissions(masterKey(1), PosixFilePermissions.fromString("rw-rw----"));
    assertFails(
        2,
        "others may use",
        "seal",
        "extract",
        "--policy",
        policy,
        "-o",
        directory.resolve("new"),
        masterKey(1));
    Files.writeString(keys, "{\"package_id\": \"secret");
    Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-------"));
    assertFails(1, "not JSON", "seal", "decrypt", "--key-file", keys, "-o", "-", sealed);
    assertFalse(err.toString(UTF_8).contains("secret\""), err::toString);
  }

  /** A key server that runs until it is closed. */
  private static final class Served implements AutoCloseable {
    private final PipedOutputStream printed = new PipedOutputStream();
    private final BufferedReader lines;
    private final Thread thread;
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();

    private Served(Object... args) throws IOException {
      lines = new BufferedReader(new InputStreamReader(new PipedInputStream(printed), UTF_8));
      thread = Thread.ofVirtual().start(() -> exitCode.complete(serve(args)));
    }

    private int serve(Object... args) {
      try (PrintStream to = new PrintStream(printed, true, UTF_8)) {
        return Main.run(to, to, InputStream.nullInputStream(), words(args));
      }
    }

    private String line() throws IOException {
      return lines.readLine();
    }

    private int stop() {
      thread.interrupt();
      return exitCode.join();
    }

    @Override
    public void close() {
      stop();
    }
  }

  private static String[] words(Object... args) {
    return Arrays.stream(args).map(Object::toString).toArray(String[]::new);
  }

  private Path serverWithUrl(int server, String url) throws IOException {
    String json = Files.readString(directory.resolve(server + ".json"));
    return Files.writeString(
        directory.resolve("url-" + server + ".json"),
        json.replaceFirst("\\{", "{\"url\": \"%s\",".formatted(url)));
  }

  @Test
  void serversAreAsked() throws Exception {
    Path account = directory.resolve("account");
    assertFine("seal", "account", account);
    String address = out.toString(UTF_8).strip();
    Path keys = directory.resolve("keys");
    List<Object> fetch =
        new ArrayList<>(List.of("seal", "fetch", "--policy", policy, "--account", account));
    fetch.addAll(List.of("-o", keys));
    String other = "0x" + "11".repeat(32);
    try (Served first = new Served("seal", "serve", "--allow", address, masterKey(0));
        Served second = new Served("seal", "serve", "--allow", other, masterKey(1));
        Served third = new Served("seal", "serve", "--time-lock", masterKey(2))) {
      for (Served each : List.of(first, second, third)) {
        fetch.add(serverWithUrl(fetch.size() - 8, each.line()));
      }
      assertFails(
          1, "keys for too few of the 5 shares: got 1, expected at least 3", fetch.toArray());
      assertTrue(err.toString(UTF_8).contains("got status 403, NoAccess"), err::toString);
      assertFalse(Files.exists(keys));
      assertEquals(0, first.stop());
    }
    List<Object> one = fetch.subList(0, 9);
    assertFails(1, "keys for too few of the 5 shares: got 0", one.toArray());
    try (Served first = new Served("seal", "serve", "--allow", address, masterKey(0));
        Served second = new Served("seal", "serve", "--allow", address, masterKey(1));
        Served third =
            new Served("seal", "serve", "--allow", other, "--allow", address, masterKey(2))) {
      int server = 0;
      for (Served each : List.of(first, second, third)) {
        serverWithUrl(server++, each.line());
      }
      assertFine(fetch.toArray());
      assertTrue(out.toString(UTF_8).startsWith("3 keys of " + PACKAGE + ":01ff"), out::toString);
      assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)));
      String port = serverUrlPort(0);
      try (Served again =
          new Served("seal", "serve", "--port", port, "--time-lock", masterKey(0))) {
        assertTrue(again.line().contains("port " + port), port);
      }
    }
    Path file = file(1000);
    Path sealed = directory.resolve("sealed");
    Path back = directory.resolve("back");
    assertFine("seal", "encrypt", "--policy", policy, "-o", sealed, file);
    assertFine("seal", "decrypt", "--key-file", keys, "-o", back, sealed);
    assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(back));
    assertFails(
        2, "expected 0 to 65535", "seal", "serve", "--port", 65536, "--time-lock", masterKey(0));
    fetch.set(8, directory.resolve("0.json"));
    assertFails(1, "got no url", fetch.toArray());
    assertFine("seal", "genkey", "--url", "http://127.0.0.1:1", directory.resolve("one.key"));
    assertTrue(out.toString(UTF_8).contains("\"url\" : \"http://127.0.0.1:1\""), out::toString);
  }

  private String serverUrlPort(int server) throws IOException {
    String json = Files.readString(directory.resolve("url-" + server + ".json"));
    return json.replaceAll("(?s).*127.0.0.1:(\\d+).*", "$1");
  }

  private void assertNoPolicy(int exitCode, String message, int threshold, Path server) {
    List<Object> args = new ArrayList<>(List.of("seal", "policy", "--package", PACKAGE));
    args.addAll(List.of("--id", "", "--threshold", threshold, "-o", "-", server));
    assertFails(exitCode, message, args.toArray());
  }

  @Test
  void badPolicies() throws IOException {
    Path server = directory.resolve("0.json");
    assertNoPolicy(2, "threshold: got 2, expected 1 to the 1", 2, server);
    Files.writeString(policy, Files.readString(policy).replace(": 3", ": 6"));
    assertFails(
        1,
        "threshold: got 6, expected 1 to the 5",
        "seal",
        "encrypt",
        "--policy",
        policy,
        "-o",
        "-",
        server);
    // A proof of another server.
    String other = Files.readString(directory.resolve("1.json"));
    String proof = other.substring(other.indexOf("\"pop\""));
    String first = Files.readString(server);
    Files.writeString(server, first.substring(0, first.indexOf("\"pop\"")) + proof);
    assertNoPolicy(1, "signature: got one that is not of this key", 1, server);
    assertFails(2, "a command is needed", "seal");
  }
}
