package io.redstuff.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.codec.RedStuff;
import io.redstuff.error.VerificationException;
import io.redstuff.store.DirectoryStore;
import io.redstuff.store.StoredEncoding;
import io.redstuff.stream.BlobSource;
import io.redstuff.stream.WorkMonitor;
import io.redstuff.stream.Workspace;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each example is run as a reader would, and gives what it says. */
class ExamplesTest {
  @TempDir Path directory;

  private Path file(String name, int length) throws IOException {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes);
  }

  @Test
  void uploadsAFileAndReadsItBack() throws Exception {
    Path photo = file("photo", 70_000);
    Path nodes = directory.resolve("nodes");
    BlobId id = RedStuff.forShards(10).blobId(Files.readAllBytes(photo));
    assertEquals(
        id + ": 70000 bytes from 4 of 10 nodes\n", Printed.by(UploadSlivers::main, photo, nodes));
    Sliver last =
        Sliver.parseCopy(Axis.PRIMARY, Files.readAllBytes(nodes.resolve("node-9/primary")));
    assertEquals(SliverId.primary(9), last.id());
  }

  @Test
  void healsASliverThoughOneNodeLies() throws Exception {
    assertEquals(
        "healed " + SliverId.primary(3) + ": true, symbols refused: 1\n",
        Printed.by(HealSliver::main, file("photo", 70_000)));
  }

  @Test
  void readsARangeOfAFilmAndLittleMore() throws Exception {
    Path film = file("film", 1_000_000);
    DirectoryStore store = DirectoryStore.at(directory.resolve("store"));
    RedStuff codec = RedStuff.forShards(100);
    StoredEncoding stored =
        StoredEncoding.create(
            store,
            codec,
            BlobSource.of(MemorySegment.ofArray(Files.readAllBytes(film))),
            Workspace.ofMemory(1L << 28),
            WorkMonitor.NONE);
    Path out = directory.resolve("out");
    BlobId id = stored.metadata().blobId();
    byte[] part = Arrays.copyOfRange(Files.readAllBytes(film), 500_000, 500_700);

    String whole = Printed.by(ReadRange::main, directory.resolve("store"), id, 500_000, 700, out);
    assertArrayEquals(part, Files.readAllBytes(out));
    assertEquals("700 of 1000000 bytes, for which 700 were read from 1 slivers\n", whole);

    int row =
        (int)
            (500_000
                / codec.parameters().sliverLength(Axis.PRIMARY, stored.metadata().symbolSize()));
    Files.delete(store.file(SliverId.primary(row), codec.parameters()));
    String healed = Printed.by(ReadRange::main, directory.resolve("store"), id, 500_000, 700, out);
    assertArrayEquals(part, Files.readAllBytes(out));
    Matcher read = Pattern.compile("which (\\d+) were read from (\\d+) slivers").matcher(healed);
    assertTrue(read.find(), healed);
    assertTrue(Integer.parseInt(read.group(1)) < 10_000, healed);
    assertEquals(2, Integer.parseInt(read.group(2)), healed);
  }

  @Test
  void readsOnePageOfAWebsite() throws Exception {
    Path site = directory.resolve("site");
    Files.createDirectories(site.resolve("css"));
    Files.writeString(site.resolve("index.html"), "<h1>welcome</h1>");
    Files.writeString(site.resolve("about.html"), "<h1>about</h1>");
    Files.writeString(site.resolve("css/site.css"), "h1 { color: green }");
    String printed =
        Printed.by(WebsiteQuilt::main, site, directory.resolve("store"), "css/site.css");
    List<String> lines = printed.lines().toList();
    assertEquals(
        List.of("about.html", "css/site.css", "index.html"),
        lines.subList(0, 3).stream().map(line -> line.substring(line.indexOf("  ") + 2)).toList());
    // One column for the index, one for the page.
    assertEquals(List.of("h1 { color: green }", "read from 2 slivers of 200"), lines.subList(3, 5));
    assertEquals(5, lines.size());
  }

  @Test
  void printsIdsOfFilesInOrder() throws Exception {
    Path many = directory.resolve("many");
    RedStuff codec = RedStuff.forShards(1000);
    StringBuilder expected = new StringBuilder();
    for (int i = 100; i < 106; i++) {
      Path file = file("many/" + i, i);
      expected
          .append(codec.blobId(Files.readAllBytes(file)))
          .append("  ")
          .append(file)
          .append('\n');
    }
    assertEquals(expected.toString(), Printed.by(BulkIds::main, many));
  }

  @Test
  void restoresAFileOfWhichPartsAreLost() throws Exception {
    for (int length : new int[] {1, 999, 70_001}) {
      Path file = file("file", length);
      Path out = directory.resolve("out");
      String printed = Printed.by(OwnStorage::main, file, out);
      assertTrue(printed.endsWith(": restored 3 parts\n"), printed);
      assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(out));
    }
  }

  @Test
  void verifiesACertificateAndNoOtherFile() throws Exception {
    Path photo = file("photo", 5000);
    Vouched vouched = Vouched.by(4, RedStuff.forShards(10), photo, directory);
    assertEquals(
        vouched.id() + " is available: 9 of 10 shards signed in epoch 5\n",
        Printed.by(VerifyCertificate::main, vouched.committee(), vouched.certificate(), photo));

    VerificationException refused =
        assertThrows(
            VerificationException.class,
            () ->
                Printed.by(
                    VerifyCertificate::main,
                    vouched.committee(),
                    vouched.certificate(),
                    file("other", 5001)));
    assertEquals(VerificationException.Reason.BLOB_ID_MISMATCH, refused.reason());
  }

  /** An example is read in one go. */
  @Test
  void examplesAreShort() throws IOException {
    try (var files = Files.walk(Path.of("src/main/java"))) {
      List<Path> sources = files.filter(file -> file.toString().endsWith(".java")).toList();
      assertTrue(sources.size() > 7, sources::toString);
      for (Path source : sources) {
        assertTrue(Files.readAllLines(source).size() < 60, source::toString);
      }
    }
  }

  /** The page links every example, and no other. */
  @Test
  void pageLinksEachExample() throws IOException {
    Pattern link =
        Pattern.compile("\\(\\.\\./examples/src/main/java/io/redstuff/examples/(\\w+)\\.java\\)");
    List<String> linked =
        link.matcher(Files.readString(Path.of("../docs/examples.md")))
            .results()
            .map(found -> found.group(1))
            .sorted()
            .toList();
    try (var files = Files.list(Path.of("src/main/java/io/redstuff/examples"))) {
      List<String> there = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        if (Files.readString(file).contains("void main(")) {
          there.add(file.getFileName().toString().replace(".java", ""));
        }
      }
      assertEquals(there, linked);
    }
  }
}
