package io.redstuff.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.EncodingParameters;
import io.redstuff.codec.RedStuff;
import io.redstuff.quilt.Quilt;
import io.redstuff.quilt.QuiltFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class QuiltCommandTest {
  private static final EncodingParameters TEN = EncodingParameters.forShards(10);

  @TempDir private Path directory;

  private Path files;
  private Path out;

  @BeforeEach
  void writeFiles() throws IOException {
    files = Files.createDirectories(directory.resolve("files"));
    Files.createDirectories(files.resolve("sub"));
    Files.write(files.resolve("a.txt"), "first".getBytes(UTF_8));
    Files.write(files.resolve("sub/b:c=d"), new byte[3000]);
    Files.write(files.resolve("empty"), new byte[0]);
    out = directory.resolve("out");
  }

  private static String ok(Object... args) {
    Cli run = Cli.run(args);
    assertEquals("", run.err());
    assertEquals(0, run.exitCode());
    return run.out();
  }

  private static void fails(int exitCode, String message, Object... args) {
    Cli run = Cli.run(args);
    assertTrue(run.err().contains(message), run.err());
    assertEquals(exitCode, run.exitCode());
    assertEquals("", run.out());
  }

  private String create(Object... more) {
    List<Object> args =
        new ArrayList<>(List.of("quilt", "create", "--no-sync", "-n", 10, "-o", out, files));
    args.addAll(List.of(more));
    return ok(args.toArray()).strip();
  }

  /** Encodes a quilt with names that no file system would give. */
  private void createWith(String... identifiers) throws IOException {
    List<QuiltFile> packed = new ArrayList<>();
    for (String identifier : identifiers) {
      packed.add(QuiltFile.of(identifier, new byte[] {1}));
    }
    Path blob = directory.resolve("blob");
    try (Quilt quilt = Quilt.pack(TEN, packed)) {
      Files.write(blob, quilt.toBytes());
    }
    Cli.encode(10, blob, out);
  }

  private static JsonNode json(Object... args) {
    return JsonMapper.shared().readTree(ok(args));
  }

  @Test
  void packsListsAndReads() throws Exception {
    Path tags = directory.resolve("tags.json");
    Files.writeString(tags, "{\"a.txt\": {\"kind\": \"text\"}, \"empty\": {\"kind\": \"text\"}}");
    String id = create("--tags", tags, "--tag", "sub/b:c=d:k=v=w");
    assertEquals(
        id, ok("quilt", "id", "-n", 10, files, "--tags", tags, "--tag", "sub/b:c=d:k=v=w").strip());
    List<QuiltFile> packed =
        List.of(
            QuiltFile.of("sub/b:c=d", new byte[3000]).withTags(Map.of("k", "v=w")),
            QuiltFile.of("empty", new byte[0]).withTags(Map.of("kind", "text")),
            QuiltFile.of("a.txt", files.resolve("a.txt")).withTags(Map.of("kind", "text")));
    Path blob = directory.resolve("blob");
    try (Quilt quilt = Quilt.pack(TEN, packed)) {
      Files.write(blob, quilt.toBytes());
      assertEquals(RedStuff.forShards(10).blobId(quilt.toBytes()).toString(), id);
    }

    JsonNode listing = json("quilt", "ls", out, "--json");
    assertEquals(listing, json("quilt", "ls", "-n", 10, blob, "--json"));
    assertEquals(id, listing.get("blobId").stringValue());
    assertEquals(3, listing.get("files").size());
    JsonNode last = listing.get("files").get(2);
    assertEquals("sub/b:c=d", last.get("identifier").stringValue());
    assertEquals(3000, last.get("size").intValue());
    assertEquals("v=w", last.get("tags").get("k").stringValue());
    String patchId = last.get("patchId").stringValue();
    String line = ok("quilt", "ls", out).lines().toList().get(2);
    assertTrue(line.matches(" +3000 +\\d+-\\d+ +" + patchId + "  sub/b:c=d  k=v=w"), line);

    assertArrayEquals(new byte[3000], Cli.run("quilt", "cat", out, "--id", patchId).stdout());
    assertEquals("first", ok("quilt", "cat", out, "--name", "a.txt"));
    assertEquals("first", ok("quilt", "cat", out, "--tag", "kind=text"));
    assertArrayEquals(new byte[3000], Cli.run("quilt", "cat", out, "--tag", "k=v=w").stdout());
  }

  @Test
  void restoresNoMoreThanItNeeds() throws Exception {
    create();
    for (int pair : new int[] {0, 9, 8}) {
      Files.delete(out.resolve(TestFiles.sliver("primary", pair)));
      Files.delete(out.resolve(TestFiles.sliver("secondary", pair)));
    }
    Cli run = Cli.run("quilt", "cat", out, "--name", "a.txt", "--stats");
    assertEquals("first", run.out());
    JsonNode file = json("quilt", "ls", out, "--json").get("files").get(0);
    long length = json("info", "--quilt", "-n", 10, "--json", files).get("quiltLength").longValue();
    long columns = file.get("endIndex").longValue();
    assertTrue(
        run.err().startsWith("redstuff: read " + columns * length / 7 + " bytes"), run.err());
  }

  @Test
  void extracts() throws Exception {
    create();
    Path back = directory.resolve("back/again");
    fails(2, "directory is not empty", "quilt", "extract", out, "-o", files);
    ok("quilt", "extract", out, "-o", back);
    assertEquals(TestFiles.tree(files), TestFiles.tree(back));
    for (String name : List.of("a.txt", "sub/b:c=d", "empty")) {
      assertArrayEquals(
          Files.readAllBytes(files.resolve(name)), Files.readAllBytes(back.resolve(name)));
    }
    fails(2, "directory is not empty", "quilt", "extract", out, "-o", back);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../a", "/a", "a/../../b", "a//b", "a/", "./a", "..", ".", "a\\b", "..\\a"})
  void extractsNothingOutside(String identifier) throws Exception {
    createWith("aa", identifier);
    Path back = directory.resolve("back");
    fails(2, "expected the relative path of a file", "quilt", "extract", out, "-o", back);
    assertFalse(Files.exists(back));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a A", "a a/b", "A/c a", "\u00e9 e\u0301", "Stra\u00dfe STRASSE"})
  void extractsNothingThatWouldBeOneFile(String identifiers) throws Exception {
    createWith(identifiers.split(" "));
    Path back = directory.resolve("back");
    fails(2, "expected files that can be side by side", "quilt", "extract", out, "-o", back);
    assertFalse(Files.exists(back));
  }

  @Test
  void followsNoLinkOutOfTheDirectory() throws Exception {
    createWith("sub/a");
    Path back = Files.createDirectory(directory.resolve("back"));
    Files.createSymbolicLink(back.resolve("sub"), files);
    fails(2, "directory is not empty", "quilt", "extract", out, "-o", back);
    assertFalse(Files.exists(files.resolve("a")));
  }

  @Test
  void leavesNothingOfWhatCannotBeFinished() throws Exception {
    create();
    Path back = directory.resolve("back");
    Cli run =
        Cli.withFiles(
            (file, options) -> {
              if (file.getFileName().toString().contains("b:c=d")) {
                throw new IOException("disk is full");
              }
              return FileChannel.open(file, options);
            },
            "quilt",
            "extract",
            out,
            "-o",
            back);
    assertEquals(2, run.exitCode(), run.err());
    assertTrue(run.err().contains("disk is full"), run.err());
    assertFalse(Files.exists(back));
  }

  @Test
  void tellsWhatPackingSaves() {
    assertEquals(
        """
        shards            n = 10, up to 6 files in a quilt
        files             3, 3005 bytes (2.9 KiB)
        quilt             5320 bytes (5.2 KiB) in symbols of 190 bytes
        encoded alone     32480 bytes (31.7 KiB)
        encoded together  27620 bytes (27.0 KiB), 1.2 times less
        """,
        ok("info", "--quilt", "-n", 10, files));
  }

  @Test
  void callsFilesByTheirPaths() throws Exception {
    Path file = files.resolve("a.txt").toAbsolutePath();
    ok("quilt", "create", "--no-sync", "-n", 10, "-o", out, file);
    assertTrue(ok("quilt", "ls", out).contains("  a.txt\n"));
    Path relative = Path.of("").toAbsolutePath().relativize(file);
    String inside = "src/test/java/../java/io/redstuff/cli/QuiltCommandTest.java";
    String id = ok("quilt", "id", "-n", 10, inside, relative);
    try (Quilt quilt =
        Quilt.pack(
            TEN,
            List.of(
                QuiltFile.of(
                    "src/test/java/io/redstuff/cli/QuiltCommandTest.java", Path.of(inside)),
                QuiltFile.of("a.txt", file)))) {
      assertEquals(RedStuff.forShards(10).blobId(quilt.toBytes()) + System.lineSeparator(), id);
    }
  }

  @Test
  void refusesWhatItCannotPack() throws Exception {
    Path none = Files.createDirectory(directory.resolve("none"));
    fails(2, "got no files", "quilt", "id", "-n", 10, none);
    fails(2, "missing", "quilt", "id", "-n", 10, directory.resolve("missing"));
    fails(2, "not a regular file", "quilt", "id", "-n", 10, "/dev/null");
    fails(2, "got \"a.txt\" twice", "quilt", "id", "-n", 10, files, files);
    fails(2, "expected FILE:KEY=VALUE", "quilt", "id", files, "--tag", "b:k=v");
    fails(2, "expected FILE:KEY=VALUE", "quilt", "id", files, "--tag", "a.txt:k");
    fails(2, "directory is not empty", "quilt", "create", "-n", 10, "-o", files, files);
    for (String json :
        List.of(
            "",
            "[]",
            "{} {}",
            "{\"a.txt\": 1}",
            "{\"a.txt\": {\"k\": 1}}",
            "{\"a.txt\": {\"k\": \"v\", \"k\": \"w\"}}",
            "{\"b\": {\"k\": \"v\"}}")) {
      Path tags = Files.writeString(directory.resolve("tags.json"), json);
      fails(2, "", "quilt", "id", "-n", 10, files, "--tags", tags);
    }
    fails(2, "no.json", "quilt", "id", files, "--tags", directory.resolve("no.json"));
    fails(2, "--size exclude", "info", "--quilt", "--size", 1, files);
    fails(2, "one argument too many", "info", files.resolve("a.txt"), files);
  }

  @Test
  void refusesWhatIsNoQuilt() throws Exception {
    Cli.encode(10, files.resolve("sub/b:c=d"), out);
    fails(1, "quilt: got 3000 bytes", "quilt", "cat", out, "--name", "a");
    fails(1, "quilt: got 3000 bytes", "quilt", "ls", out);
    fails(1, "quilt: got 5 bytes", "quilt", "ls", "-n", 10, files.resolve("a.txt"));
    fails(2, "missing", "quilt", "ls", directory.resolve("missing"));
    fails(2, "a command is needed", "quilt");
    fails(2, "--name", "quilt", "cat", out);
  }

  @Test
  void refusesWhatIsNotThere() {
    String id = create();
    fails(2, "no file 'b'", "quilt", "cat", out, "--name", "b");
    fails(2, "no file with the tag k=v", "quilt", "cat", out, "--tag", "k=v");
    fails(2, "expected KEY=VALUE", "quilt", "cat", out, "--tag", "k");
    fails(2, "got 3 characters", "quilt", "cat", out, "--id", "abc");
    String other = TestFiles.WALRUS_ID;
    fails(1, other, "quilt", "cat", out, "--id", other + "BAQACAA");
    fails(1, id, "quilt", "ls", out, "--blob-id", other);
  }

  @Test
  void comparesABlobWithAnId() throws Exception {
    createWith("a");
    Path blob = directory.resolve("blob");
    fails(
        1,
        "expected " + TestFiles.WALRUS_ID,
        "quilt",
        "ls",
        "-n",
        10,
        blob,
        "--blob-id",
        TestFiles.WALRUS_ID);
  }
}
