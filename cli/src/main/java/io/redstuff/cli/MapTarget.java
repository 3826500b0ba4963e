package io.redstuff.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.foreign.MemorySegment;
import java.util.Locale;

/** Where a map goes, named on the command line: a file, whose ending says how, or {@code -}. */
final class MapTarget {

  private enum Form {
    PNG,
    SVG,
    TEXT
  }

  private final Session session;
  private final OutputTarget target;
  private final Form form;

  private MapTarget(Session session, OutputTarget target, Form form) {
    this.session = session;
    this.target = target;
    this.form = form;
  }

  /**
   * The target that {@code operand} names.
   *
   * @throws CommandException if it has another ending, or nothing can be written there
   */
  static MapTarget of(Session session, String operand) throws CommandException {
    OutputTarget target = OutputTarget.of(session, operand);
    String name = operand.toLowerCase(Locale.ROOT);
    if (name.endsWith(".png")) {
      return new MapTarget(session, target, Form.PNG);
    }
    if (name.endsWith(".svg")) {
      return new MapTarget(session, target, Form.SVG);
    }
    if (operand.equals(OutputTarget.STANDARD_OUTPUT)) {
      return new MapTarget(session, target, Form.TEXT);
    }
    throw CommandException.usage(operand + ": expected a name that ends in .png or .svg, or '-'");
  }

  /** Draws {@code map}. */
  void write(SliverMap map) throws CommandException {
    switch (form) {
      case PNG -> target.write(MemorySegment.ofArray(MapPng.draw(MapDrawing.of(map))));
      case SVG ->
          target.write(MemorySegment.ofArray(MapSvg.draw(MapDrawing.of(map)).getBytes(UTF_8)));
      case TEXT -> session.out().print(MapText.draw(map));
    }
  }
}
