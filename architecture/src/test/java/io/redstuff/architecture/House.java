package io.redstuff.architecture;

import static io.redstuff.architecture.Building.module;
import static io.redstuff.architecture.Floor.floor;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Optional;

/**
 * The house as it is meant to be. A new package needs a line here, and so does a new module; what
 * it may name stands in that line.
 *
 * <p>Each package may name those above it in its module's list and none below, so no two packages
 * can name each other, however indirectly. Beyond its module it may name the JDK (of which the
 * Vector API is not a part) and what its line allows.
 */
final class House {
  static final List<Building> MODULES =
      List.of(
          module(
              "simd",
              floor("io.redstuff.simd.field").with("jdk.incubator.vector"),
              floor("io.redstuff.simd.hash").with("jdk.incubator.vector"),
              floor("io.redstuff.simd")),
          module(
              "codec",
              floor("io.redstuff.agrona").with("org.agrona"),
              floor("io.redstuff.error"),
              floor("io.redstuff.internal.bcs"),
              floor("io.redstuff"),
              floor("io.redstuff.message"),
              floor("io.redstuff.internal.work"),
              floor("io.redstuff.proof").on("simd"),
              floor("io.redstuff.chain"),
              floor("io.redstuff.internal.matrix").on("simd"),
              floor("io.redstuff.codec").on("simd"),
              floor("io.redstuff.stream").on("simd"),
              floor("io.redstuff.store").on("simd"),
              floor("io.redstuff.quilt"),
              floor("io.redstuff.audit").on("simd")),
          module(
              "certify",
              floor("io.redstuff.internal.secret").on("codec"),
              floor("io.redstuff.internal.json").on("codec").with("tools.jackson"),
              floor("io.redstuff.certify.bls")
                  .on("codec")
                  .with("org.bouncycastle", "supranational.blst"),
              floor("io.redstuff.certify").on("codec"),
              floor("io.redstuff.certify.json").on("codec").with("tools.jackson")),
          module(
              "seal",
              floor("io.redstuff.seal").on("certify", "codec"),
              floor("io.redstuff.seal.container").on("codec"),
              floor("io.redstuff.seal.json").on("certify", "codec").with("tools.jackson"),
              floor("io.redstuff.seal.server")
                  .on("certify", "codec")
                  .with("org.bouncycastle", "tools.jackson")),
          module(
              "client",
              floor("io.redstuff.client.api").on("codec", "certify").with("tools.jackson"),
              floor("io.redstuff.client.node").on("codec"),
              floor("io.redstuff.client.chain").on("codec", "certify").with("tools.jackson"),
              floor("io.redstuff.client").on("codec", "certify")),
          module("http", floor("io.redstuff.http").with("org.eclipse.jetty")),
          module(
              "daemon",
              floor("io.redstuff.daemon.chain").on("codec", "client"),
              floor("io.redstuff.daemon.api").on("codec", "client").with("tools.jackson"),
              floor("io.redstuff.daemon.service").on("codec", "client"),
              floor("io.redstuff.daemon.http")
                  .on("codec", "client", "http")
                  .with("org.eclipse.jetty"),
              floor("io.redstuff.daemon").on("client", "http").with("org.eclipse.jetty")),
          module(
              "network",
              floor("io.redstuff.network.sqlite").on("codec").with("org.sqlite"),
              floor("io.redstuff.network.wire").on("codec"),
              floor("io.redstuff.network.http").on("http").with("org.eclipse.jetty"),
              floor("io.redstuff.network.ledger.transaction").on("codec", "simd", "certify"),
              floor("io.redstuff.network.ledger.object").on("codec", "certify"),
              floor("io.redstuff.network.ledger").on("codec", "simd"),
              floor("io.redstuff.network.ledger.remote").on("codec"),
              floor("io.redstuff.network.ledger.rule").on("codec", "simd", "certify"),
              floor("io.redstuff.network.ledger.local").on("codec", "certify"),
              floor("io.redstuff.network.registry").on("codec", "certify", "client"),
              floor("io.redstuff.network.audit").on("codec", "certify", "client"),
              floor("io.redstuff.network.node.storage").on("codec"),
              floor("io.redstuff.network.node.chain").on("codec"),
              floor("io.redstuff.network.node.service").on("codec", "certify", "client"),
              floor("io.redstuff.network.node.work").on("codec", "certify", "client"),
              floor("io.redstuff.network.node.http")
                  .on("codec", "client", "http")
                  .with("org.eclipse.jetty", "org.bouncycastle"),
              floor("io.redstuff.network.node").on("codec", "certify", "http"),
              floor("io.redstuff.network.local").on("codec", "certify").with("tools.jackson")),
          module(
              "front",
              floor("io.redstuff.front.chain")
                  .on("codec", "certify", "client", "daemon", "network"),
              floor("io.redstuff.front.page")
                  .on("codec", "certify", "client", "network")
                  .with("org.eclipse.jetty", "tools.jackson"),
              floor("io.redstuff.front").on("codec", "certify", "client", "daemon", "network")),
          module(
              "junit",
              floor("io.redstuff.junit")
                  .on("codec", "client", "network", "front")
                  .with("org.junit")),
          module(
              "cli",
              floor("io.redstuff.cli.show")
                  .on("codec", "simd")
                  .with("me.tongfei.progressbar", "tools.jackson"),
              floor("io.redstuff.cli.io").on("codec", "simd"),
              floor("io.redstuff.cli.option").on("codec", "simd").with("picocli"),
              floor("io.redstuff.cli.command").on("codec", "simd").with("picocli"),
              floor("io.redstuff.cli").on("codec", "simd").with("picocli")),
          module(
              "cli-certify",
              floor("io.redstuff.cli.certify").on("cli", "certify", "codec").with("picocli")),
          module(
              "cli-seal",
              floor("io.redstuff.cli.seal").on("cli", "seal", "certify", "codec").with("picocli")),
          module(
              "spark",
              floor("io.redstuff.spark.task")
                  .on("codec")
                  .with("org.apache.spark", "org.apache.hadoop"),
              floor("io.redstuff.spark")
                  .on("codec", "simd", "certify")
                  .with("org.apache.spark", "org.apache.hadoop", "scala"),
              floor("io.redstuff.spark.command")
                  .on("codec", "certify")
                  .with("org.apache.spark", "org.apache.hadoop", "scala", "picocli")),
          module(
              "cli-network",
              floor("io.redstuff.cli.network")
                  .on("cli", "front", "daemon", "network", "client", "certify", "codec")
                  .with("picocli")),
          module("examples", floor("io.redstuff.examples").on("codec", "simd", "certify")),
          module(
              "bench",
              // Kernels are not public; on the class path a package may come from two places.
              floor("io.redstuff.simd").on("simd").with("io.redstuff.simd.field"),
              // The hashers of trees are exported to the codec alone.
              floor("io.redstuff.bench")
                  .on("codec", "simd", "certify")
                  .with("org.openjdk.jmh", "picocli", "tools.jackson", "io.redstuff.simd.hash"),
              floor("io.redstuff.bench.peer")
                  .on("codec", "simd")
                  .with("org.openjdk.jmh", "org.apache.hadoop", "org.bouncycastle"),
              floor("io.redstuff.bench.report")
                  .on("codec", "simd")
                  .with(
                      "org.openjdk.jmh",
                      "freemarker",
                      "org.knowm.xchart",
                      "picocli",
                      "tools.jackson")),
          module(
              "fuzz",
              floor("io.redstuff.oracle")
                  .on("codec", "simd")
                  .with("com.dylibso.chicory", "picocli")));

  private House() {}

  /** Returns all classes of the house as the build left them. */
  static JavaClasses importClasses() {
    return new ClassFileImporter()
        // Written by JMH, for itself.
        .withImportOption(location -> !location.contains("jmh_generated"))
        .importPaths(MODULES.stream().map(Building::classes).toList());
  }

  static Building named(String name) {
    return MODULES.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }

  /** Returns the module to which a package belongs; nothing for a package of others. */
  static Optional<Building> ownerOf(String packageName) {
    return MODULES.stream().filter(one -> one.floor(packageName).isPresent()).findFirst();
  }
}
