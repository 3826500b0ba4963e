package consumer;

import io.redstuff.simd.Engines;
import java.util.Arrays;
import java.util.Random;

/** Runs what the README shows, and says what it ran on. */
public final class Main {
  private Main() {}

  public static void main(String[] args) throws Exception {
    byte[] bytes = new byte[100_000];
    new Random(1).nextBytes(bytes);
    if (!Arrays.equals(bytes, Sample.run(bytes))) {
      throw new AssertionError("got other bytes back");
    }
    String where = Main.class.getModule().isNamed() ? "module path" : "class path";
    System.out.println(where + ", " + Engines.describe());
  }
}
