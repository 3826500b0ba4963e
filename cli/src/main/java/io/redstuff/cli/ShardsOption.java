package io.redstuff.cli;

import io.redstuff.EncodingParameters;
import io.redstuff.codec.RedStuff;
import picocli.CommandLine.Option;

/** The number of shards, for the commands that encode. */
final class ShardsOption {

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

  /** What the number of shards determines. */
  EncodingParameters parameters() throws CommandException {
    return parameters(shards);
  }

  /** A codec for the number of shards. */
  RedStuff codec() throws CommandException {
    return codec(parameters());
  }

  /** A codec for the number of shards that is taken when none is given. */
  static RedStuff defaultCodec() throws CommandException {
    return codec(parameters(DEFAULT));
  }

  private static EncodingParameters parameters(int shards) throws CommandException {
    try {
      return EncodingParameters.forShards(shards);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(e.getMessage(), e);
    }
  }

  /** A codec for {@code parameters} with the engine that this JVM runs. */
  static RedStuff codec(EncodingParameters parameters) throws CommandException {
    try {
      return RedStuff.forShards(parameters.shards());
    } catch (IllegalStateException | IllegalArgumentException e) {
      // An engine was asked for by a system property that is not known or cannot run here.
      throw CommandException.usage(e.getMessage(), e);
    }
  }
}
