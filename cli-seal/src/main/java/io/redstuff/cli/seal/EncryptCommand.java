package io.redstuff.cli.seal;

import io.redstuff.cli.io.BlobInput;
import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.ExitCode;
import io.redstuff.cli.io.OutputDraft;
import io.redstuff.cli.io.OutputTarget;
import io.redstuff.cli.io.RangeCopy;
import io.redstuff.cli.io.Session;
import io.redstuff.cli.io.WorkProgress;
import io.redstuff.cli.option.FileOutputOption;
import io.redstuff.error.RedStuffException;
import io.redstuff.seal.DataCipher;
import io.redstuff.seal.Seal;
import io.redstuff.seal.SealPolicy;
import io.redstuff.seal.SealedKey;
import io.redstuff.seal.container.SealedSource;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code redstuff seal encrypt}: a file into a sealed one. */
@Command(
    name = "encrypt",
    header = "Seal a file.",
    description = {
      "",
      "Writes a sealed blob, which is made and opened piece by piece, or with --object one object"
          + " of Seal's own format, which its other clients open, and which has to fit into"
          + " memory.",
      ""
    })
final class EncryptCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--policy",
      required = true,
      paramLabel = "FILE",
      description = "To whom to seal; 'redstuff seal policy' writes one.")
  private Path policyFile;

  @Option(names = "--object", description = "Write Seal's own format, with AES-256-GCM.")
  private boolean object;

  @Option(
      names = "--hmac",
      description = "Write Seal's own format, with HMAC-SHA3-256, which contracts can open.")
  private boolean hmac;

  @Mixin private FileOutputOption output;

  @Parameters(paramLabel = "FILE", description = "File to seal; '-' is standard input.")
  private String operand;

  EncryptCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws CommandException, IOException, RedStuffException {
    Seal seal = Seal.create();
    SealPolicy policy = SealFiles.policy(policyFile, seal);
    OutputTarget target = output.target(session);
    try (SealedInput input = new SealedInput(session, operand)) {
      if (object || hmac) {
        byte[] data = input.whole();
        DataCipher cipher = hmac ? DataCipher.HMAC_256_CTR : DataCipher.AES_256_GCM;
        byte[] bcs = seal.encrypt(policy, cipher, data, new byte[0]).toBcs();
        Arrays.fill(data, (byte) 0);
        target.write(MemorySegment.ofArray(bcs));
      } else {
        try (SealedKey key = seal.newKey(policy)) {
          write(SealedSource.of(key, input.blob()), target);
        }
      }
    }
    return ExitCode.OK;
  }

  private void write(SealedSource sealed, OutputTarget target)
      throws IOException, RedStuffException {
    Path temporary = target.directory().orElse(BlobInput.temporaryDirectory());
    long length = sealed.length();
    try (OutputDraft draft = new OutputDraft(session, target, temporary, length)) {
      try (WorkProgress progress = new WorkProgress(session, "sealing")) {
        RangeCopy.copy(sealed, 0, length, draft.blob()::write, progress);
      }
      draft.publish();
    }
  }
}
