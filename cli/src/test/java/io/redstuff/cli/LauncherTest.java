package io.redstuff.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher, in an installation of its own whose sources are not there. Where only its decisions
 * matter, the JDK is a shell script that prints its arguments.
 */
class LauncherTest {

  private static final String WALRUS_LINE = TestFiles.WALRUS_ID + "  walrus.txt\n";

  private static final String FAKE_JAVA = "#!/bin/sh\nprintf '%s\\n' \"$@\"\n";

  private static final String RELEASE =
      """
      JAVA_VERSION="25.0.9"
      MODULES="java.base jdk.incubator.vector"
      """;

  @TempDir private Path directory;
  private Path home;
  private Path target;
  private Path cache;
  private String err;

  @BeforeEach
  void install() throws IOException {
    // A name that a script without enough quotes would take for two.
    home = Files.createDirectory(directory.resolve("my home"));
    target = Files.createDirectories(home.resolve("cli/target"));
    Files.createDirectory(target.resolve("lib"));
    cache = target.resolve("redstuff.aot");
    Files.copy(Path.of("..", "redstuff"), home.resolve("redstuff"));
    Files.copy(Path.of("jvm.args"), home.resolve("cli/jvm.args"));
    Files.copy(Path.of("start"), home.resolve("cli/start"));
    TestFiles.walrus(directory);
  }

  /** Runs the launcher with {@code jdk}; gives its standard output. */
  private String launch(Path jdk, List<String> environment, String... args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("sh", home.resolve("redstuff").toString()));
    command.addAll(Arrays.asList(args));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectError(directory.resolve("err").toFile());
    for (String option : List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS")) {
      builder.environment().remove(option);
    }
    builder.environment().put("JAVA_HOME", jdk.toString());
    for (String assignment : environment) {
      int end = assignment.indexOf('=');
      builder.environment().put(assignment.substring(0, end), assignment.substring(end + 1));
    }
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    err = Files.readString(directory.resolve("err"), UTF_8);
    assertEquals(0, process.waitFor(), err);
    return out;
  }

  // --- what it decides ---

  private Path fakeJdk(String release) throws IOException {
    Path jdk = directory.resolve("jdk");
    Files.createDirectories(jdk.resolve("bin"));
    Files.writeString(jdk.resolve("release"), release);
    Path java = Files.writeString(jdk.resolve("bin/java"), FAKE_JAVA);
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    if (!Files.exists(target.resolve("redstuff.jar"))) {
      Files.createFile(target.resolve("redstuff.jar"));
    }
    return jdk;
  }

  /** Whether the launcher takes this for little work. */
  private boolean isLittle(List<String> environment, String... args) throws Exception {
    List<String> out = launch(fakeJdk(RELEASE), environment, args).lines().toList();
    boolean plain = out.contains("-Dredstuff.engine=plain");
    assertEquals(plain, out.contains("-XX:AOTCache=" + cache), out.toString());
    assertEquals(!plain, out.contains("--add-modules=jdk.incubator.vector"), out.toString());
    assertEquals(List.of(args), out.subList(out.size() - args.length, out.size()));
    return plain;
  }

  private boolean isLittle(String... args) throws Exception {
    return isLittle(List.of(), args);
  }

  @Test
  void littleWorkIsBlobIdsAndEncodingOfAFewSmallFiles() throws Exception {
    Files.copy(directory.resolve("walrus.txt"), directory.resolve("!"));
    Files.copy(directory.resolve("walrus.txt"), directory.resolve("-o"));
    assertTrue(isLittle("blob-id", "--", "-o"));
    assertTrue(isLittle("encode", "-o", "out", "--", "-o"));
    assertTrue(isLittle("blob-id", "walrus.txt"));
    assertTrue(isLittle("blob-id", "-n", "10", "!", directory.resolve("walrus.txt").toString()));
    assertTrue(isLittle("encode", "-o", "out", "walrus.txt"));
    assertTrue(isLittle("--help"));
    assertTrue(isLittle("check", "--blob-id", "x", "y"));
    assertTrue(isLittle());
  }

  @Test
  void whatMayBeMuchIsNotLittle() throws Exception {
    try (RandomAccessFile large = new RandomAccessFile(directory.resolve("large").toFile(), "rw")) {
      large.setLength((8 << 20) + 1);
    }
    assertFalse(isLittle("blob-id", "large"));
    assertFalse(isLittle("blob-id", "walrus.txt", "large"));
    Files.move(directory.resolve("large"), directory.resolve("-n"));
    assertFalse(isLittle("blob-id", "walrus.txt", "--", "-n"));
    assertFalse(isLittle("blob-id", "walrus.txt", "--", "-"));
    assertFalse(isLittle("blob-id", "-"));
    assertFalse(isLittle("blob-id", "missing"));
    assertFalse(isLittle("blob-id", "--files0-from", "walrus.txt"));
    assertFalse(isLittle("blob-id", "--files0-from=walrus.txt"));
    String[] five = new String[6];
    Arrays.fill(five, "walrus.txt");
    five[0] = "blob-id";
    assertFalse(isLittle(five));
    assertFalse(isLittle("decode", "walrus.txt", "-o", "back"));
    assertFalse(isLittle("info"));
  }

  @Test
  void optionsForTheJvmAreNotMetWithOthers() throws Exception {
    String engine = "=-Dredstuff.engine=reference";
    assertFalse(isLittle(List.of("REDSTUFF_JAVA_OPTS" + engine), "blob-id", "walrus.txt"));
    assertFalse(isLittle(List.of("JAVA_TOOL_OPTIONS" + engine), "blob-id", "walrus.txt"));
    assertFalse(isLittle(List.of("JDK_JAVA_OPTIONS" + engine), "blob-id", "walrus.txt"));
    assertFalse(isLittle(List.of("_JAVA_OPTIONS" + engine), "blob-id", "walrus.txt"));
  }

  @Test
  void aRuntimeWithoutTheVectorModuleIsNotAskedForIt() throws Exception {
    Path jdk = fakeJdk("JAVA_VERSION=\"25\"\nMODULES=\"java.base\"\n");
    assertFalse(launch(jdk, List.of(), "info").contains("--add-modules"));
    assertTrue(launch(fakeJdk(RELEASE), List.of(), "info").contains("--add-modules"));
  }

  /** Checks that a command line is started with the jar of a module beside that of the command. */
  private void assertStartsWith(String product, String... args) throws Exception {
    Path jar = home.resolve(product);
    Files.createDirectories(jar.getParent());
    if (!Files.exists(jar)) {
      Files.createFile(jar);
    }
    List<String> out = launch(fakeJdk(RELEASE), List.of(), args).lines().toList();
    String classPath = target.resolve("redstuff.jar") + ":" + jar;
    assertTrue(out.contains(classPath), () -> Arrays.toString(args) + ": " + out);
  }

  @Test
  void whatAnotherModuleDoesIsStartedWithItsJar() throws Exception {
    String certify = "cli-certify/target/redstuff-certify.jar";
    assertStartsWith(certify, "key", "new", "k");
    assertStartsWith(certify, "confirm", "out", "--key", "k");
    assertStartsWith(certify, "certify", "-o", "c");
    assertStartsWith(certify, "check", "--committee=c", "f");
    assertStartsWith(certify, "audit", "challenge", "--drand", "r");
    String seal = "cli-seal/target/redstuff-seal.jar";
    assertStartsWith(seal, "seal", "genkey", "k");
    assertStartsWith(seal, "encode", "--seal", "p", "walrus.txt");
    assertStartsWith(seal, "cat", "--key-file=k", "out");
    assertStartsWith("cli-network/target/redstuff-network-command.jar", "network", "up");
  }

  // --- what comes of it ---

  /** Installs the classes under test as the build does; a cache needs jars. */
  private Path realJdk() throws IOException, InterruptedException {
    StringBuilder classPath = new StringBuilder();
    int number = 0;
    for (String entry : System.getProperty("java.class.path").split(":", -1)) {
      Path path = Path.of(entry);
      String name = "lib/" + number++ + ".jar";
      if (Files.isDirectory(path)) {
        jar("--create", "--file", target.resolve(name).toString(), "-C", entry, ".");
      } else {
        Files.copy(path, target.resolve(name));
      }
      classPath.append(' ').append(name);
    }
    // A line of a manifest has 72 bytes, a longer one goes on after a blank.
    String line = "Class-Path:" + classPath;
    StringBuilder manifest = new StringBuilder("Main-Class: " + Main.class.getName() + "\n");
    for (int at = 0; at < line.length(); at += 70) {
      manifest.append(at == 0 ? "" : " ");
      manifest.append(line, at, Math.min(at + 70, line.length())).append('\n');
    }
    Path file = Files.writeString(directory.resolve("manifest"), manifest);
    jar(
        "--create",
        "--file",
        target.resolve("redstuff.jar").toString(),
        "--manifest",
        file.toString());
    return Path.of(System.getProperty("java.home"));
  }

  private static void jar(String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/jar"));
    command.addAll(Arrays.asList(args));
    assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
  }

  /** Makes the cache as the build does. */
  private void makeCache(Path jdk) throws IOException, InterruptedException {
    List<String> command =
        List.of(
            jdk.resolve("bin/java").toString(),
            "@" + home.resolve("cli/jvm.args"),
            "-Dredstuff.engine=plain",
            "-XX:AOTCacheOutput=" + cache,
            "-cp",
            target.resolve("redstuff.jar").toString(),
            Rehearsal.class.getName());
    Path log = directory.resolve("cache.log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertEquals(0, process.waitFor(), Files.readString(log));
  }

  /** Whether the JVM, started as the launcher starts it, can use the cache. */
  private boolean isUsable(Path jdk, String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(jdk + "/bin/java", "-XX:AOTMode=on"));
    command.addAll(launch(fakeJdk(RELEASE), List.of(), args).lines().toList());
    return new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("usable.log").toFile())
            .start()
            .waitFor()
        == 0;
  }

  @Test
  void theOutputIsTheSameWhateverTheCacheIs() throws Exception {
    Path jdk = realJdk();
    String[] command = {"blob-id", "-n", "10", "walrus.txt"};
    makeCache(jdk);
    byte[] whole = Files.readAllBytes(cache);
    assertTrue(isUsable(jdk, command));
    assertEquals(WALRUS_LINE, launch(jdk, List.of(), command));
    assertEquals("", err);

    // another JVM option
    List<String> other = List.of("REDSTUFF_JAVA_OPTS=-XX:+UseCompactObjectHeaders -Xshare:off");
    assertEquals(WALRUS_LINE, launch(jdk, other, command));
    assertFalse(err.contains("aot"), err);

    // of another JDK
    byte[] version = System.getProperty("java.vm.version").getBytes(UTF_8);
    int at = new String(whole, ISO_8859_1).indexOf(new String(version, ISO_8859_1));
    byte[] foreign = whole.clone();
    foreign[at]++;

    for (byte[] unusable :
        List.of(foreign, Arrays.copyOf(whole, whole.length / 2), "garbage".getBytes(UTF_8))) {
      Files.write(cache, unusable);
      assertFalse(isUsable(jdk, command));
      assertEquals(WALRUS_LINE, launch(jdk, List.of(), command));
      assertEquals("", err);
    }

    // none
    Files.delete(cache);
    assertEquals(WALRUS_LINE, launch(jdk, List.of(), command));
    assertEquals("", err);

    // of other jars
    Files.write(cache, whole);
    jar("--update", "--file", target.resolve("redstuff.jar").toString(), "-C", "..", "redstuff");
    assertFalse(isUsable(jdk, command));
    assertEquals(WALRUS_LINE, launch(jdk, List.of(), command));
    assertEquals("", err);
  }
}
