package io.redstuff.vectors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The artifact has all golden vectors of the project, and says of each what it is. */
class VectorsTest {
  private static final Path PACKED = Path.of("target", "classes", "vectors");

  /** Files of the artifact that are no vectors. */
  private static final Set<String> ABOUT = Set.of("README.md", "index.json");

  /** The one object whose names are not fields: tags of a quilt's files. */
  private static final String FREE = "tags";

  /** What the index says of a file. */
  record Entry(JsonNode json) {
    String file() {
      return json.get("file").stringValue();
    }

    byte[] read() throws IOException {
      return Files.readAllBytes(PACKED.resolve(file()));
    }

    /** Returns the cases: lines, or elements of what is listed. */
    long cases() throws IOException {
      if (file().endsWith(".jsonl")) {
        return new String(read(), UTF_8).lines().count();
      }
      JsonNode root = JsonMapper.shared().readTree(read());
      return switch (file()) {
        case "inconsistency.json" -> 1;
        case "proofs.json" ->
            root.get("blobs").valueStream().mapToLong(blob -> blob.get("rows").size()).sum();
        default -> root.isArray() ? root.size() : lists(root);
      };
    }

    private static long lists(JsonNode root) {
      return root.valueStream().filter(JsonNode::isArray).mapToLong(JsonNode::size).sum();
    }

    @Override
    public String toString() {
      return file();
    }
  }

  static List<Entry> entries() throws IOException {
    return JsonMapper.shared()
        .readTree(Files.readAllBytes(PACKED.resolve("index.json")))
        .get("files")
        .valueStream()
        .map(Entry::new)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("entries")
  void fileIsAsTheIndexSays(Entry entry) throws Exception {
    byte[] bytes = entry.read();
    String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    assertEquals(entry.json().get("sha256").stringValue(), sha256);
    assertEquals(entry.json().get("bytes").longValue(), bytes.length);
    assertEquals(entry.json().get("cases").longValue(), entry.cases());
    for (String field : List.of("what", "madeBy", "licence")) {
      assertTrue(entry.json().get(field).stringValue().length() > 5, field);
    }
  }

  /** Who adds a golden file to a module lists it, and packs it. */
  @Test
  void everyGoldenFileIsListed() throws IOException {
    Set<String> listed = entries().stream().map(Entry::file).collect(Collectors.toSet());
    Set<String> golden = new TreeSet<>();
    for (Path file : goldenFiles()) {
      String name = file.getFileName().toString();
      golden.add(name);
      assertTrue(listed.contains(name), () -> file + " is not in index.json");
      assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(PACKED.resolve(name)), name);
    }
    assertEquals(golden, new TreeSet<>(listed));
    try (Stream<Path> packed = Files.list(PACKED)) {
      assertEquals(
          Stream.concat(listed.stream(), ABOUT.stream()).collect(Collectors.toSet()),
          packed.map(file -> file.getFileName().toString()).collect(Collectors.toSet()));
    }
  }

  private static List<Path> goldenFiles() throws IOException {
    List<Path> directories;
    try (Stream<Path> modules = Files.list(Path.of(".."))) {
      directories =
          modules
              .map(module -> module.resolve("src/test/resources/vectors"))
              .filter(Files::isDirectory)
              .sorted()
              .toList();
    }
    assertTrue(directories.size() >= 3, directories::toString);
    return directories.stream().flatMap(VectorsTest::list).toList();
  }

  private static Stream<Path> list(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList().stream();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Each field of each file stands in that file's part of the README, in code type. */
  @ParameterizedTest
  @MethodSource("entries")
  void readmeNamesEveryField(Entry entry) throws IOException {
    String readme = Files.readString(PACKED.resolve("README.md"));
    String conventions = part(readme, "Conventions");
    String part = part(readme, entry.file());
    Set<String> unnamed = new TreeSet<>();
    String text = new String(entry.read(), UTF_8);
    Stream<String> documents = entry.file().endsWith(".jsonl") ? text.lines() : Stream.of(text);
    documents.forEach(json -> collect(JsonMapper.shared().readTree(json), unnamed));
    unnamed.removeIf(field -> names(part, field) || names(conventions, field));
    assertEquals(Set.of(), unnamed);
  }

  private static String part(String readme, String heading) {
    String begin = "\n## " + heading + "\n";
    assertTrue(readme.contains(begin), () -> "no part of the README about " + heading);
    return readme.split(begin, 2)[1].split("\n## ", 2)[0];
  }

  private static boolean names(String part, String field) {
    return part.matches("(?s).*`(?:\\w+\\[\\]\\.)?" + field + "(?:\\[\\])?`.*");
  }

  private static void collect(JsonNode node, Set<String> fields) {
    node.propertyStream()
        .forEach(
            property -> {
              fields.add(property.getKey());
              if (!property.getKey().equals(FREE)) {
                collect(property.getValue(), fields);
              }
            });
    if (node.isArray()) {
      node.valueStream().forEach(element -> collect(element, fields));
    }
  }

  /** The bytes of blobs are what the README says that they are. */
  @Test
  void seedsGiveTheBytesOfSmallBlobs() throws IOException {
    try (InputStream in = Files.newInputStream(PACKED.resolve("small.json"))) {
      for (JsonNode one : JsonMapper.shared().readTree(in)) {
        byte[] bytes = new byte[one.get("len").intValue()];
        int x = (int) (one.get("seed").longValue() * 2654435761L + 1);
        for (int i = 0; i < bytes.length; i++) {
          x ^= x << 13;
          x ^= x >>> 17;
          x ^= x << 5;
          bytes[i] = (byte) x;
        }
        assertEquals(one.get("blob").stringValue(), HexFormat.of().formatHex(bytes));
      }
    }
  }
}
