package io.redstuff.cli;

import io.redstuff.BlobId;
import io.redstuff.cli.command.AuditCommand;
import io.redstuff.cli.command.BlobIdCommand;
import io.redstuff.cli.command.CatCommand;
import io.redstuff.cli.command.ChainArgsCommand;
import io.redstuff.cli.command.CheckCommand;
import io.redstuff.cli.command.DecodeCommand;
import io.redstuff.cli.command.DisputeCommand;
import io.redstuff.cli.command.EncodeCommand;
import io.redstuff.cli.command.InfoCommand;
import io.redstuff.cli.command.NetworkCommands;
import io.redstuff.cli.command.PriceCommand;
import io.redstuff.cli.command.ProveCommand;
import io.redstuff.cli.command.QuiltCommand;
import io.redstuff.cli.command.RecoverCommand;
import io.redstuff.cli.command.RootCommand;
import io.redstuff.cli.command.SealCommands;
import io.redstuff.cli.command.SignatureCommands;
import io.redstuff.cli.command.VerifyCommand;
import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.ExitCode;
import io.redstuff.cli.io.Session;
import io.redstuff.cli.option.Values;
import io.redstuff.cli.show.Text;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Takes the command line apart and runs the command that it names. */
public final class Commands {

  private static final String HELP = "help";
  private static final String DELIMITER = "--";
  private static final Pattern DASHED_ID = Pattern.compile("-[\\w-]{42}");

  /** All commands, in the order in which the help lists them. */
  private static final List<String> NAMES =
      List.of(
          BlobIdCommand.NAME,
          "encode",
          "decode",
          CatCommand.NAME,
          "verify",
          "recover",
          "prove",
          "check",
          "dispute",
          ChainArgsCommand.NAME,
          "price",
          QuiltCommand.NAME,
          AuditCommand.NAME,
          "info",
          HELP);

  private Commands() {}

  /**
   * Returns the command line with all commands that there are, for what describes them.
   *
   * @param session what the commands would run in
   * @return the command line
   * @throws CommandException if it cannot be set up
   */
  public static CommandLine all(Session session) throws CommandException {
    return commandLine(session, HELP);
  }

  /** Runs the command in {@code session}; gives its exit code. */
  static int execute(Session session, String... args) {
    CommandLine commandLine;
    try {
      commandLine = commandLine(session, args);
    } catch (CommandException e) {
      return session.fail(e);
    }
    return commandLine.execute(asMeant(commandLine, args));
  }

  /**
   * Returns the words so that picocli takes each for what it is. It takes {@code --} for the end of
   * options where it is the value of one, a file's name: so it becomes {@code ./--}. And it takes
   * for an option what begins with a dash, as one blob id in 64 does: where a command wants one,
   * that goes to the end, after a {@code --}.
   */
  private static String[] asMeant(CommandLine commandLine, String... args) {
    CommandLine command = commandLine;
    int words = 0;
    while (words < args.length && command.getSubcommands().containsKey(args[words])) {
      command = command.getSubcommands().get(args[words]);
      words++;
    }
    if (words == 0) {
      return args;
    }
    boolean wantsId =
        command.getCommandSpec().positionalParameters().stream()
            .anyMatch(positional -> positional.type() == BlobId.class);
    List<String> meant = new ArrayList<>(List.of(args).subList(0, words));
    List<String> ids = new ArrayList<>();
    Map<String, OptionSpec> options = command.getCommandSpec().optionsMap();
    int i = words;
    for (; i < args.length && !args[i].equals(DELIMITER); i++) {
      int end = args[i].indexOf('=');
      OptionSpec option = options.get(end < 0 ? args[i] : args[i].substring(0, end));
      if (option == null && wantsId && DASHED_ID.matcher(args[i]).matches()) {
        ids.add(args[i]);
        continue;
      }
      if (option != null && option.arity().max() > 0 && end < 0) {
        meant.add(args[i]);
        i++;
      }
      if (i < args.length) {
        boolean isDelimiter = option != null && args[i].substring(end + 1).equals(DELIMITER);
        meant.add(isDelimiter ? args[i].substring(0, end + 1) + "./" + DELIMITER : args[i]);
      }
    }
    if (i >= args.length && !ids.isEmpty()) {
      meant.add(DELIMITER);
    }
    meant.addAll(List.of(args).subList(Math.min(i, args.length), args.length));
    meant.addAll(ids);
    return meant.toArray(new String[0]);
  }

  private static CommandLine commandLine(Session session, String... args) throws CommandException {
    CommandLine commandLine = new CommandLine(new RootCommand(session));
    if (args.length > 0 && args[0].equals(SealCommands.NAME)) {
      commandLine.addSubcommand(SealCommands.NAME, SealCommands.find().command(session));
    } else if (SignatureCommands.isWanted(args)) {
      commandLine.addSubcommand(SignatureCommands.find().command(args[0], session));
    } else if (NetworkCommands.isWanted(args)) {
      commandLine.addSubcommand(NetworkCommands.find().command(session));
    } else {
      for (String name : wanted(args)) {
        if (name.equals(HELP) && !isVersion(args)) {
          addOthers(commandLine, session);
        }
        commandLine.addSubcommand(command(name, session));
      }
    }
    Values.register(commandLine);
    return commandLine
        .setOut(new PrintWriter(session.out(), true, session.out().charset()))
        .setErr(new PrintWriter(session.err(), true, session.err().charset()))
        // A file may well be called @file.
        .setExpandAtFiles(false)
        // What follows an option is its value, also -V...: an id may begin so, or be a file's name.
        .setAllowOptionsAsOptionParameters(true)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((e, _) -> misused(session, e))
        .setExecutionExceptionHandler((e, _, _) -> session.fail(e));
  }

  /** Returns whether a version is asked for, which needs no other jar. */
  private static boolean isVersion(String... args) {
    return args.length > 0 && List.of("-V", "--version").contains(args[0]);
  }

  /**
   * Adds the commands of other jars, for the help, where all of these are on the class path: so
   * they are in a package. Elsewhere the end of the help tells of them.
   */
  private static void addOthers(CommandLine commandLine, Session session) {
    Optional<SignatureCommands> signatures =
        ServiceLoader.load(SignatureCommands.class).findFirst();
    Optional<SealCommands> seals = ServiceLoader.load(SealCommands.class).findFirst();
    Optional<NetworkCommands> networks = ServiceLoader.load(NetworkCommands.class).findFirst();
    if (signatures.isEmpty() || seals.isEmpty() || networks.isEmpty()) {
      return;
    }
    for (String name : SignatureCommands.NAMES) {
      commandLine.addSubcommand(signatures.get().command(name, session));
    }
    commandLine.addSubcommand(SealCommands.NAME, seals.get().command(session));
    commandLine.addSubcommand(networks.get().command(session));
    // Without arguments it would be the question what it is.
    commandLine.getCommandSpec().usageMessage().footer(new String[0]);
  }

  /**
   * The commands to set up: picocli looks at every option of each by reflection, which takes longer
   * than many a command itself. When the first word is one, no other can be meant.
   */
  private static List<String> wanted(String... args) {
    boolean known = args.length > 0 && NAMES.contains(args[0]) && !args[0].equals(HELP);
    return known ? List.of(args[0]) : NAMES;
  }

  private static Object command(String name, Session session) {
    return switch (name) {
      case BlobIdCommand.NAME -> new BlobIdCommand(session);
      case "encode" -> new EncodeCommand(session);
      case "decode" -> new DecodeCommand(session);
      case CatCommand.NAME -> new CatCommand(session);
      case "verify" -> new VerifyCommand(session);
      case "recover" -> new RecoverCommand(session);
      case "prove" -> new ProveCommand(session);
      case "check" -> new CheckCommand(session);
      case "dispute" -> new DisputeCommand(session);
      case ChainArgsCommand.NAME -> new ChainArgsCommand(session);
      case "price" -> new PriceCommand(session);
      case QuiltCommand.NAME -> QuiltCommand.in(session);
      case AuditCommand.NAME -> AuditCommand.in(session);
      case "info" -> new InfoCommand(session);
      case HELP -> new CommandLine.HelpCommand();
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static int misused(Session session, ParameterException e) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    String what =
        e instanceof UnmatchedArgumentException u ? unmatched(u) : Text.lowerFirst(e.getMessage());
    return session.fail(what + " - see '" + command + " --help'", e, ExitCode.USAGE);
  }

  private static String unmatched(UnmatchedArgumentException e) {
    String argument = e.getUnmatched().getFirst();
    String kind;
    if (e.isUnknownOption()) {
      kind = "unknown option";
    } else if (e.getCommandLine().getParent() == null) {
      kind = "unknown command";
    } else {
      kind = "one argument too many:";
    }
    List<String> suggestions = e.getSuggestions();
    return kind
        + " '"
        + argument
        + "'"
        + (suggestions.isEmpty()
            ? ""
            : " (did you mean " + String.join(" or ", suggestions) + "?)");
  }
}
