package io.redstuff.architecture;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What {@link ApiTextTest} has described: types with all that the text tells apart. */
public final class Shapes {
  private Shapes() {}

  /** A shape with all that the text tells apart. */
  public sealed interface Shape<T extends Comparable<? super T> & Cloneable> permits Dot, Open {
    /** A constant that is compiled into others. */
    int SIDES = 4;

    /** Generics, arrays, exceptions. */
    <X extends Exception> Map<? extends T, List<?>[]> all(X given, int[]... rows)
        throws X, IOException;

    /** Something done. */
    default void rest() {}

    /** An order. */
    enum Order {
      /** Up. */
      UP,
      /** Down. */
      DOWN
    }
  }

  /** What is seen of a hidden parent. */
  abstract static class Hidden {
    /** A method that all see through the child. */
    public final String seen() {
      return "";
    }

    void unseen() {}
  }

  /** A record with generics. */
  public record Dot<T extends Comparable<? super T> & Cloneable>(List<T> at, int size)
      implements Shape<T> {
    @Override
    public <X extends Exception> Map<? extends T, List<?>[]> all(X given, int[]... rows) {
      return Map.of();
    }
  }

  /** A class that others extend. */
  public abstract static non-sealed class Open<T extends Comparable<? super T> & Cloneable>
      extends Hidden implements Shape<T> {
    /** A field of those who extend it. */
    protected long left;

    private long mine;

    /** For those who extend it. */
    protected Open(long left) {
      this.left = left;
      this.mine = left;
    }

    /** To go. */
    @Deprecated(forRemoval = true)
    public synchronized long mine() {
      return mine;
    }
  }
}
