package io.redstuff.spark.command;

import io.redstuff.error.RedStuffException;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The program: {@code spark-submit --class io.redstuff.spark.command.Main ... COMMAND ...}. The
 * master, and whatever else there is to set, is Spark's to be told.
 */
@Command(
    name = "redstuff-spark",
    description = "Bulk work on blobs of the Walrus network, on Apache Spark.",
    mixinStandardHelpOptions = true,
    subcommands = {
      BlobIdCommand.class,
      EncodeCommand.class,
      QuiltCommand.class,
      ScrubCommand.class,
      RepairCommand.class,
      AuditCommand.class,
      DamageCommand.class,
      DemoCommand.class
    })
public final class Main implements Runnable {
  static final int OK = 0;

  /** The data is not as it should be. */
  static final int BAD_DATA = 1;

  /** What was asked for cannot be done. */
  static final int USAGE = 2;

  @Spec private CommandSpec spec;

  Main() {}

  /**
   * Runs a command and ends the JVM with its exit code: 0 ok, 1 the data is not as it should be, 2
   * usage or input error.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true, System.out.charset());
    PrintWriter err = new PrintWriter(System.err, true, System.err.charset());
    int exitCode;
    try {
      exitCode = run(out, err, args);
    } finally {
      Session.stop();
    }
    if (exitCode != OK) {
      System.exit(exitCode);
    }
  }

  /** Runs a command on the given streams; gives its exit code. */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    IExecutionExceptionHandler handler =
        (e, command, _) -> {
          if (e instanceof IOException
              || e instanceof RedStuffException
              || e instanceof IllegalArgumentException) {
            command.getErr().println("redstuff-spark: " + e.getMessage());
            return e instanceof RedStuffException ? BAD_DATA : USAGE;
          }
          throw e;
        };
    return new CommandLine(new Main())
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(ByteCount.class, ByteCount::parse)
        .setExecutionExceptionHandler(handler)
        .execute(args);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "got no command, expected one");
  }
}
