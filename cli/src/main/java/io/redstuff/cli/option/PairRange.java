package io.redstuff.cli.option;

import io.redstuff.EncodingParameters;
import io.redstuff.ShardIndex;
import io.redstuff.SliverPairIndex;
import io.redstuff.cli.io.CommandException;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.TypeConversionException;

/**
 * Neighboring sliver pairs, as the command line names them: {@code 17}, {@code 0-9}, {@code 200-}.
 *
 * @param first the first
 * @param last the last, or none for all that follow
 */
public record PairRange(int first, OptionalInt last) {
  /** All pairs. */
  public static final PairRange ALL = new PairRange(0, OptionalInt.empty());

  private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(?:(-)([0-9]{1,9})?)?");

  /** Returns the pairs, all of which must be among those of an encoding. */
  public Stream<SliverPairIndex> pairs(EncodingParameters parameters) throws CommandException {
    return indices("--pairs", parameters.shards()).mapToObj(SliverPairIndex::of);
  }

  /**
   * Returns the shards, all of which must be among those of an encoding.
   *
   * @param option what named them
   */
  public Stream<ShardIndex> shards(String option, EncodingParameters parameters)
      throws CommandException {
    return indices(option, parameters.shards()).mapToObj(ShardIndex::of);
  }

  private IntStream indices(String option, int count) throws CommandException {
    int end = last.orElse(count - 1);
    if (Math.max(first, end) >= count) {
      throw CommandException.usage(
          option + ": got " + Math.max(first, end) + ", expected 0 to " + (count - 1));
    }
    return IntStream.rangeClosed(first, end);
  }

  static PairRange parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (matcher.matches()) {
      int first = Integer.parseInt(matcher.group(1));
      if (matcher.group(2) == null) {
        return new PairRange(first, OptionalInt.of(first));
      }
      if (matcher.group(3) == null) {
        return new PairRange(first, OptionalInt.empty());
      }
      int last = Integer.parseInt(matcher.group(3));
      if (first <= last) {
        return new PairRange(first, OptionalInt.of(last));
      }
    }
    throw new TypeConversionException(
        "got '" + text + "', expected a pair or a range such as 0-9 or 200-");
  }
}
