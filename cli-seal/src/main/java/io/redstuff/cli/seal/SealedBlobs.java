package io.redstuff.cli.seal;

import io.redstuff.cli.command.SealCommands;
import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.Session;
import io.redstuff.error.RedStuffException;
import io.redstuff.seal.Seal;
import io.redstuff.seal.SealedKey;
import io.redstuff.seal.container.SealedHeader;
import io.redstuff.seal.container.SealedReader;
import io.redstuff.seal.container.SealedSource;
import io.redstuff.stream.BlobBytes;
import io.redstuff.stream.BlobSource;
import io.redstuff.stream.BlobTarget;
import io.redstuff.stream.WorkMonitor;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;

/** Gives the launcher's command the commands of this package, and seals and opens for others. */
public final class SealedBlobs implements SealCommands {
  /** Called by the service loader. */
  public SealedBlobs() {}

  @Override
  public Object command(Session session) {
    return SealCommand.in(session);
  }

  @Override
  public BlobSource seal(Path policyFile, BlobSource content) throws CommandException, IOException {
    Seal seal = Seal.create();
    try (SealedKey key = seal.newKey(SealFiles.policy(policyFile, seal))) {
      return SealedSource.of(key, content);
    }
  }

  @Override
  public OpenedBlob open(BlobBytes sealed, Path keyFile) throws CommandException, IOException {
    Seal seal = Seal.create();
    SealedHeader header;
    try {
      header = SealedHeader.read(sealed);
    } catch (RedStuffException e) {
      throw CommandException.badData(e.getMessage(), e);
    }
    byte[] key = SealFiles.decrypt(header.object(), keyFile, seal);
    try {
      return opened(header.open(sealed, key));
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private static OpenedBlob opened(SealedReader reader) {
    return new OpenedBlob() {
      @Override
      public long length() {
        return reader.length();
      }

      @Override
      public void read(long offset, MemorySegment target) throws IOException, RedStuffException {
        reader.read(offset, target);
      }

      @Override
      public void copyTo(BlobTarget target, WorkMonitor monitor)
          throws IOException, RedStuffException {
        reader.copyTo(target, monitor);
      }

      @Override
      public void close() {
        reader.close();
      }
    };
  }
}
