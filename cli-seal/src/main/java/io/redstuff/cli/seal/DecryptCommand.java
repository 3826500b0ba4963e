package io.redstuff.cli.seal;

import io.redstuff.cli.command.SealCommands.OpenedBlob;
import io.redstuff.cli.io.BlobInput;
import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.ExitCode;
import io.redstuff.cli.io.OutputDraft;
import io.redstuff.cli.io.OutputTarget;
import io.redstuff.cli.io.RangeCopy;
import io.redstuff.cli.io.Session;
import io.redstuff.cli.io.WorkProgress;
import io.redstuff.cli.option.ByteRange;
import io.redstuff.cli.option.FileOutputOption;
import io.redstuff.cli.show.Text;
import io.redstuff.error.RedStuffException;
import io.redstuff.seal.DataCipher;
import io.redstuff.seal.EncryptedObject;
import io.redstuff.seal.Seal;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code redstuff seal decrypt}: what is sealed back into the file. */
@Command(
    name = "decrypt",
    header = "Open a sealed file.",
    description = {
      "",
      "Opens what 'redstuff seal encrypt' wrote, and objects of Seal's other clients. The output"
          + " takes its name when all of it is authenticated.",
      ""
    })
final class DecryptCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--key-file",
      required = true,
      paramLabel = "FILE",
      description = "User keys, as 'redstuff seal extract' makes them.")
  private Path keyFile;

  @Option(
      names = "--range",
      paramLabel = "A-B",
      description =
          "Open bytes A to B of the content, counted from 0, B included; 'A-' for all from A on,"
              + " '-N' for the last N (default: all). Of a sealed blob no more is read than they"
              + " lie in.")
  private ByteRange range = ByteRange.ALL;

  @Option(
      names = "--stats",
      description = "Say on standard error how many bytes of a sealed blob were read.")
  private boolean stats;

  @Mixin private FileOutputOption output;

  @Parameters(paramLabel = "FILE", description = "Sealed file; '-' is standard input.")
  private String operand;

  DecryptCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws CommandException, IOException {
    OutputTarget target = output.target(session);
    try (SealedInput input = new SealedInput(session, operand)) {
      if (input.isSealedBlob()) {
        openBlob(input, target);
      } else {
        openObject(input, target);
      }
      return ExitCode.OK;
    } catch (RedStuffException e) {
      throw CommandException.badData(operand + ": " + e.getMessage(), e);
    }
  }

  private void openBlob(SealedInput input, OutputTarget target)
      throws CommandException, IOException, RedStuffException {
    Path temporary = target.directory().orElse(BlobInput.temporaryDirectory());
    CountedBytes sealed = new CountedBytes(input.blob());
    try (OpenedBlob content = new SealedBlobs().open(sealed, keyFile)) {
      long from = range.from(content.length());
      long to = range.to(content.length());
      try (OutputDraft draft = new OutputDraft(session, target, temporary, to - from)) {
        try (WorkProgress progress = new WorkProgress(session, "opening")) {
          if (to - from == content.length()) {
            // Even if that is nothing, it has to be authenticated.
            content.copyTo(draft.blob(), progress);
          } else {
            RangeCopy.copy(content, from, to, draft.blob()::write, progress);
          }
        }
        draft.publish();
      }
      if (stats) {
        session.complain(
            "read %s of the sealed file for %s bytes"
                .formatted(Text.bytes(sealed.bytesRead()), to - from));
      }
    }
  }

  private void openObject(SealedInput input, OutputTarget target)
      throws CommandException, IOException, RedStuffException {
    EncryptedObject object = EncryptedObject.parse(input.whole());
    if (object.cipher() == DataCipher.PLAIN) {
      throw CommandException.usage(operand + ": carries a key and no data");
    }
    byte[] data = SealFiles.decrypt(object, keyFile, Seal.create());
    try {
      long from = range.from(data.length);
      target.write(MemorySegment.ofArray(data).asSlice(from, range.to(data.length) - from));
    } finally {
      Arrays.fill(data, (byte) 0);
    }
  }
}
