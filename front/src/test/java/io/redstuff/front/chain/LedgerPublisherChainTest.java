package io.redstuff.front.chain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.BlobId;
import io.redstuff.ObjectId;
import io.redstuff.SuiAddress;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.chain.ChainEvent;
import io.redstuff.chain.Frost;
import io.redstuff.chain.SystemCalls;
import io.redstuff.client.TransferSettings;
import io.redstuff.client.WalrusClient;
import io.redstuff.daemon.DaemonConfig;
import io.redstuff.daemon.DaemonServer;
import io.redstuff.network.ledger.AccountSession;
import io.redstuff.network.ledger.Ledger;
import io.redstuff.network.ledger.LedgerEvent;
import io.redstuff.network.ledger.object.LedgerObject;
import io.redstuff.network.ledger.transaction.AccountKeyFile;
import io.redstuff.network.ledger.transaction.Call;
import io.redstuff.network.local.LocalNetwork;
import io.redstuff.network.local.NetworkHome;
import io.redstuff.network.local.NetworkPlan;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A publisher in front of a local network: what the ledger says goes with what was answered. */
class LedgerPublisherChainTest {
  private static final String SOMEBODY =
      "0x1111111111111111111111111111111111111111111111111111111111111111";

  @TempDir private static Path directory;

  private static LocalNetwork network;
  private static AccountSession account;
  private static LedgerPublisherChain chain;
  private static WalrusClient client;
  private static DaemonServer daemon;
  private static HttpClient http;
  private static int stored;

  @BeforeAll
  static void start() throws Exception {
    NetworkHome home = new NetworkHome(directory.resolve("net"));
    network =
        LocalNetwork.open(home, NetworkPlan.DEFAULT.ofSize(4, 10), LocalNetwork.Mode.ONE_JVM);
    account = new AccountSession(network.ledger(), AccountKeyFile.read(home.clientKey()));
    chain = new LedgerPublisherChain(network.ledger(), account, BlsEngine.preferred());
    client = WalrusClient.of(chain, TransferSettings.defaults());
    daemon =
        DaemonServer.start(
            DaemonConfig.of(directory.resolve("daemon")),
            client,
            Optional.of(chain),
            Optional.empty());
    http = HttpClient.newHttpClient();
  }

  @AfterAll
  static void stop() throws Exception {
    http.close();
    daemon.close();
    client.close();
    network.close();
  }

  private static Ledger ledger() {
    return network.ledger();
  }

  /** Returns bytes that were never stored. */
  private static byte[] blob() {
    byte[] blob = new byte[10_000];
    new Random(++stored).nextBytes(blob);
    return blob;
  }

  private static HttpResponse<byte[]> answer(String query, byte[] blob) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(daemon.address() + "/v1/blobs?" + query))
            .PUT(BodyPublishers.ofByteArray(blob))
            .build(),
        BodyHandlers.ofByteArray());
  }

  private static JsonNode put(String query, byte[] blob) throws Exception {
    HttpResponse<byte[]> answer = answer(query, blob);
    assertEquals(
        200, answer.statusCode(), () -> new String(answer.body(), StandardCharsets.UTF_8));
    return JsonMapper.shared().readTree(answer.body());
  }

  private static ObjectId id(JsonNode created) throws Exception {
    return ObjectId.parse(created.at("/newlyCreated/blobObject/id").stringValue());
  }

  @Test
  void costIsWhatWasPaid() throws Exception {
    byte[] blob = blob();
    Frost before = ledger().balance(account.address());
    JsonNode created = put("epochs=3", blob);
    long paid = before.value() - ledger().balance(account.address()).value();
    assertEquals(paid, created.at("/newlyCreated/cost").longValue());
    assertEquals(paid, chain.quote(blob.length, 3).total().value());
    LedgerObject.Blob held =
        (LedgerObject.Blob) ledger().object(id(created)).orElseThrow().object();
    assertEquals(
        held.blob().storage().id().toString(),
        created.at("/newlyCreated/blobObject/storage/id").stringValue());
    assertTrue(held.blob().deletable() && held.blob().certifiedEpoch().isPresent());
    HttpResponse<byte[]> read =
        http.send(
            HttpRequest.newBuilder(
                    URI.create(daemon.address() + "/v1/blobs/by-object-id/" + id(created)))
                .build(),
            BodyHandlers.ofByteArray());
    assertArrayEquals(blob, read.body());
  }

  @Test
  void permanentBlobIsCertifiedByAnEventOfTheLedger() throws Exception {
    byte[] blob = blob();
    JsonNode created = put("permanent=true&epochs=2", blob);
    Frost before = ledger().balance(account.address());
    JsonNode again = put("permanent=true", blob).get("alreadyCertified");
    assertEquals(before, ledger().balance(account.address()), "nothing was paid");
    LedgerEvent event =
        ledger().events(0, 10_000).stream()
            .filter(
                it ->
                    it.event() instanceof ChainEvent.BlobCertified certified
                        && certified.objectId().toString()
                            .equals(created.at("/newlyCreated/blobObject/id").stringValue()))
            .findFirst()
            .orElseThrow();
    assertEquals(event.transaction().toString(), again.at("/event/txDigest").stringValue());
    assertEquals(Integer.toString(event.index()), again.at("/event/eventSeq").stringValue());
    assertTrue(put("permanent=true&epochs=3", blob).has("newlyCreated"));
    assertTrue(put("epochs=1", blob).has("newlyCreated"), "that one is deletable");
  }

  @Test
  void deletableBlobOfOneOwnIsFoundIfWanted() throws Exception {
    byte[] blob = blob();
    JsonNode created = put("epochs=2", blob);
    JsonNode again = put("epochs=2&reuse_resources=true", blob).get("alreadyCertified");
    assertEquals(id(created).toString(), again.get("object").stringValue());
    assertTrue(put("epochs=2", blob).has("newlyCreated"));
    put("epochs=9&send_object_to=" + SOMEBODY, blob);
    assertTrue(
        put("epochs=9&reuse_resources=true", blob).has("newlyCreated"), "somebody could delete it");
  }

  @Test
  void roomAndRegistrationsAreReused() throws Exception {
    byte[] blob = blob();
    long encoded = client.committee().parameters().encodedLength(blob.length);
    ObjectId more = account.execute(Call.of(SystemCalls.reserveSpace(2 * encoded, 7))).result(0);
    ObjectId room = account.execute(Call.of(SystemCalls.reserveSpace(encoded, 6))).result(0);
    Frost before = ledger().balance(account.address());
    JsonNode created = put("epochs=4&reuse_resources=true", blob).get("newlyCreated");
    assertEquals(
        encoded, created.at("/resourceOperation/reuseStorage/encodedLength").longValue());
    assertEquals(room.toString(), created.at("/blobObject/storage/id").stringValue());
    assertEquals(
        created.get("cost").longValue(),
        before.value() - ledger().balance(account.address()).value());
    assertTrue(ledger().object(more).isPresent(), "the least that is enough was taken");
    assertTrue(
        put("epochs=8&reuse_resources=true", blob())
            .at("/newlyCreated/resourceOperation")
            .has("registerFromScratch"),
        "no room is there for so long");
  }

  @Test
  void registrationThatWasNotCertifiedIsUsed() throws Exception {
    byte[] blob = blob();
    ObjectId[] registered = new ObjectId[1];
    assertTrue(
        client
            .store(
                io.redstuff.stream.BlobSource.of(java.lang.foreign.MemorySegment.ofArray(blob)),
                metadata -> {
                  registered[0] = chain.register(metadata, 5, true).objectId();
                  return Optional.empty();
                },
                io.redstuff.client.TransferMonitor.NONE)
            .isEmpty());
    JsonNode created = put("epochs=5&reuse_resources=true", blob);
    assertEquals(registered[0], id(created));
    assertEquals(0, created.at("/newlyCreated/cost").longValue());
    assertTrue(created.at("/newlyCreated/resourceOperation").has("reuseRegistration"));
  }

  @Test
  void objectGoesToWhomItIsSentTo() throws Exception {
    JsonNode created = put("send_object_to=" + SOMEBODY, blob());
    assertEquals(
        SuiAddress.parse(SOMEBODY), ledger().object(id(created)).orElseThrow().owner());
  }

  @Test
  void nothingIsShared() throws Exception {
    assertFalse(chain.canShare());
    HttpResponse<byte[]> answer = answer("share=true", blob());
    assertEquals(400, answer.statusCode());
    assertThrows(
        UnsupportedOperationException.class,
        () -> chain.share(ObjectId.of(new byte[ObjectId.BYTES])));
  }

  @Test
  void ledgerSaysWhyItRefuses() throws Exception {
    HttpResponse<byte[]> answer = answer("epochs=1000", blob());
    assertEquals(400, answer.statusCode());
    String text = new String(answer.body(), StandardCharsets.UTF_8);
    assertTrue(text.contains("CHAIN_REFUSED") && text.contains("EInvalidEpochsAhead"), text);
  }

  @Test
  void whatIsNotThereIsNotFound() throws Exception {
    assertTrue(chain.blob(ObjectId.of(new byte[ObjectId.BYTES])).isEmpty());
    assertTrue(chain.invalid(BlobId.of(new byte[BlobId.BYTES])).isEmpty());
    assertTrue(chain.committees().handingOver().isEmpty());
    assertEquals(4, chain.committees().current().committee().members().size());
    assertEquals(List.of(), ledger().events(Integer.MAX_VALUE, 1));
  }
}
