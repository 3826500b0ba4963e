package io.redstuff.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.ShardIndex;
import io.redstuff.audit.AuditMode;
import io.redstuff.audit.AuditStatement;
import io.redstuff.error.MalformedDataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From a list of blobs to what can be missing of them, by commands alone; and what they refuse. */
class AuditCommandTest {
  private static final String NONCE = "5a".repeat(32);
  private static final int BLOBS = 4;

  @TempDir private Path directory;
  private final List<String> ids = new ArrayList<>();
  private Path store;
  private Path list;
  private Path challenge;
  private Path transcript;

  @BeforeEach
  void encode() throws IOException {
    store = Files.createDirectories(directory.resolve("store"));
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < BLOBS; i++) {
      Path blob = Files.write(directory.resolve("blob" + i), new byte[1000 * i + 1]);
      ids.add(Cli.encode(10, blob, store.resolve("b" + i)));
      lines.append(ids.getLast()).append("  ").append(blob).append('\n');
    }
    list = Files.writeString(directory.resolve("list"), lines.append('\n'));
    challenge = directory.resolve("challenge");
    transcript = directory.resolve("transcript");
  }

  private static String ok(Object... args) {
    Cli run = Cli.run(args);
    assertEquals("", run.err());
    assertEquals(0, run.exitCode());
    return run.out();
  }

  private static JsonNode json(int exitCode, Object... args) {
    Cli run = Cli.run(args);
    assertEquals(exitCode, run.exitCode(), run.err());
    return JsonMapper.shared().readTree(run.out());
  }

  private static void fails(int exitCode, String message, Object... args) {
    Cli run = Cli.run(args);
    assertTrue(run.err().contains(message), run.err());
    assertEquals(exitCode, run.exitCode());
    assertEquals("", run.out());
  }

  private String challenge(Object... more) {
    List<Object> args =
        new ArrayList<>(List.of("audit", "challenge", "-n", 10, "--list", list, "-o", challenge));
    args.addAll(List.of(more));
    return ok(args.toArray());
  }

  private String answer() {
    return ok("audit", "answer", store, challenge, "-o", transcript);
  }

  @Test
  void anHonestNodeIsBounded() throws Exception {
    String asked = challenge("--nonce", NONCE, "--node-shards", "2,5-6", "--epoch", 3);
    AuditStatement statement = AuditStatement.parse(Files.readAllBytes(challenge));
    assertEquals(3, statement.epoch());
    assertEquals(List.of(ShardIndex.of(2), ShardIndex.of(5), ShardIndex.of(6)), statement.shards());
    assertEquals(BLOBS, statement.blobs().size());
    assertEquals("0x" + NONCE, statement.randomness().nonce().toString());
    // As many as are planned for 1 % and 2^-40 with q = 6/10.
    assertEquals(6918, statement.challenges());
    assertTrue(asked.contains("3 of 10 shards, 4 blobs, 24 slivers of both axes"), asked);
    assertTrue(asked.contains("challenges 6918, parallel"), asked);
    String answered = answer();
    assertTrue(answered.contains("answered   6918 of 6918 challenges"), answered);
    assertTrue(answered.contains(", not signed"), answered);
    String text = ok("audit", "verify", transcript, "--challenge", challenge);
    assertTrue(text.contains("answered   6918 of 6918, each proven"), text);
    assertTrue(text.contains("can be missing, with a risk of 2^-40; 1% is ruled out"), text);
    assertTrue(text.contains("no signature was looked at"), text);
    assertFalse(text.contains("was not compared"), text);
    JsonNode found = json(0, "audit", "verify", transcript, "--json", "--missing", "2%");
    assertEquals(6918, found.get("answers").intValue());
    assertEquals(0, found.get("misses").intValue());
    assertTrue(found.get("bounded").booleanValue());
    assertFalse(found.get("asked").booleanValue());
    assertTrue(found.get("signer").isNull());
    double largest = found.get("largestMissing").doubleValue();
    assertTrue(largest > 0.0099 && largest < 0.01, "" + largest);
    assertEquals(10, found.get("statement").get("shards").intValue());
    assertTrue(found.get("assumptions").size() > 4, found::toString);
    // What is asked for more is not met.
    assertEquals(1, Cli.run("audit", "verify", transcript, "--missing", "0.5%").exitCode());
    assertEquals(1, Cli.run("audit", "verify", transcript, "--confidence", "2^-50").exitCode());
    assertEquals(0, Cli.run("audit", "verify", transcript, "--confidence", "10^-12").exitCode());
  }

  @Test
  void whatIsLostIsNamed() throws IOException {
    EncodingParameters parameters = EncodingParameters.forShards(10);
    challenge("--nonce", NONCE, "--node-shards", "2,5-6", "-c", 300, "--mode", "sequential");
    BlobId blob = statement().blobs().get(1);
    int directoryOfIt = ids.indexOf(blob.toString());
    int pair = ShardIndex.of(5).pair(blob, parameters).value();
    Path lost = store.resolve("b" + directoryOfIt + "/secondary/000" + pair + ".bcs");
    Files.delete(lost);
    Path bad = store.resolve("b" + directoryOfIt + "/primary/000" + pair + ".bcs");
    byte[] damaged = Files.readAllBytes(bad);
    damaged[5] ^= 1;
    Files.write(bad, damaged);
    JsonNode answered = json(1, "audit", "answer", store, challenge, "-o", transcript, "--json");
    assertEquals(2, answered.get("lacking").size());
    for (JsonNode lacking : answered.get("lacking")) {
      assertEquals(blob.toString(), lacking.get("blobId").stringValue());
      String sliver = lacking.get("sliver").stringValue();
      String reason = lacking.get("reason").stringValue();
      assertTrue(
          sliver.equals("secondary " + (9 - pair))
              ? reason.equals("secondary/000" + pair + ".bcs: missing")
              : sliver.equals("primary " + pair) && reason.contains("primary/000" + pair),
          lacking::toString);
    }
    int answers = answered.get("answers").intValue();
    assertEquals(Files.size(transcript), answered.get("bytes").longValue());
    JsonNode found = json(1, "audit", "verify", transcript, "--json", "--missing", "10%");
    assertEquals(answers, found.get("answers").intValue());
    assertEquals(300 - answers, found.get("misses").intValue());
    assertEquals(2, found.get("missed").size());
    assertEquals(5, found.get("missed").get(0).get("shard").intValue());
    String text = Cli.run("audit", "verify", transcript).out();
    assertTrue(
        text.contains("missed     primary %s of shard 5 of blob %s".formatted(pair, blob)), text);
    assertTrue(text.contains("; 1% is NOT ruled out"), text);
    String half = Cli.run("audit", "verify", transcript, "--missing", "12.5%").out();
    assertTrue(half.contains("; 12.5% is NOT ruled out"), half);
  }

  private AuditStatement statement() throws IOException {
    try {
      return AuditStatement.parse(Files.readAllBytes(challenge));
    } catch (MalformedDataException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void inputsAndOutputsOfAllKinds() throws IOException {
    // The directories one by one, ids on the command line and on standard input.
    challenge("-c", 50, "--axes", "secondary");
    List<Object> args = new ArrayList<>(List.of("audit", "answer"));
    for (int i = 0; i < BLOBS; i++) {
      args.add(store.resolve("b" + i));
    }
    args.addAll(List.of(challenge, "-o", transcript, "--memory", "1M", "--threads", 1));
    ok(args.toArray());
    byte[] first = Files.readAllBytes(transcript);
    Cli toOutput = Cli.run("audit", "answer", store, challenge, "-o", "-");
    assertEquals(0, toOutput.exitCode());
    assertArrayEquals(first, toOutput.stdout());
    Cli asked =
        Cli.run(
            "audit",
            "challenge",
            "-n",
            10,
            "--blob-id",
            ids.get(0),
            "--blob-id",
            ids.get(1),
            "-c",
            5,
            "--nonce",
            "0x" + NONCE,
            "--mode",
            "SEQUENTIAL",
            "-o",
            "-");
    assertEquals(0, asked.exitCode(), asked.err());
    Files.write(challenge, asked.stdout());
    assertEquals(AuditMode.SEQUENTIAL, statement().mode());
    assertEquals(2, statement().blobs().size());
    Cli fromInput =
        Cli.withInput(
            (ids.get(0) + "\n" + ids.get(1) + " two\n").getBytes(UTF_8),
            "audit",
            "challenge",
            "-n",
            10,
            "--list",
            "-",
            "-c",
            5,
            "--nonce",
            NONCE,
            "--mode",
            "sequential",
            "-o",
            "-");
    assertArrayEquals(asked.stdout(), fromInput.stdout());
    // Two nonces that were drawn are not alike.
    challenge("-c", 5);
    byte[] drawn = Files.readAllBytes(challenge);
    JsonNode again = JsonMapper.shared().readTree(challenge("-c", 5, "--json"));
    assertFalse(Arrays.equals(drawn, Files.readAllBytes(challenge)));
    assertEquals(5, again.get("challenges").intValue());
    assertEquals("both", again.get("axes").stringValue());
    assertTrue(again.get("beaconRound").isNull());
  }

  @Test
  void whatIsNotThereIsToldAndLeftOut() throws IOException {
    challenge("-c", 100, "--nonce", NONCE);
    Path copy = store.resolve("c-copy");
    Files.createDirectories(copy);
    Files.copy(store.resolve("b0/metadata.bcs"), copy.resolve("metadata.bcs"));
    Path broken = Files.createDirectories(store.resolve("d-broken"));
    Files.write(broken.resolve("metadata.bcs"), new byte[7]);
    Path lying = store.resolve("b1/metadata.bcs");
    byte[] metadata = Files.readAllBytes(lying);
    metadata[60] ^= 1;
    Files.write(lying, metadata);
    Files.delete(store.resolve("b2/metadata.bcs"));
    Cli run = Cli.run("audit", "answer", store, challenge, "-o", transcript);
    assertEquals(1, run.exitCode());
    assertTrue(run.err().contains("c-copy: left out: the same blob"), run.err());
    assertTrue(run.err().contains("d-broken/metadata.bcs: left out: got 7 bytes"), run.err());
    assertTrue(run.out().contains("in none of the directories"), run.out());
    assertTrue(run.out().contains("computed blob id: got"), run.out());
    Cli toOutput = Cli.run("audit", "answer", store, challenge, "-o", "-");
    assertTrue(toOutput.err().contains("of 100 challenges are not answered"), toOutput.err());
    // An encoding for another number of shards.
    ok("audit", "challenge", "-n", 11, "--blob-id", ids.get(0), "-c", 3, "-o", challenge);
    run = Cli.run("audit", "answer", store.resolve("b0"), challenge, "-o", transcript);
    assertTrue(run.out().contains("got 10 shards, expected 11"), run.out());
  }

  @Test
  void refusals() throws IOException {
    fails(2, "a command is needed: ", "audit");
    fails(2, "--blob-id", "audit", "challenge", "-o", challenge);
    Object[] asked = {"audit", "challenge", "-n", 10, "-o", challenge, "--blob-id", ids.get(0)};
    fails(2, "challenges: got 0, expected 1 to 1048576", with(asked, "-c", 0));
    fails(2, "epoch: got -1", with(asked, "--epoch", -1));
    fails(2, "--node-shards: got 10, expected 0 to 9", with(asked, "--node-shards", "3-10"));
    fails(2, "--earliest-round: got one without --drand", with(asked, "--earliest-round", 5));
    fails(2, "--nonce", with(asked, "--nonce", "abc"));
    fails(2, "signatures need redstuff-certify.jar", with(asked, "--drand", list));
    fails(2, "--missing: takes 69", with(asked, "--missing", "0.0001%"));
    Files.writeString(list, ids.get(0) + "\nno id\n");
    fails(2, "list: line 2: ", "audit", "challenge", "-n", 10, "-o", challenge, "--list", list);
    fails(
        2,
        "nothing: ",
        "audit",
        "challenge",
        "-o",
        challenge,
        "--list",
        directory.resolve("nothing"));
    assertFalse(Files.exists(challenge));

    ok(with(asked, "-c", 20));
    fails(2, "got one file", "audit", "answer", challenge, "-o", transcript);
    fails(1, "audit statement tag: got", "audit", "answer", store, list, "-o", transcript);
    fails(2, "no such directory", "audit", "answer", challenge + "x", challenge, "-o", transcript);
    fails(2, "not a directory", "audit", "answer", list, challenge, "-o", transcript);
    Path empty = Files.createDirectories(directory.resolve("empty"));
    fails(2, "got no metadata.bcs", "audit", "answer", empty, challenge, "-o", transcript);
    fails(
        2,
        "--memory: got 0 bytes",
        "audit",
        "answer",
        store,
        challenge,
        "-o",
        transcript,
        "--memory",
        0);
    assertFalse(Files.exists(transcript));
    answer();
    fails(2, "signatures need", "audit", "verify", transcript, "--committee", list);
    fails(2, "signatures need", "audit", "answer", store, challenge, "-o", "-", "--key", list);
    fails(1, "audit transcript tag", "audit", "verify", challenge);
    Path other = directory.resolve("other");
    Files.copy(challenge, other);
    ok(with(asked, "-c", 20));
    fails(
        1,
        "refused: statement: got one with seed",
        "audit",
        "verify",
        transcript,
        "--challenge",
        challenge);
    byte[] forged = Files.readAllBytes(transcript);
    forged[forged.length - 20] ^= 1;
    Files.write(transcript, forged);
    fails(1, "refused: answer to challenge 19", "audit", "verify", transcript);
  }

  private static Object[] with(Object[] args, Object... more) {
    List<Object> all = new ArrayList<>(List.of(args));
    all.addAll(List.of(more));
    return all.toArray();
  }
}
