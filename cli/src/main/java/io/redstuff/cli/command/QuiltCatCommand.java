package io.redstuff.cli.command;

import io.redstuff.cli.io.BlobInput;
import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.ExitCode;
import io.redstuff.cli.io.OutputTarget;
import io.redstuff.cli.io.Session;
import io.redstuff.cli.option.StoredQuiltOptions;
import io.redstuff.error.RedStuffException;
import io.redstuff.quilt.QuiltPatch;
import io.redstuff.quilt.QuiltPatchId;
import io.redstuff.quilt.QuiltReader;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code redstuff quilt cat}: files of a quilt, from no more of its slivers than that takes. */
@Command(
    name = "cat",
    header = "Write files of a quilt to standard output.",
    description = {
      "",
      "Reads the secondary slivers that a file lies in, and for a name or a tag those of the index."
          + " Where one is missing or bad, it is restored from symbols of others. Nothing is"
          + " written that is not proven against the metadata.",
      "",
      "Example:",
      "  redstuff quilt cat out --name a.jpg --stats | file -",
      ""
    })
final class QuiltCatCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private StoredQuiltOptions options;

  @ArgGroup(multiplicity = "1")
  private Which which;

  @Option(
      names = "--stats",
      description = "Say on standard error how many bytes of how many slivers were read.")
  private boolean stats;

  /** One of these. */
  static final class Which {
    @Option(names = "--id", paramLabel = "PATCH", description = "The file of a patch id.")
    private QuiltPatchId id;

    @Option(names = "--name", paramLabel = "NAME", description = "The file of an identifier.")
    private String name;

    @Option(
        names = "--tag",
        paramLabel = "KEY=VALUE",
        description = "All files with a tag, one after another.")
    private String tag;
  }

  QuiltCatCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws CommandException, IOException, RedStuffException {
    options.read(session, BlobInput.temporaryDirectory(), stats, this::copy);
    return ExitCode.OK;
  }

  private void copy(QuiltReader quilt) throws CommandException, IOException, RedStuffException {
    OutputStream out = OutputTarget.standardOutput(session).stream();
    if (which.id != null) {
      quilt.copy(which.id, out);
      return;
    }
    for (QuiltPatch patch : patches(quilt)) {
      quilt.copy(patch, out);
    }
  }

  private List<QuiltPatch> patches(QuiltReader quilt)
      throws CommandException, IOException, RedStuffException {
    List<QuiltPatch> patches;
    if (which.name != null) {
      patches = quilt.index().find(which.name).stream().toList();
    } else {
      int equals = which.tag.indexOf('=');
      if (equals < 0) {
        throw CommandException.usage("--tag: got '" + which.tag + "', expected KEY=VALUE");
      }
      String value = which.tag.substring(equals + 1);
      patches = quilt.index().tagged(which.tag.substring(0, equals), value);
    }
    if (patches.isEmpty()) {
      throw CommandException.usage(
          which.name != null
              ? "no file '" + which.name + "' in the quilt"
              : "no file with the tag " + which.tag + " in the quilt");
    }
    return patches;
  }
}
