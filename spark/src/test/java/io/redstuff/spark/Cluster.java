package io.redstuff.spark;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A cluster of two executors, each a process of its own, that the tests of a JVM share. As an
 * extension it ends with the last of them.
 */
public final class Cluster implements BeforeAllCallback {
  private static SparkSession session;

  @Override
  public void beforeAll(ExtensionContext context) {
    context
        .getRoot()
        .getStore(ExtensionContext.Namespace.GLOBAL)
        .computeIfAbsent(
            Cluster.class,
            _ -> {
              SparkSession started = session();
              return (AutoCloseable) started::stop;
            });
  }

  public static synchronized SparkSession session() {
    if (session == null) {
      String classPath =
          System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
      session =
          SparkSession.builder()
              .appName("tests")
              .master("local-cluster[2,1,512]")
              .config("spark.executor.memory", "512m")
              .config("spark.ui.enabled", "false")
              .config("spark.driver.host", "127.0.0.1")
              .config("spark.sql.shuffle.partitions", "2")
              // executors of one host have all the same near
              .config("spark.locality.wait", "0")
              // tables of a few rows: to plan them and compile for them took most of the time
              .config("spark.sql.adaptive.enabled", "false")
              .config("spark.sql.codegen.wholeStage", "false")
              .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
              .config("spark.executor.extraClassPath", classPath)
              .config("spark.executorEnv.JAVA_HOME", System.getProperty("java.home"))
              .config("spark.executor.extraJavaOptions", LATE_COMPILATION + coverageAgent())
              .getOrCreate();
    }
    return session;
  }

  /**
   * Half of what executors did was compiling what runs for a minute or two with the better of the
   * two compilers. Kernels are hot enough all the same.
   */
  private static final String LATE_COMPILATION =
      "-XX:Tier4InvocationThreshold=50000 -XX:Tier4MinInvocationThreshold=20000"
          + " -XX:Tier4CompileThreshold=80000 -XX:Tier4BackEdgeThreshold=400000 ";

  /** Returns the argument by which this JVM's coverage is counted, so that executors' is too. */
  private static String coverageAgent() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("-javaagent:") && argument.contains("jacoco"))
        .map(argument -> absolute(argument))
        .collect(Collectors.joining(" "));
  }

  /** Executors work in other directories. */
  private static String absolute(String argument) {
    String marker = "destfile=";
    int at = argument.indexOf(marker) + marker.length();
    int end = argument.indexOf(',', at) < 0 ? argument.length() : argument.indexOf(',', at);
    Path file = Path.of(argument.substring(at, end)).toAbsolutePath();
    return argument.substring(0, at) + file + argument.substring(end);
  }
}
