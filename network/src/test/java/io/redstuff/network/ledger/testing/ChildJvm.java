package io.redstuff.network.ledger.testing;

import io.redstuff.ObjectId;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.network.ledger.local.LocalLedger;
import io.redstuff.simd.LeafHasher;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sqlite.JDBC;

/** A process of its own that runs a class of the tests, to be killed. */
public final class ChildJvm {
  private ChildJvm() {}

  public static Process start(Class<?> main, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath(),
                main.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** Where the classes lie that the child needs; the tests themselves run as a module. */
  private static String classPath() throws Exception {
    List<Class<?>> types =
        List.of(
            LocalLedger.class,
            BlsEngine.class,
            ObjectId.class,
            LeafHasher.class,
            JDBC.class,
            Test.class,
            Class.forName("org.bouncycastle.jce.provider.BouncyCastleProvider"));
    List<String> places = new ArrayList<>(List.of("target/test-classes"));
    for (Class<?> type : types) {
      places.add(
          Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
    }
    return String.join(File.pathSeparator, places);
  }
}
