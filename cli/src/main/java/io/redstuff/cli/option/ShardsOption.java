package io.redstuff.cli.option;

import io.redstuff.EncodingParameters;
import io.redstuff.cli.io.CommandException;
import io.redstuff.codec.RedStuff;
import picocli.CommandLine.Option;

/** The number of shards, for the commands that encode. */
public final class ShardsOption {

  /** The number of shards unless one is given. */
  static final int DEFAULT = 1000;

  @Option(
      names = {"-n", "--shards"},
      paramLabel = "N",
      defaultValue = "" + DEFAULT,
      description =
          "Number of shards, "
              + EncodingParameters.MIN_SHARDS
              + " to "
              + EncodingParameters.MAX_SHARDS
              + " (default: ${DEFAULT-VALUE}).")
  private int shards;

  /** Returns what the number of shards determines. */
  public EncodingParameters parameters() throws CommandException {
    return parameters(shards);
  }

  /** Returns a codec for the number of shards. */
  public RedStuff codec() throws CommandException {
    return codec(parameters());
  }

  /** Returns a codec for the number of shards that is taken when none is given. */
  public static RedStuff defaultCodec() throws CommandException {
    return codec(parameters(DEFAULT));
  }

  private static EncodingParameters parameters(int shards) throws CommandException {
    try {
      return EncodingParameters.forShards(shards);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(e.getMessage(), e);
    }
  }

  /** Returns a codec for {@code parameters} with the engine that this JVM runs. */
  public static RedStuff codec(EncodingParameters parameters) throws CommandException {
    try {
      return RedStuff.forShards(parameters.shards());
    } catch (IllegalStateException | IllegalArgumentException e) {
      // An engine was asked for by a system property that is not known or cannot run here.
      throw CommandException.usage(e.getMessage(), e);
    }
  }
}
