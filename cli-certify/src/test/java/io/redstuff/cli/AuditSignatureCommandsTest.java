package io.redstuff.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.ObjectId;
import io.redstuff.ShardIndex;
import io.redstuff.audit.AuditStatement;
import io.redstuff.audit.Beacon;
import io.redstuff.certify.Committee;
import io.redstuff.certify.CommitteeMember;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.certify.bls.SecretKeyFile;
import io.redstuff.certify.json.CommitteeJson;
import io.redstuff.error.RedStuffException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Audits that are signed, and such whose randomness is drand's, by commands alone. */
class AuditSignatureCommandsTest {
  private static final String ROUND =
      "{\"round\": 1000, \"signature\": \"b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93"
          + "447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39\"}";

  @TempDir Path directory;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Path store;
  private Path committee;
  private Path challenge;
  private Path transcript;
  private String id;

  private int run(Object... args) {
    out.reset();
    err.reset();
    return Main.run(
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8),
        InputStream.nullInputStream(),
        Arrays.stream(args).map(Object::toString).toArray(String[]::new));
  }

  private void assertFine(Object... args) {
    assertEquals(0, run(args), err::toString);
  }

  private void assertFails(int exitCode, String message, Object... args) {
    assertEquals(exitCode, run(args), err::toString);
    assertTrue(err.toString(UTF_8).contains(message), err::toString);
  }

  private Path key(int node) {
    return directory.resolve("node-" + node + ".key");
  }

  private static ObjectId nodeId(int node) {
    byte[] id = new byte[ObjectId.BYTES];
    id[0] = (byte) node;
    return ObjectId.of(id);
  }

  @BeforeEach
  void makeNetwork() throws IOException, RedStuffException {
    List<CommitteeMember> members = new ArrayList<>();
    List<List<ShardIndex>> shards = new ArrayList<>();
    for (int node = 0; node < 2; node++) {
      assertFine("key", "new", key(node));
      try (var secret = SecretKeyFile.read(key(node))) {
        members.add(new CommitteeMember(nodeId(node), BlsEngine.preferred().publicKey(secret), 5));
      }
      shards.add(IntStream.range(5 * node, 5 * node + 5).mapToObj(ShardIndex::of).toList());
    }
    committee =
        Files.write(
            directory.resolve("committee.json"),
            CommitteeJson.write(Committee.of(5, members).withShards(shards)));
    Path blob = Files.writeString(directory.resolve("blob"), "to be audited");
    store = directory.resolve("store");
    challenge = directory.resolve("challenge");
    transcript = directory.resolve("transcript");
    assertFine("encode", "-n", 10, "-o", store, blob);
    id = out.toString(UTF_8).strip();
  }

  private List<Object> challenge(Object... more) {
    List<Object> args =
        new ArrayList<>(
            List.of(
                "audit",
                "challenge",
                "-n",
                10,
                "--blob-id",
                id,
                "--node",
                nodeId(1),
                "--node-shards",
                "5-7",
                "--epoch",
                5,
                "-c",
                2000,
                "-o",
                challenge));
    args.addAll(List.of(more));
    return args;
  }

  @Test
  void signedAndWithABeacon() throws IOException, RedStuffException {
    Path round = Files.writeString(directory.resolve("round.json"), ROUND);
    assertFine(challenge("--drand", round, "--earliest-round", 990).toArray());
    assertTrue(out.toString(UTF_8).contains("drand round 1000, at least 990"), out::toString);
    AuditStatement statement = AuditStatement.parse(Files.readAllBytes(challenge));
    assertEquals(990, statement.randomness().earliestRound());
    assertEquals(1000, statement.randomness().beacon().roundOrZero());
    assertTrue(statement.randomness().beacon() instanceof Beacon.Drand);

    assertFine("audit", "answer", store, challenge, "-o", transcript, "--key", key(1));
    assertTrue(out.toString(UTF_8).contains(", signed"), out::toString);
    assertFine(
        "audit",
        "verify",
        transcript,
        "--committee=" + committee,
        "--challenge",
        challenge,
        "--missing",
        "4%");
    String text = out.toString(UTF_8);
    assertTrue(
        text.contains(
            "signed by  node %s with 5 of 10 shards, the audited ones among them"
                .formatted(nodeId(1))),
        text);
    assertTrue(text.contains("before round 990 was published"), text);

    // Signed by another, or by nobody.
    assertFine("audit", "answer", store, challenge, "-o", transcript, "--key", key(0));
    assertFails(
        1, "transcript: refused: ", "audit", "verify", transcript, "--committee", committee);
    assertFine("audit", "answer", store, challenge, "-o", transcript);
    assertFails(
        1,
        "signature: got none, expected that of the node",
        "audit",
        "verify",
        transcript,
        "--committee",
        committee);
    assertFails(
        2,
        "nothing",
        "audit",
        "answer",
        store,
        challenge,
        "-o",
        "-",
        "--key",
        directory.resolve("nothing"));
  }

  @Test
  void aBeaconThatIsNone() throws IOException {
    Path round = Files.writeString(directory.resolve("round.json"), ROUND.replace("1000", "1001"));
    assertFails(1, "round.json: ", challenge("--drand", round).toArray());
    Path text = Files.writeString(directory.resolve("round.json"), "no round");
    assertFails(1, "round.json: ", challenge("--drand", text).toArray());
    Path good = Files.writeString(directory.resolve("good.json"), ROUND);
    assertFails(
        2,
        "beacon round: got 1000, expected at least 1001",
        challenge("--drand", good, "--earliest-round", 1001).toArray());
    assertTrue(Files.notExists(challenge));
  }

  /** A value of a beacon that was made up is seen when the transcript is verified. */
  @Test
  void aBeaconThatWasMadeUp() throws IOException {
    Path round = Files.writeString(directory.resolve("round.json"), ROUND);
    assertFine(challenge("--drand", round).toArray());
    byte[] statement = Files.readAllBytes(challenge);
    // The last byte of the beacon's signature, before the nonce.
    statement[statement.length - 33] ^= 1;
    Files.write(challenge, statement);
    assertFine("audit", "answer", store, challenge, "-o", transcript, "--key", key(1));
    assertFine("audit", "verify", transcript, "--missing", "4%");
    assertFails(1, "beacon: refused: ", "audit", "verify", transcript, "--committee", committee);
  }
}
