package io.redstuff.cli.network;

import io.redstuff.cli.command.CommandGroup;
import picocli.CommandLine.Command;

/** {@code redstuff network epoch}: what can be done with epochs. */
@Command(name = "epoch", header = "End the epoch and begin the next.")
final class EpochCommand extends CommandGroup {}
