package io.redstuff.cli.io;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.redstuff.cli.show.MapPng;
import io.redstuff.cli.show.MapSvg;
import io.redstuff.cli.show.MapText;
import io.redstuff.cli.show.SliverMap;
import io.redstuff.store.NamedIoException;
import java.lang.foreign.MemorySegment;
import java.util.Locale;
import java.util.function.Function;

/** Where a map goes, named on the command line: a file, whose ending says how, or {@code -}. */
public final class MapTarget {
  private final OutputTarget target;
  private final Function<SliverMap, byte[]> form;

  private MapTarget(OutputTarget target, Function<SliverMap, byte[]> form) {
    this.target = target;
    this.form = form;
  }

  /**
   * Returns the target that {@code operand} names.
   *
   * @throws CommandException if it has another ending, or nothing can be written there
   */
  public static MapTarget of(Session session, String operand)
      throws CommandException, NamedIoException {
    OutputTarget target = OutputTarget.of(session, operand);
    if (target.isStandardOutput()) {
      return new MapTarget(target, map -> MapText.draw(map).getBytes(session.out().charset()));
    }
    String name = operand.toLowerCase(Locale.ROOT);
    if (name.endsWith(".png")) {
      return new MapTarget(target, MapPng::draw);
    }
    if (name.endsWith(".svg")) {
      return new MapTarget(target, map -> MapSvg.draw(map).getBytes(UTF_8));
    }
    throw CommandException.usage(operand + ": expected a name that ends in .png or .svg, or '-'");
  }

  /** Returns whether this is standard output. */
  public boolean isStandardOutput() {
    return target.isStandardOutput();
  }

  /** Draws {@code map}. */
  public void write(SliverMap map) throws CommandException, NamedIoException {
    try {
      target.write(MemorySegment.ofArray(form.apply(map)));
    } catch (UnsupportedOperationException e) {
      throw CommandException.usage(e.getMessage(), e);
    }
  }
}
