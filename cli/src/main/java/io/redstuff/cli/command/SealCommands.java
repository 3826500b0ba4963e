package io.redstuff.cli.command;

import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.Session;
import io.redstuff.error.RedStuffException;
import io.redstuff.stream.BlobBytes;
import io.redstuff.stream.BlobSource;
import io.redstuff.stream.BlobTarget;
import io.redstuff.stream.WorkMonitor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ServiceLoader;

/**
 * What seals and opens. Like {@link SignatureCommands} it is not a part of this jar, and built and
 * put on the class path by the launcher when it is asked for.
 */
public interface SealCommands {
  /** What the command is called that is there only here. */
  String NAME = "seal";

  /** With it a file is sealed before it is encoded. */
  String POLICY_OPTION = "--seal";

  /** With it what was stored is opened. */
  String KEY_OPTION = "--key-file";

  /** The content of a sealed blob; wiped when closed. */
  interface OpenedBlob extends BlobBytes, AutoCloseable {
    /** Writes all of it. */
    void copyTo(BlobTarget target, WorkMonitor monitor) throws IOException, RedStuffException;

    @Override
    void close();
  }

  /** Returns the command {@link #NAME}. */
  Object command(Session session);

  /** Returns a blob sealed to whom a file says. */
  BlobSource seal(Path policyFile, BlobSource content) throws CommandException, IOException;

  /** Opens a blob with the keys in a file. */
  OpenedBlob open(BlobBytes sealed, Path keyFile) throws CommandException, IOException;

  /** Returns these commands, if they are on the class path. */
  static SealCommands find() throws CommandException {
    return ServiceLoader.load(SealCommands.class)
        .findFirst()
        .orElseThrow(
            () ->
                CommandException.usage(
                    "sealed blobs need redstuff-seal.jar, which is not on the class path; the"
                        + " launcher './redstuff' builds it"));
  }
}
