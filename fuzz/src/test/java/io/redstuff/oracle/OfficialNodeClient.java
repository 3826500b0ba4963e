package io.redstuff.oracle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.redstuff.BlobId;
import io.redstuff.SliverPair;
import io.redstuff.client.chain.NetworkCommittee;
import io.redstuff.error.MalformedDataException;
import io.redstuff.message.BlobConfirmation;
import io.redstuff.message.BlobPersistence;
import io.redstuff.message.Certificate;
import io.redstuff.message.CertificateForm;
import io.redstuff.proof.BlobMetadata;
import io.redstuff.proof.VerifiedMetadata;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The official TypeScript client of storage nodes, in a Node of its own: {@code
 * serve-storage-nodes.mjs} says what it is asked. Nodes are numbered by their order in the
 * committee.
 */
final class OfficialNodeClient implements AutoCloseable {
  private static final Path CLIENT =
      Path.of("node_modules", "@mysten", "walrus", "dist", "storage-node", "client.mjs");

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final NodeProcess node;

  private OfficialNodeClient(NodeProcess node) {
    this.node = node;
  }

  /**
   * Starts the client, which npm installs if it is not there.
   *
   * @param oracle the directory {@code fuzz/oracle}
   * @throws IOException if it cannot be had, with the reason
   */
  static OfficialNodeClient in(Path oracle) throws IOException {
    Path sdk = oracle.resolve("sdk").toAbsolutePath();
    NpmPackages.install(sdk, sdk.resolve(CLIENT));
    return new OfficialNodeClient(new NodeProcess(sdk.resolve("serve-storage-nodes.mjs")));
  }

  private List<byte[]> ask(char tag, int shards, Object... parts) {
    return node.ask(
        tag,
        shards,
        0,
        Stream.of(parts)
            .map(part -> part instanceof byte[] bytes ? bytes : part.toString().getBytes(UTF_8))
            .toList());
  }

  private static Object[] with(List<?> nodes, Object... first) {
    return Stream.concat(Stream.of(first), nodes.stream()).toArray();
  }

  private static JsonNode json(byte[] text) {
    return JSON.readTree(text);
  }

  /** Says where the nodes are, and which shards they have. */
  void meet(NetworkCommittee committee) {
    ask('N', 0, committee.toJson());
  }

  /** Has a blob encoded, to be stored later; returns its metadata. */
  BlobMetadata encode(int shards, byte[] blob) throws MalformedDataException {
    return BlobMetadata.parse(ask('E', shards, blob).getFirst());
  }

  /** Hands over what we have encoded, to be stored later. */
  void take(VerifiedMetadata metadata, List<SliverPair> pairs) {
    List<byte[]> slivers = new ArrayList<>();
    pairs.forEach(pair -> slivers.add(pair.primary().toBcs()));
    pairs.forEach(pair -> slivers.add(pair.secondary().toBcs()));
    ask('T', pairs.size(), with(slivers, metadata.toBcs()));
  }

  /**
   * Stores a blob.
   *
   * @return what the nodes answered, each different answer once
   */
  Set<String> store(BlobId blob, List<Integer> nodes) {
    Set<String> answers = new TreeSet<>();
    for (JsonNode one : json(ask('S', 0, with(nodes, blob)).getFirst())) {
      one.forEach(answer -> answers.add(answer.get("code") + " " + answer.get("data").asString()));
    }
    return answers;
  }

  /** Has nodes confirm a blob; the official package verifies what they sign, and adds it up. */
  Certificate<BlobConfirmation> certificate(
      BlobId blob, BlobPersistence persistence, List<Integer> nodes) throws MalformedDataException {
    String object =
        persistence instanceof BlobPersistence.Deletable it ? it.objectId().toString() : "";
    byte[] bcs = ask('F', 0, with(nodes, blob, object)).getFirst();
    return Certificate.parse(BlobConfirmation.class, CertificateForm.TYPESCRIPT, bcs);
  }

  /** Reads all that the nodes have of a blob; the official package decodes and verifies it. */
  byte[] read(BlobId blob) {
    return ask('R', 0, blob).getFirst();
  }

  /** Calls a method of the client with arguments and options in JSON, and perhaps a body. */
  Value call(String method, int node, String arguments, String options, byte[]... body) {
    Object[] parts = with(List.of(body), method, node, arguments, options);
    List<byte[]> answer = ask('C', 0, parts);
    return new Value(json(answer.getFirst()), answer.getLast());
  }

  /**
   * What a method returned.
   *
   * @param bytes itself, if it is bytes
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares these
  record Value(JsonNode json, byte[] bytes) {}

  /** Returns how the client refuses a call: its class of error, status and reason. */
  String refusal(String method, int node, String arguments, byte[]... body) {
    return refused(() -> call(method, node, arguments, "{}", body));
  }

  /** Returns how the official package refuses. */
  static String refused(Runnable asking) {
    return assertThrows(OfficialEncoderException.class, asking::run).getMessage();
  }

  /** What the client can do, and did. */
  record Use(Set<String> methods, Set<String> called, Set<String> requests) {}

  Use use() {
    List<Set<String>> lists = new ArrayList<>();
    for (byte[] list : ask('M', 0)) {
      Set<String> names = new TreeSet<>();
      json(list).forEach(name -> names.add(name.asString()));
      lists.add(names);
    }
    return new Use(lists.get(0), lists.get(1), lists.get(2));
  }

  @Override
  public void close() {
    node.close();
  }
}
