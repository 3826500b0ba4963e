package io.redstuff.spark.command;

import io.redstuff.spark.Inputs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The files that a command works on. */
final class InputOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "URI",
      description = "Files, and directories of which all files below are taken.")
  private List<String> roots = new ArrayList<>();

  @Option(
      names = "--files-from",
      paramLabel = "LIST",
      description = "A text file, or a directory of such, with a URI a line.")
  private String list;

  Dataset<String> read(SparkSession spark) throws IOException {
    if (roots.isEmpty() == (list == null)) {
      throw new ParameterException(
          spec.commandLine(),
          "got %s, expected URIs or --files-from"
              .formatted(list == null ? "no files" : "both URIs and --files-from"));
    }
    return list == null ? Inputs.list(spark, roots) : Inputs.read(spark, list);
  }

  /** Returns the only directory or file, with a slash at its end; empty if there are more. */
  String base(SparkSession spark) throws IOException {
    if (roots.size() != 1) {
      return "";
    }
    return Inputs.qualified(spark, roots.getFirst()) + "/";
  }
}
