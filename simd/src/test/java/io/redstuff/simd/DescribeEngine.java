package io.redstuff.simd;

/** Says which engine a JVM chooses; runs in one that was started with options of its own. */
final class DescribeEngine {
  private DescribeEngine() {}

  public static void main(String[] args) {
    System.out.println(Engines.describe());
  }
}
