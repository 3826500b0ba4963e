package io.redstuff.network.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.ObjectId;
import io.redstuff.audit.AuditAxes;
import io.redstuff.audit.AuditHash;
import io.redstuff.audit.AuditMode;
import io.redstuff.audit.AuditRandomness;
import io.redstuff.audit.AuditStatement;
import io.redstuff.audit.AuditTranscript;
import io.redstuff.audit.AuditVerdict;
import io.redstuff.audit.AuditVerifier;
import io.redstuff.certify.AuditSignatures;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.client.chain.NetworkCommittee;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.RedStuffException;
import io.redstuff.stream.WorkMonitor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;

/**
 * Asks nodes for symbols of the slivers that they ought to have, chosen by chance, and verifies
 * what they answer: each symbol up to the blob id, and the node's signature over all. Asks at
 * {@code POST /v1/redstuff/audit}, which no node of the Walrus network has. Thread-safe.
 *
 * @since 0.1.0
 */
public final class NodeAuditor implements AutoCloseable {
  /** Where nodes are asked. */
  public static final String PATH = "/v1/redstuff/audit";

  private static final long MOST_BYTES = 1L << 29;

  private final SecureRandom random = new SecureRandom();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final BlsEngine engine;
  private final Duration patience;

  /**
   * Makes an auditor.
   *
   * @param engine for signatures of nodes
   * @param patience how long an answer may take
   */
  public NodeAuditor(BlsEngine engine, Duration patience) {
    this.engine = Objects.requireNonNull(engine, "engine");
    this.patience = Objects.requireNonNull(patience, "patience");
  }

  /**
   * Audits all shards of a node, with randomness that is drawn now.
   *
   * @param network the committee, with addresses
   * @param position the node's position in it
   * @param blobs which blobs to ask about, at least one
   * @param challenges how many symbols to ask for
   * @return how many of them were answered, and how much can be missing
   * @throws IOException if the node does not answer
   * @throws RedStuffException if what it answers is not what was asked for, or not signed by it
   * @throws InterruptedException if the thread was interrupted
   */
  public AuditVerdict audit(
      NetworkCommittee network, int position, SortedSet<BlobId> blobs, int challenges)
      throws IOException, RedStuffException, InterruptedException {
    ObjectId node = network.committee().members().get(position).nodeId();
    EncodingParameters parameters = network.parameters();
    byte[] nonce = new byte[AuditHash.BYTES];
    random.nextBytes(nonce);
    AuditStatement statement =
        new AuditStatement(
            parameters,
            network.committee().epoch(),
            node,
            network.committee().shardsOf(position).orElseThrow(),
            List.copyOf(blobs),
            challenges,
            AuditAxes.BOTH,
            AuditMode.PARALLEL,
            AuditRandomness.ofNonce(AuditHash.of(nonce)));
    AuditTranscript transcript = ask(network.addresses().get(position).uri(), statement);
    new AuditSignatures(network.committee(), engine).verify(transcript);
    return new AuditVerifier().verify(statement, transcript, WorkMonitor.NONE);
  }

  private AuditTranscript ask(URI node, AuditStatement statement)
      throws IOException, MalformedDataException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(node.resolve(PATH))
            .timeout(patience)
            .header("content-type", "application/octet-stream")
            .POST(BodyPublishers.ofByteArray(statement.toBcs()))
            .build();
    HttpResponse<byte[]> response =
        client.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
    if (response.statusCode() != 200) {
      throw new IOException(
          "%s: got status %s: %s"
              .formatted(node, response.statusCode(), new String(response.body(), UTF_8)));
    }
    return AuditTranscript.parse(response.body());
  }

  /** Breaks off what is asked. */
  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
