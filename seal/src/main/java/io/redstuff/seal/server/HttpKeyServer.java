package io.redstuff.seal.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.redstuff.ObjectId;
import io.redstuff.certify.bls.G1Point;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.RedStuffException;
import io.redstuff.internal.json.JsonFields;
import io.redstuff.seal.EncryptedUserKey;
import io.redstuff.seal.Identity;
import io.redstuff.seal.KeyServer;
import io.redstuff.seal.MasterKey;
import io.redstuff.seal.Seal;
import io.redstuff.seal.UserKey;
import io.redstuff.seal.server.ApproveCalls.Call;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A key server that answers on this machine alone, over HTTP: {@code GET /v1/service} with its
 * proof of possession, {@code POST /v1/fetch_key} with keys for who its policy lets have them.
 *
 * <p>Left out of what Seal's servers do: the chain (calls are read and not run, so the package is
 * taken by the id that is asked for, whatever its version), packages by name, wallets that sign
 * with anything but Ed25519, functions with type arguments, committees, rate limits and metrics.
 *
 * @since 0.1.0
 */
public final class HttpKeyServer implements AutoCloseable {
  /** What it says its version is: the least that the official client talks to. */
  private static final String VERSION = "0.4.1";

  private static final int MAX_REQUEST_BYTES = 1 << 18;

  private final Seal seal;
  private final KeyServer server;
  private final MasterKey master;
  private final AccessPolicy policy;
  private final Clock clock;
  private final HttpServer http;

  /** So that a client that is slow holds up nobody else. */
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private HttpKeyServer(
      Seal seal, KeyServer server, MasterKey master, AccessPolicy policy, Clock clock, int port)
      throws IOException {
    this.seal = seal;
    this.server = server;
    this.master = master;
    this.policy = Objects.requireNonNull(policy, "policy");
    this.clock = Objects.requireNonNull(clock, "clock");
    this.http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
  }

  /**
   * Starts a server.
   *
   * @param objectId the object that registers it
   * @param master its secret; stays the caller's to close, after the server
   * @param policy who gets which keys
   * @param clock tells when sessions end
   * @param port where to listen; 0 for any that is free
   * @return the server, which runs until it is closed
   * @throws IOException if it cannot listen there
   */
  public static HttpKeyServer start(
      ObjectId objectId, MasterKey master, AccessPolicy policy, Clock clock, int port)
      throws IOException {
    Seal seal = Seal.create();
    HttpKeyServer started =
        new HttpKeyServer(seal, seal.server(objectId, master), master, policy, clock, port);
    started.http.createContext("/v1/service", exchange -> started.answer(exchange, "GET"));
    started.http.createContext("/v1/fetch_key", exchange -> started.answer(exchange, "POST"));
    started.http.setExecutor(started.threads);
    started.http.start();
    return started;
  }

  /** {@return what it is registered as} */
  public KeyServer server() {
    return server;
  }

  /** {@return where it answers} */
  public URI address() {
    InetSocketAddress address = http.getAddress();
    return URI.create("http://127.0.0.1:" + address.getPort());
  }

  private void answer(HttpExchange exchange, String method) throws IOException {
    try (exchange) {
      int status = 200;
      ObjectNode body;
      try {
        if (!exchange.getRequestMethod().equals(method)) {
          throw Refusal.badRequest(
              "got %s, expected %s".formatted(exchange.getRequestMethod(), method));
        }
        body = method.equals("GET") ? describe(exchange.getRequestURI()) : fetch(exchange);
      } catch (Refusal e) {
        status = e.status();
        body = JsonFields.newObject().put("error", e.error()).put("message", e.getMessage());
      }
      byte[] json = JsonFields.write(body);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.getResponseHeaders().set("X-KeyServer-Version", VERSION);
      exchange.sendResponseHeaders(status, json.length);
      exchange.getResponseBody().write(json);
    }
  }

  private ObjectNode describe(URI request) throws Refusal {
    String id = server.objectId().toString();
    if (!("service_id=" + id).equals(request.getQuery())) {
      throw Refusal.notFound("InvalidServiceId", "not a server here, expected " + id);
    }
    G1Point proof = seal.provePossession(master, server.objectId());
    return JsonFields.newObject().put("service_id", id).put("pop", base64(proof));
  }

  private ObjectNode fetch(HttpExchange exchange) throws IOException, Refusal {
    byte[] body = exchange.getRequestBody().readNBytes(MAX_REQUEST_BYTES + 1);
    if (body.length > MAX_REQUEST_BYTES) {
      throw Refusal.badRequest("request: got more than %s bytes".formatted(MAX_REQUEST_BYTES));
    }
    try {
      return fetch(JsonFields.parse("request", body));
    } catch (RedStuffException e) {
      throw Refusal.badRequest(e.getMessage());
    }
  }

  private ObjectNode fetch(JsonFields request) throws RedStuffException, Refusal {
    JsonFields certificate =
        request
            .object("certificate")
            .orElseThrow(() -> Refusal.badRequest("request.certificate: missing"));
    Session session = Session.read(certificate);
    byte[] transaction = request.base64("ptb");
    byte[] publicKey = request.base64("enc_key");
    List<Call> calls = calls(transaction);
    session.check(clock.instant(), calls.getFirst().identity().packageId());
    session.checkSigned(
        transaction,
        publicKey,
        request.base64("enc_verification_key"),
        request.base64("request_signature"));
    G1Point to = seal.groups().g1(publicKey);
    ObjectNode answer = JsonFields.newObject();
    ArrayNode keys = answer.putArray("decryption_keys");
    for (Call call : calls) {
      AccessRequest access =
          new AccessRequest(session.user(), call.identity(), call.module(), call.function());
      if (!policy.allows(access)) {
        throw Refusal.forbidden("NoAccess", "the policy does not allow it");
      }
      UserKey key = seal.userKey(master, server.objectId(), call.identity());
      put(keys.addObject(), call, seal.encrypt(key, to));
    }
    return answer;
  }

  private static List<Call> calls(byte[] transaction) throws Refusal {
    try {
      return ApproveCalls.parse(transaction);
    } catch (MalformedDataException e) {
      throw Refusal.forbidden("InvalidPTB", e.getMessage());
    }
  }

  private static void put(ObjectNode node, Call call, EncryptedUserKey key) {
    ArrayNode id = node.putArray("id");
    numbers(call.identity()).forEach(id::add);
    node.putArray("encrypted_key").add(base64(key.c0())).add(base64(key.c1()));
  }

  /** Returns package and id as answers have them: a number for each byte. */
  static List<Integer> numbers(Identity identity) {
    List<Integer> numbers = new ArrayList<>();
    for (byte each : identity.fullId()) {
      numbers.add(Byte.toUnsignedInt(each));
    }
    return numbers;
  }

  private static String base64(G1Point point) {
    return new String(Base64.getEncoder().encode(point.toBytes()), UTF_8);
  }

  /** Stops the server. */
  @Override
  public void close() {
    http.stop(0);
    threads.close();
  }
}
