package io.redstuff.cli.show;

import io.redstuff.chain.CallArgument;
import io.redstuff.chain.CallArgument.ObjectInput;
import io.redstuff.chain.CallArgument.PureInput;
import io.redstuff.chain.MoveCall;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * What {@code redstuff chain-args} tells; its components are the JSON it prints.
 *
 * @param module the Move module
 * @param function the function
 * @param arguments its arguments, in order
 */
public record CallReport(String module, String function, List<Argument> arguments) {

  /** An argument; the bytes are in hexadecimal digits, and null for an object. */
  public record Argument(String name, String type, String bcs) {}

  /** Returns the report on a call. */
  public static CallReport of(MoveCall call) {
    return new CallReport(
        call.module(), call.function(), call.arguments().stream().map(CallReport::of).toList());
  }

  private static Argument of(CallArgument argument) {
    String bcs =
        switch (argument) {
          case ObjectInput _ -> null;
          case PureInput pure -> HexFormat.of().formatHex(pure.bcs());
        };
    return new Argument(argument.name(), argument.type(), bcs);
  }

  /** Returns the report for people: the call, then each argument in a line. */
  public String toText() {
    int names = arguments.stream().mapToInt(each -> each.name().length()).max().orElse(1);
    int types = arguments.stream().mapToInt(each -> each.type().length()).max().orElse(1);
    StringBuilder text = new StringBuilder("%s::%s%n".formatted(module, function));
    String format = "  %-" + names + "s  %-" + types + "s  %s%n";
    for (Argument each : arguments) {
      String value = each.bcs() == null ? "(object)" : each.bcs();
      text.append(String.format(Locale.ROOT, format, each.name(), each.type(), value));
    }
    return text.toString();
  }
}
