package io.redstuff.network.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.redstuff.error.MalformedDataException;
import io.redstuff.store.AtomicFile;
import io.redstuff.store.CreatedFiles;
import io.redstuff.store.Durability;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where the parts of a running network are found; the content of {@code network.json}. No secret is
 * in it.
 *
 * @param version of this form, 1
 * @param chainId what its ledger is known by
 * @param shards how many shards there are
 * @param ledger the address of its ledger
 * @param control where nodes are stopped and started
 * @param nodes the nodes, in the order of their names
 * @param frontDoor where publisher, aggregator and page are found, if the network has them
 * @since 0.1.0
 */
public record NetworkDescription(
    int version,
    String chainId,
    int shards,
    URI ledger,
    URI control,
    List<Node> nodes,
    Optional<URI> frontDoor) {
  /** The version that is written. */
  public static final int VERSION = 1;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /**
   * A node.
   *
   * @param name its name, and that of its directory
   * @param id the node on the ledger
   * @param address where it is found
   * @param publicKey with which it signs, in hexadecimal digits
   */
  public record Node(String name, String id, URI address, String publicKey) {
    /**
     * Describes a node.
     *
     * @throws NullPointerException if something is null
     */
    public Node {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(address, "address");
      Objects.requireNonNull(publicKey, "publicKey");
    }
  }

  /**
   * Takes a copy.
   *
   * @throws NullPointerException if something is null
   */
  public NetworkDescription {
    Objects.requireNonNull(chainId, "chainId");
    Objects.requireNonNull(ledger, "ledger");
    Objects.requireNonNull(control, "control");
    nodes = List.copyOf(nodes);
    frontDoor =
        frontDoor == null ? Optional.empty() : frontDoor; // not in files of earlier versions
  }

  /**
   * {@return the same with a front door}
   *
   * @param address where publisher, aggregator and page are found
   */
  public NetworkDescription withFrontDoor(URI address) {
    return new NetworkDescription(
        version, chainId, shards, ledger, control, nodes, Optional.of(address));
  }

  /**
   * Reads a file.
   *
   * @param file the file
   * @return what is in it
   * @throws NoSuchFileException if there is no network
   * @throws IOException if it cannot be read
   * @throws MalformedDataException if it is no description of a network, or of another version
   */
  public static NetworkDescription read(Path file) throws IOException, MalformedDataException {
    return parse(Files.readString(file));
  }

  static NetworkDescription parse(String json) throws MalformedDataException {
    NetworkDescription description;
    try {
      description = MAPPER.readValue(json, NetworkDescription.class);
    } catch (JacksonException e) {
      throw new MalformedDataException(0, "network: " + e.getOriginalMessage());
    }
    if (description == null || description.version != VERSION) {
      throw new MalformedDataException(
          0,
          "network: got version %s, expected %s"
              .formatted(description == null ? "none" : description.version, VERSION));
    }
    return description;
  }

  /** {@return the text form, JSON} */
  public String toJson() {
    return MAPPER.writeValueAsString(this);
  }

  /**
   * Writes a file, which is as before or has all of this.
   *
   * @param file the file
   * @throws IOException if it cannot be written
   */
  public void write(Path file) throws IOException {
    byte[] content = (toJson() + System.lineSeparator()).getBytes(UTF_8);
    AtomicFile.write(new CreatedFiles(), file, MemorySegment.ofArray(content), Durability.BUFFERED);
  }
}
