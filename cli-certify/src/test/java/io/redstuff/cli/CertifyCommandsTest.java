package io.redstuff.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.ObjectId;
import io.redstuff.ShardIndex;
import io.redstuff.certify.Committee;
import io.redstuff.certify.CommitteeMember;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.certify.bls.PublicKey;
import io.redstuff.certify.bls.SecretKeyFile;
import io.redstuff.certify.json.CommitteeJson;
import io.redstuff.error.RedStuffException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From keys to a certificate that is checked, by commands alone; and what they refuse. */
class CertifyCommandsTest {
  /** Twenty shards: with f = 6, fourteen are needed. */
  private static final int[] WEIGHTS = {4, 3, 3, 2, 2, 2, 1, 1, 1, 1};

  @TempDir Path directory;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Path committee;
  private Path slivers;
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

  private Path confirmation(int node) {
    return directory.resolve("node-" + node + ".confirmation");
  }

  private Path certificate() {
    return directory.resolve("certificate");
  }

  @BeforeEach
  void makeNetwork() throws IOException, RedStuffException {
    List<CommitteeMember> members = new ArrayList<>();
    List<List<ShardIndex>> shards = new ArrayList<>();
    int next = 0;
    for (int node = 0; node < WEIGHTS.length; node++) {
      assertFine("key", "new", key(node));
      PublicKey key;
      try (var secret = SecretKeyFile.read(key(node))) {
        key = BlsEngine.preferred().publicKey(secret);
      }
      assertTrue(out.toString(UTF_8).contains(key.toString()), out::toString);
      byte[] nodeId = new byte[ObjectId.BYTES];
      nodeId[0] = (byte) node;
      members.add(new CommitteeMember(ObjectId.of(nodeId), key, WEIGHTS[node]));
      List<ShardIndex> its = new ArrayList<>();
      for (int i = 0; i < WEIGHTS[node]; i++) {
        its.add(ShardIndex.of(next++));
      }
      shards.add(its);
    }
    committee =
        Files.write(
            directory.resolve("committee.json"),
            CommitteeJson.write(Committee.of(5, members).withShards(shards)));
    Path blob = Files.writeString(directory.resolve("blob"), "to be certified");
    slivers = directory.resolve("slivers");
    assertFine("encode", "-n", 20, "-o", slivers, blob);
    id = out.toString(UTF_8).strip();
  }

  private void confirm(int node, Object... more) {
    List<Object> args =
        new ArrayList<>(
            List.of(
                "confirm", slivers, "--key", key(node), "--epoch", 5, "-o", confirmation(node)));
    args.addAll(List.of(more));
    assertFine(args.toArray());
  }

  private List<Object> certifyArgs(int... nodes) {
    List<Object> args =
        new ArrayList<>(List.of("certify", "--committee", committee, "-o", certificate()));
    for (int node : nodes) {
      args.add(confirmation(node));
    }
    return args;
  }

  @Test
  void endToEnd() throws IOException, RedStuffException {
    // Seven of ten nodes, with fifteen shards.
    int[] nodes = {9, 0, 1, 2, 4, 7, 8};
    for (int node : nodes) {
      confirm(node, "--committee", committee);
    }
    assertFine("check", "--committee", committee, confirmation(0));
    assertTrue(out.toString(UTF_8).contains("with 4 of 20 shards"), out::toString);
    for (String form : List.of("rust", "typescript", "json")) {
      List<Object> args = certifyArgs(nodes);
      args.addAll(List.of("--form", form));
      assertFine(args.toArray());
      assertTrue(out.toString(UTF_8).contains("14 of 20 shards"), out::toString);
      assertFine("check", "--committee", committee, certificate());
      assertEquals(
          "certificate: blob %s, permanent, is available: 14 of 20 shards signed in epoch 5%n"
              .formatted(id),
          out.toString(UTF_8));
    }
    assertFine("check", "--committee=" + committee, "--blob-id", id, certificate());
    // The committee as the chain has it.
    Committee known = CommitteeJson.parse(Files.readAllBytes(committee), BlsEngine.preferred());
    Path onChain =
        Files.write(directory.resolve("committee.bcs"), known.toBcs(BlsEngine.preferred()));
    assertFine("check", "--committee", onChain, certificate());
    assertFails(
        1,
        "refused: blob id",
        "check",
        "--committee",
        committee,
        "--blob-id",
        "A".repeat(43),
        certificate());
    Files.write(certificate(), new byte[] {1});
    assertFails(1, "no confirmation (", "check", "--committee", committee, certificate());
  }

  @Test
  void tooFew() {
    confirm(0, "--shards", "0-3");
    confirm(1, "--shards", "4,5,6");
    assertFails(
        1,
        "not certified: too few shards whose nodes signed: got 7, expected at least 14",
        certifyArgs(0, 1).toArray());
    assertFalse(Files.exists(certificate()));
  }

  @Test
  void uselessOnesAreLeftOut() throws IOException {
    for (int node : new int[] {0, 1, 2, 3, 4}) {
      confirm(node);
    }
    confirm(5, "--object-id", "0x" + "2a".repeat(32));
    Files.copy(key(6), key(11));
    // Node 3's signature under node 4's name.
    String other = Files.readString(confirmation(3));
    String own = Files.readString(confirmation(4));
    String publicKey = own.substring(own.indexOf("\"publicKey\""));
    Files.writeString(
        confirmation(4), other.substring(0, other.indexOf("\"publicKey\"")) + publicKey);
    Files.writeString(confirmation(6), "{}");
    Files.write(confirmation(7), new byte[2 << 20]);
    // A node's own answer does not say whose it is.
    String anonymous = Files.readString(confirmation(0));
    Files.writeString(confirmation(0), anonymous.substring(0, anonymous.lastIndexOf(',')) + "}");
    confirm(8);
    confirm(9);
    assertFine(certifyArgs(5, 6, 7, 4, 0, 1, 2, 3, 8, 9).toArray());
    String complaints = err.toString(UTF_8);
    assertTrue(complaints.contains("5.confirmation: left out: persistence"), complaints);
    assertTrue(complaints.contains("6.confirmation: at byte 0: no confirmation"), complaints);
    assertTrue(complaints.contains("7.confirmation: got more bytes"), complaints);
    assertTrue(complaints.contains("node 0x04"), complaints);
    assertFine("check", "--committee", committee, confirmation(0));
    assertFails(1, "refused: signature", "check", "--committee", committee, confirmation(4));
    assertFine("check", "--committee", committee, confirmation(5));
    assertTrue(out.toString(UTF_8).contains("deletable as object 0x2a"), out::toString);
  }

  @Test
  void whoLacksASliverDoesNotSign() throws IOException {
    Path lost;
    try (var files = Files.list(slivers.resolve("primary"))) {
      lost = files.sorted().findFirst().orElseThrow();
    }
    Files.delete(lost);
    Object[] args = {"confirm", slivers, "--key", key(0), "--epoch", 5, "-o", confirmation(0)};
    assertFails(1, "not confirmed: too few good slivers (", args);
    assertTrue(err.toString(UTF_8).contains("got 39, expected at least 40"), err::toString);
    assertFalse(Files.exists(confirmation(0)));
  }

  @Test
  void keysAreKept() throws IOException {
    String content = Files.readString(key(0)).strip();
    assertFails(2, "is there already", "key", "new", key(0));
    assertEquals(content, Files.readString(key(0)).strip());
    assertFine("key", "show", "--json", key(0));
    assertTrue(out.toString(UTF_8).contains("\"publicKey\""), out::toString);
    assertFalse(out.toString(UTF_8).contains(content.substring(4, 12)), out::toString);
    Files.setPosixFilePermissions(key(0), PosixFilePermissions.fromString("rw-r--r--"));
    assertFails(2, "others may use this secret key", "key", "show", key(0));
    assertFails(2, "no such file", "key", "show", directory.resolve("nowhere"));
    assertFails(1, "key file: got", "key", "show", privately(directory.resolve("committee.json")));
    assertFails(2, "a command is needed: new, show", "key");
    assertFine("key", "--help");
  }

  private static Path privately(Path file) throws IOException {
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void wrongUse() {
    assertFails(
        2,
        "--epoch: got -1",
        "confirm",
        slivers,
        "--key",
        key(0),
        "--epoch",
        -1,
        "-o",
        confirmation(0));
    assertFails(
        2,
        "--shards: got 20, expected 0 to 19",
        "confirm",
        slivers,
        "--key",
        key(0),
        "--epoch",
        5,
        "--shards",
        "20",
        "-o",
        confirmation(0));
    assertFails(
        2,
        "got a committee of 20 shards in epoch 5, expected 20 in epoch 6",
        "confirm",
        slivers,
        "--key",
        key(0),
        "--epoch",
        6,
        "--committee",
        committee,
        "-o",
        confirmation(0));
    assertFails(1, "key: at byte", "check", "--committee", key(0), committee);
  }
}
