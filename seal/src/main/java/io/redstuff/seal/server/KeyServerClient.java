package io.redstuff.seal.server;

import io.redstuff.error.MalformedDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.internal.json.JsonFields;
import io.redstuff.seal.EncryptedUserKey;
import io.redstuff.seal.Identity;
import io.redstuff.seal.KeyServer;
import io.redstuff.seal.Seal;
import io.redstuff.seal.TransportKey;
import io.redstuff.seal.UserKey;
import io.redstuff.seal.server.ApproveCalls.Call;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks key servers for the keys of one identity, in a session of a few minutes that the user's
 * account signs for once. The policy's function gets the id as its only argument. May be used by
 * several threads.
 *
 * @since 0.1.0
 */
public final class KeyServerClient implements AutoCloseable {
  private static final String WHAT = "answer";
  private static final int SESSION_MINUTES = 10;
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int MAX_ANSWER_BYTES = 1 << 18;

  private final Seal seal = Seal.create();
  private final Identity identity;
  private final List<Integer> fullId;
  private final TransportKey transport;
  private final byte[] request;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();

  private KeyServerClient(Identity identity, TransportKey transport, ObjectNode unsigned) {
    this.identity = identity;
    this.fullId = HttpKeyServer.numbers(identity);
    this.transport = transport;
    this.request = JsonFields.write(unsigned);
  }

  /**
   * Begins a session.
   *
   * @param account of the user; not needed any more once this returns
   * @param identity whose keys to ask for
   * @param module the module of the identity's package that has the policy
   * @param function its function, which begins with {@code seal_approve}
   * @param clock tells when the session begins
   * @return the session; close it
   * @throws IllegalStateException if the account's key was closed
   */
  public static KeyServerClient open(
      SigningKey account, Identity identity, String module, String function, Clock clock) {
    SecureRandom random = new SecureRandom();
    byte[] transaction = ApproveCalls.write(new Call(identity, module, function));
    TransportKey transport = TransportKey.generate(random);
    Seal seal = Seal.create();
    byte[] publicKey = seal.transportPublicKey(transport).toBytes();
    byte[] verificationKey = seal.transportVerificationKey(transport).toBytes();
    ObjectNode request = JsonFields.newObject();
    try (SigningKey sessionKey = SigningKey.generate(random)) {
      Session session =
          Session.of(account, sessionKey, identity.packageId(), clock.instant(), SESSION_MINUTES);
      byte[] signature =
          sessionKey.sign(Session.signedRequest(transaction, publicKey, verificationKey));
      request
          .put("ptb", base64(transaction))
          .put("enc_key", base64(publicKey))
          .put("enc_verification_key", base64(verificationKey))
          .put("request_signature", base64(signature));
      session.write(request.putObject("certificate"));
    }
    return new KeyServerClient(identity, transport, request);
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /**
   * Asks a server.
   *
   * @param server the server
   * @param address where it answers: {@code /v1/fetch_key} is added to it
   * @return its key for the identity, verified
   * @throws KeyServerException if it refuses
   * @throws IOException if it cannot be asked
   * @throws InterruptedException if the thread is interrupted meanwhile
   * @throws MalformedDataException if the answer is not of the form that it has to be
   * @throws VerificationException if there is something else than the key in it
   * @throws IllegalArgumentException if the address is not one of HTTP
   * @throws IllegalStateException if this was closed
   */
  public UserKey fetch(KeyServer server, URI address)
      throws IOException, InterruptedException, MalformedDataException, VerificationException {
    if (http.isTerminated()) {
      throw new IllegalStateException("key server client: got a fetch, expected none once closed");
    }
    HttpRequest post =
        HttpRequest.newBuilder(
                URI.create(address.toString().replaceFirst("/$", "") + "/v1/fetch_key"))
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(request))
            .build();
    HttpResponse<InputStream> response = http.send(post, BodyHandlers.ofInputStream());
    byte[] body;
    try (InputStream in = response.body()) {
      body = in.readNBytes(MAX_ANSWER_BYTES + 1);
    }
    if (body.length > MAX_ANSWER_BYTES) {
      throw new MalformedDataException(
          0, "%s: got more than %s bytes".formatted(WHAT, MAX_ANSWER_BYTES));
    }
    if (response.statusCode() != 200) {
      throw refused(response.statusCode(), body);
    }
    return seal.decrypt(answer(body), transport, server, identity);
  }

  private static KeyServerException refused(int status, byte[] body) {
    try {
      JsonFields fields = JsonFields.parse(WHAT, body);
      return new KeyServerException(
          status, fields.text("error", text -> text), fields.text("message", text -> text));
    } catch (MalformedDataException e) {
      return new KeyServerException(status, "NoReason", e.getMessage());
    }
  }

  /** Returns the key among those in an answer that was asked for. */
  private EncryptedUserKey answer(byte[] body)
      throws MalformedDataException, VerificationException {
    JsonFields fields = JsonFields.parse(WHAT, body);
    for (JsonFields key : fields.objects("decryption_keys")) {
      if (key.numbers("id", 255).equals(fullId)) {
        List<byte[]> points = key.base64s("encrypted_key");
        if (points.size() != 2) {
          throw new MalformedDataException(
              0,
              "%s: got %s points, expected 2".formatted(key.name("encrypted_key"), points.size()));
        }
        return new EncryptedUserKey(
            seal.groups().g1(points.get(0)), seal.groups().g1(points.get(1)));
      }
    }
    throw new MalformedDataException(0, "%s: got no key of %s".formatted(WHAT, identity));
  }

  /** Overwrites the session's keys. */
  @Override
  public void close() {
    transport.close();
    http.close();
  }
}
