/** A Walrus network for tests: a JUnit extension that starts one in the JVM of the tests. */
module io.redstuff.junit {
  requires transitive io.redstuff.front;
  requires transitive org.junit.jupiter.api;

  exports io.redstuff.junit;
}
