package io.redstuff.spark.command;

import org.apache.spark.sql.SparkSession;

/** The session that a command works in. */
final class Session {
  private Session() {}

  /** Returns the one of this JVM; its master is what {@code spark-submit} was told. */
  static SparkSession of(String command) {
    return SparkSession.builder().appName("redstuff " + command).getOrCreate();
  }

  /** Ends it, if there is one: executors would be started anew while the JVM ends. */
  static void stop() {
    if (SparkSession.getDefaultSession().isDefined()) {
      SparkSession.getDefaultSession().get().stop();
    }
  }
}
