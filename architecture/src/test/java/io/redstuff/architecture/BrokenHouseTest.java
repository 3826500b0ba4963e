package io.redstuff.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each rule sees when it is broken: by a class, made here, with a field of a type that it must not
 * name.
 */
class BrokenHouseTest {
  @TempDir Path house;

  @ParameterizedTest
  @CsvSource({
    // simd knows no blob
    "simd,  io.redstuff.simd.Brick,            io.redstuff.BlobId",
    "simd,  io.redstuff.simd.Brick,            io.redstuff.error.RedStuffException",
    // errors and BCS are at the bottom, the vocabulary stands on them
    "codec, io.redstuff.error.Brick,           io.redstuff.internal.bcs.BcsReader",
    "codec, io.redstuff.error.Brick,           io.redstuff.simd.hash.Blake2b",
    "codec, io.redstuff.internal.bcs.Brick,    io.redstuff.BlobId",
    "codec, io.redstuff.Brick,                 io.redstuff.proof.Node",
    "codec, io.redstuff.Brick,                 io.redstuff.internal.work.WorkCrew",
    // each floor of the codec and what is above it
    "codec, io.redstuff.internal.work.Brick,   io.redstuff.simd.Engine",
    "codec, io.redstuff.internal.work.Brick,   io.redstuff.proof.Node",
    "codec, io.redstuff.proof.Brick,           io.redstuff.internal.matrix.MatrixEncoder",
    "codec, io.redstuff.internal.matrix.Brick, io.redstuff.codec.RedStuff",
    "codec, io.redstuff.codec.Brick,           io.redstuff.stream.StreamEncoder",
    "codec, io.redstuff.stream.Brick,          io.redstuff.store.StoredEncoding",
    // the codec names nothing that is built on it
    "codec, io.redstuff.store.Brick,           io.redstuff.cli.Main",
    "codec, io.redstuff.store.Brick,           io.redstuff.bench.KernelGuard",
    "codec, io.redstuff.store.Brick,           io.redstuff.oracle.Campaign",
    "codec, io.redstuff.codec.Brick,           io.redstuff.certify.Committee",
    "codec, io.redstuff.message.Brick,         io.redstuff.certify.bls.Signature",
    // nor does the command, which starts without them, name signatures
    "cli,   io.redstuff.cli.command.Brick,     io.redstuff.certify.Committee",
    "cli,   io.redstuff.cli.Brick,             io.redstuff.cli.certify.KeyCommand",
    // libraries
    "codec, io.redstuff.codec.Brick,           org.agrona.DirectBuffer",
    "codec, io.redstuff.stream.Brick,          picocli.CommandLine",
    "certify, io.redstuff.certify.Brick,       org.bouncycastle.crypto.Digest",
    "codec, io.redstuff.codec.Brick,           tools.jackson.databind.JsonNode",
    "simd,  io.redstuff.simd.Brick,            org.agrona.DirectBuffer",
    "bench, io.redstuff.bench.Brick,           me.tongfei.progressbar.ProgressBar",
    // the floors of simd
    "simd,  io.redstuff.simd.field.Brick,      io.redstuff.simd.hash.Blake2b",
    "simd,  io.redstuff.simd.hash.Brick,       io.redstuff.simd.Engine",
    // what a module does not export, or to one only
    "codec, io.redstuff.codec.Brick,           io.redstuff.simd.field.Gf16",
    "cli,   io.redstuff.cli.Brick,             io.redstuff.simd.hash.Blake2b",
    "cli,   io.redstuff.cli.Brick,             io.redstuff.internal.matrix.MatrixEncoder",
    // vectors outside of simd
    "codec, io.redstuff.codec.VectorBrick,     jdk.incubator.vector.ByteVector",
    "bench, io.redstuff.bench.VectorBrick,     jdk.incubator.vector.ByteVector",
    // a package without a floor, arrays too
    "codec, io.redstuff.cellar.Brick,          java.lang.String",
    "codec, io.redstuff.error.Brick,           io.redstuff.BlobId[][]",
  })
  void floors(String module, String brick, String named) throws IOException {
    assertBreaks(HouseRules.FLOORS, module, brick, named);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SomeVector512", "Engines$Vector"})
  void vectors(String brick) throws IOException {
    assertBreaks(
        HouseRules.VECTORS,
        "simd",
        "io.redstuff.simd.field." + brick,
        "jdk.incubator.vector.ByteVector");
  }

  @ParameterizedTest
  @CsvSource({
    "simd,  io.redstuff.simd.field.Vector64, jdk.incubator.vector.ByteVector",
    "codec, io.redstuff.agrona.Brick,     org.agrona.DirectBuffer",
    "codec, io.redstuff.proof.Brick,      io.redstuff.internal.bcs.BcsReader",
    "codec, io.redstuff.stream.Brick,     io.redstuff.simd.Engine",
    "cli,   io.redstuff.cli.Brick,        io.redstuff.stream.StreamEncoder",
  })
  void whatFits(String module, String brick, String named) throws IOException {
    assertEquals(List.of(), complaints(HouseRules.FLOORS, module, brick, named));
    assertEquals(List.of(), complaints(HouseRules.VECTORS, module, brick, named));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "import io.redstuff.codec.RedStuff;",
        "import io.redstuff.codec.*;",
        "import static io.redstuff.codec.RedStuff.forShards;",
        "import org.agrona.DirectBuffer;",
      })
  void imports(String line) {
    Building codec = House.named("codec");
    Floor proof = codec.floor("io.redstuff.proof").orElseThrow();
    assertTrue(HouseRules.wrongImport(codec, proof, line).isPresent());
    assertFalse(HouseRules.wrongImport(codec, proof, "import io.redstuff.BlobId;").isPresent());
  }

  private void assertBreaks(ArchRule rule, String module, String brick, String named)
      throws IOException {
    List<String> complaints = complaints(rule, module, brick, named);
    assertFalse(complaints.isEmpty());
    assertTrue(complaints.stream().allMatch(one -> one.contains(brick)), complaints::toString);
  }

  private List<String> complaints(ArchRule rule, String module, String brick, String named)
      throws IOException {
    ClassDesc type = ClassDesc.of(named.replace("[]", ""));
    for (int rest = named.length(); named.startsWith("[]", rest - 2); rest -= 2) {
      type = type.arrayType();
    }
    ClassDesc field = type;
    Path file =
        house.resolve("%s/target/classes/%s.class".formatted(module, brick.replace('.', '/')));
    Files.createDirectories(file.getParent());
    Files.write(
        file,
        ClassFile.of()
            .build(
                ClassDesc.of(brick),
                built ->
                    built
                        .withFlags(AccessFlag.PUBLIC)
                        .withField("named", field, ClassFile.ACC_PUBLIC)));
    return rule.allowEmptyShould(true)
        .evaluate(new ClassFileImporter().importPath(house))
        .getFailureReport()
        .getDetails();
  }
}
