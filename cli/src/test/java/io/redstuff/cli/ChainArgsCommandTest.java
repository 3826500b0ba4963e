package io.redstuff.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.BlobId;
import io.redstuff.ObjectId;
import io.redstuff.U256;
import io.redstuff.message.BlobConfirmation;
import io.redstuff.message.BlobPersistence;
import io.redstuff.message.Certificate;
import io.redstuff.message.CertificateForm;
import io.redstuff.message.DenyListBlobDeleted;
import io.redstuff.message.DenyListUpdate;
import io.redstuff.message.InvalidBlobId;
import io.redstuff.message.ProtocolMessage;
import io.redstuff.message.ProtocolVersion;
import io.redstuff.message.SignatureBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ChainArgsCommandTest {
  private static final BlobId BLOB = BlobId.of(filled(32, 1));

  @TempDir private Path directory;

  private static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private Path certificate(ProtocolMessage message, CertificateForm form) throws IOException {
    Certificate<ProtocolMessage> certificate =
        new Certificate<>(List.of(8, 0, 1), message, SignatureBytes.of(filled(96, 0x87)));
    return Files.write(directory.resolve("certificate.bcs"), certificate.toBcs(form));
  }

  private static Cli run(Object... options) {
    List<Object> args = new ArrayList<>(List.of("chain-args"));
    args.addAll(List.of(options));
    return Cli.run(args.toArray());
  }

  private static String ok(Object... options) {
    Cli run = run(options);
    assertEquals("", run.err());
    assertEquals(0, run.exitCode());
    return run.out();
  }

  private static JsonNode json(Object... options) {
    List<Object> all = new ArrayList<>(List.of(options));
    all.add("--json");
    return JsonMapper.shared().readTree(ok(all.toArray()));
  }

  @ParameterizedTest
  @EnumSource
  void certifyReadsBothForms(CertificateForm form) throws IOException {
    Path file = certificate(new BlobConfirmation(5, BLOB, BlobPersistence.PERMANENT), form);
    assertEquals(
        """
        system::certify_blob
          self            &System     (object)
          blob            &mut Blob   (object)
          signature       vector<u8>  60%s
          signers_bitmap  vector<u8>  020301
          message         vector<u8>  2801000305000000%s00
        """
            .formatted("87".repeat(96), "01".repeat(32)),
        ok("certify", file, "--members", 10));
  }

  @Test
  void registerReadsADirectoryOrItsMetadata() throws IOException {
    Path out = directory.resolve("out");
    assertEquals(0, Cli.run("encode", "-n", 10, "-o", out, TestFiles.walrus(directory)).exitCode());
    JsonNode report = json("register", out, "--deletable");
    assertEquals("system", report.get("module").stringValue());
    assertEquals("register_blob", report.get("function").stringValue());
    List<String> shown = new ArrayList<>();
    for (JsonNode argument : report.get("arguments")) {
      shown.add(
          argument.get("name").stringValue()
              + " "
              + argument.get("type").stringValue()
              + " "
              + argument.get("bcs").asString("-"));
    }
    String id = HexFormat.of().formatHex(Base64.getUrlDecoder().decode(TestFiles.WALRUS_ID));
    String root = shown.get(3).substring("root_hash u256 ".length());
    assertEquals(64, root.length());
    assertEquals(
        List.of(
            "self &mut System -",
            "storage Storage -",
            "blob_id u256 " + id,
            "root_hash u256 " + root,
            "size u64 2100000000000000",
            "encoding_type u8 01",
            "deletable bool 01",
            "write_payment &mut Coin<WAL> -"),
        shown);
    assertEquals(report, json("register", out.resolve("metadata.bcs"), "--deletable"));
    assertEquals(report, json("register", out, "--deletable", "--blob-id", TestFiles.WALRUS_ID));
    JsonNode pooled = json("register-pooled", out);
    assertEquals("register_pooled_blob", pooled.get("function").stringValue());
    assertEquals("00", pooled.get("arguments").get(6).get("bcs").stringValue());
    Cli other = run("register", out, "--blob-id", BLOB);
    assertEquals(1, other.exitCode());
    assertTrue(other.err().contains("blob id"), other.err());
  }

  @Test
  void otherCertificates() throws IOException {
    assertCertificate("invalidate", "invalidate_blob_id", new InvalidBlobId(5, BLOB));
    assertCertificate(
        "update-deny-list",
        "update_deny_list",
        new DenyListUpdate(5, ObjectId.of(filled(32, 2)), 1, 2, U256.of(filled(32, 3))));
    assertCertificate(
        "delete-deny-listed", "delete_deny_listed_blob", new DenyListBlobDeleted(5, BLOB));
    assertCertificate(
        "update-protocol-version", "update_protocol_version", new ProtocolVersion(5, 6, 7));
    assertCertificate(
        "certify-pooled",
        "certify_pooled_blob",
        new BlobConfirmation(5, BLOB, BlobPersistence.deletable(ObjectId.of(filled(32, 2)))));
  }

  private void assertCertificate(String call, String function, ProtocolMessage message)
      throws IOException {
    JsonNode report = json(call, certificate(message, CertificateForm.RUST), "--members", 9);
    assertEquals(function, report.get("function").stringValue());
    JsonNode last = report.get("arguments").get(report.get("arguments").size() - 1);
    byte[] bytes = message.toBcs();
    assertEquals(
        "%02x".formatted(bytes.length) + HexFormat.of().formatHex(bytes),
        last.get("bcs").stringValue());
  }

  @ParameterizedTest
  @CsvSource({
    "reserve --size 1MiB --epochs 2, reserve_space, 0000100000000000 02000000",
    "extend --epochs 3, extend_blob, 03000000",
    "extend-with-resource, extend_blob_with_resource, ''",
    "delete, delete_blob, ''",
    "create-pool --size 256 --epochs 2, create_storage_pool, 0001000000000000 02000000",
    "extend-pool --epochs 2, extend_storage_pool, 02000000",
    "increase-pool --size 256, increase_storage_pool_capacity, 0001000000000000",
    "delete-pooled --blob-id AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA, delete_pooled_blob,"
        + " 0100000000000000000000000000000000000000000000000000000000000000"
  })
  void callsOfNumbers(String command, String function, String values) {
    JsonNode report = json((Object[]) command.split(" "));
    assertEquals(function, report.get("function").stringValue());
    List<String> bytes = new ArrayList<>();
    for (JsonNode argument : report.get("arguments")) {
      if (!argument.get("bcs").isNull()) {
        bytes.add(argument.get("bcs").stringValue());
      }
    }
    assertEquals(values, String.join(" ", bytes));
  }

  @Test
  void refusals() throws IOException {
    Path file =
        certificate(new BlobConfirmation(5, BLOB, BlobPersistence.PERMANENT), CertificateForm.RUST);
    String help = " - see 'redstuff chain-args --help'";
    assertFails(2, "certify: missing INPUT" + help, "certify");
    assertFails(2, "certify: missing --members" + help, "certify", file);
    assertFails(2, "extend: missing --epochs" + help, "extend");
    assertFails(2, "reserve: missing --size" + help, "reserve");
    assertFails(2, "delete-pooled: missing --blob-id" + help, "delete-pooled");
    assertFails(
        2,
        "delete: takes no INPUT, --epochs, --deletable" + help,
        "delete",
        file,
        "--deletable",
        "--epochs=1");
    assertFails(2, "u32: got -1, expected 0 to 4294967295", "extend", "--epochs=-1");
    assertFails(
        2,
        directory.resolve("missing") + ": no such file or directory",
        "certify",
        directory.resolve("missing"),
        "--members=9");
    assertFails(
        1,
        file + ": signer: got 8, expected a position in 8 members",
        "certify",
        file,
        "--members=8");
    assertFails(
        1,
        file + ": at byte 8: message: got a BlobConfirmation, expected a InvalidBlobId",
        "invalidate",
        file,
        "--members=10");
  }

  private static void assertFails(int exitCode, String message, Object... options) {
    Cli run = run(options);
    assertEquals(List.of("redstuff: " + message), run.errLines());
    assertEquals(exitCode, run.exitCode());
    assertEquals("", run.out());
  }
}
