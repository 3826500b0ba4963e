package io.redstuff.cli.command;

import io.redstuff.cli.io.Session;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code redstuff} itself: holds what all commands share, and wants one of them. */
@Command(
    name = Session.NAME,
    scope = ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    versionProvider = RootCommand.Version.class,
    sortOptions = false,
    usageHelpWidth = 90,
    header =
        "RedStuff: two-dimensional erasure coding of blobs, as the Walrus network stores them.",
    description = {
      "",
      "Example:",
      "  redstuff encode -o out photo.jpg",
      "  redstuff decode out -o photo.jpg",
      "",
      "'redstuff COMMAND --help' tells more about a command.",
      ""
    },
    footer = {
      "",
      "What takes signatures, built when first asked for: key, confirm, certify, check"
          + " --committee,",
      "and audit with --key, --drand or --committee.",
      "What seals and opens private blobs, built likewise: seal, encode --seal, and decode and cat",
      "with --key-file. Likewise 'network', a whole network on this machine: 'redstuff network",
      "--help'."
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:success",
      "1:the data is not as it should be: bad or too few slivers, another blob",
      "2:wrong usage, or an input or output that cannot be had"
    })
public final class RootCommand extends CommandGroup {

  private final Session session;

  /** Runs in {@code session}. */
  public RootCommand(Session session) {
    this.session = session;
  }

  @Option(
      names = "--no-progress",
      scope = ScopeType.INHERIT,
      description = "Show no progress bar; without a terminal there is none anyway.")
  void setNoProgress(boolean noProgress) {
    session.setProgressWanted(!noProgress);
  }

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show the stack trace of a failure; REDSTUFF_DEBUG=1 does so, too.")
  void setDebug(boolean debug) {
    session.setDebug(debug);
  }

  /** What {@code --version} prints: the version that the build put into the jar, and the JVM. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = RootCommand.class.getPackage().getImplementationVersion();
      return new String[] {
        Session.NAME + " " + Objects.requireNonNullElse(version, "(not run from its jar)"),
        "Java " + Runtime.version() + ", " + System.getProperty("java.vm.name"),
      };
    }
  }
}
