package io.redstuff.cli.command;

import io.redstuff.BlobId;
import io.redstuff.cli.io.BlobInput;
import io.redstuff.cli.io.BlobName;
import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.ExitCode;
import io.redstuff.cli.io.NameList;
import io.redstuff.cli.io.NamedBlob;
import io.redstuff.cli.io.Session;
import io.redstuff.cli.io.WorkProgress;
import io.redstuff.cli.option.MemoryOption;
import io.redstuff.cli.show.Progress;
import io.redstuff.codec.BulkBlobIds;
import io.redstuff.codec.RedStuff;
import io.redstuff.store.NamedIoException;
import io.redstuff.stream.BlobSource;
import io.redstuff.stream.BlobTarget;
import io.redstuff.stream.EncodingPlan;
import io.redstuff.stream.StreamEncoder;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.util.Iterator;
import java.util.List;

/** Computes blob ids and prints them as lines that {@code sha256sum} would print. */
public final class BlobIdPrinter {

  private final Session session;
  private final RedStuff codec;
  private final MemoryOption memory;
  private final BlobInput source;
  private boolean standardInputTaken;
  private int exitCode = ExitCode.OK;

  /** Prints to {@code session} what {@code codec} computes. */
  public BlobIdPrinter(Session session, RedStuff codec) throws CommandException {
    this(session, codec, new MemoryOption());
  }

  /** As the other, in as much memory as the user gives. */
  BlobIdPrinter(Session session, RedStuff codec, MemoryOption memory) throws CommandException {
    this.session = session;
    this.codec = codec;
    this.memory = memory;
    this.source =
        new BlobInput(
            session, codec.parameters(), memory.spillDirectory(BlobInput.temporaryDirectory()));
  }

  /**
   * Prints a line for each operand, and a complaint for one that cannot be read; gives the exit
   * code.
   */
  public int print(List<String> operands) throws CommandException {
    if (operands.size() == 1) {
      printOne(operands.getFirst());
    } else {
      printAll(operands.stream().map(BlobName::of).iterator(), operands.size());
    }
    return exitCode;
  }

  /**
   * Does the same for the names that a file lists, or standard input, each ending with a zero byte.
   *
   * @throws CommandException if the list cannot be opened
   */
  int printListed(String list) throws CommandException, IOException {
    if (list.equals(BlobInput.STANDARD_INPUT)) {
      standardInputTaken = true;
      printAll(new NameList("standard input", session.in()), -1);
      return exitCode;
    }
    try (InputStream in = Files.newInputStream(BlobInput.path(list))) {
      printAll(new NameList(list, in), -1);
    } catch (IOException e) {
      throw new NamedIoException(list, e);
    }
    return exitCode;
  }

  private void printOne(String operand) {
    try {
      printLine(blobId(operand), operand);
    } catch (CommandException | IOException e) {
      complain(e);
    }
  }

  private BlobId blobId(String operand) throws CommandException, IOException {
    // Shared, so that a codec may give parts of the work to other threads.
    try (FileChannel file = source.openFile(operand);
        Arena arena = Arena.ofShared()) {
      long length = file.size();
      if (memory.isLittle(codec.parameters(), length)) {
        try (Progress _ = session.startProgress(operand, -1, "")) {
          return codec.blobId(BlobInput.map(file, arena));
        }
      }
      StreamEncoder encoder = memory.encoder(codec, length, BlobInput.temporaryDirectory());
      boolean fits = encoder.metadataPlan(length).strategy() == EncodingPlan.Strategy.IN_MEMORY;
      try (WorkProgress progress = new WorkProgress(session, operand)) {
        return encoder
            .watchedBy(progress)
            .metadata(
                fits
                    ? BlobSource.of(BlobInput.map(file, arena))
                    : new NamedBlob(operand, BlobTarget.of(file, length)))
            .blobId();
      }
    } catch (IOException e) {
      throw NamedIoException.of(e, operand);
    }
  }

  private void printAll(Iterator<BlobName> names, long total) throws CommandException {
    if (memory.isGiven()) {
      printEach(new Names(names));
      return;
    }
    try (Progress progress = session.startProgress("blob ids", total, "files")) {
      codec
          .newBulkBlobIds()
          .<BlobName>compute(
              new Names(names),
              this::read,
              result -> {
                progress.aside(() -> print(result));
                progress.step(1);
              });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.usage("interrupted", e);
    }
  }

  /** One after the other, since the memory is there only once. */
  private void printEach(Iterator<BlobName> names) {
    while (names.hasNext()) {
      BlobName name = names.next();
      if (name.problem() != null) {
        complain(name.problem());
      } else {
        printOne(name.text());
      }
    }
  }

  private MemorySegment read(BlobName name, Arena arena) throws Exception {
    if (name.problem() != null) {
      throw name.problem();
    }
    return source.open(name.text(), arena);
  }

  private void print(BulkBlobIds.Result<BlobName> result) {
    switch (result) {
      case BulkBlobIds.Computed<BlobName> computed ->
          printLine(computed.id(), computed.blob().text());
      case BulkBlobIds.Failed(_, RuntimeException e) -> throw e;
      case BulkBlobIds.Failed(_, Exception e) -> complain(e);
    }
  }

  private void printLine(BlobId id, String name) {
    String escaped = name.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    session.out().println((escaped.equals(name) ? "" : "\\") + id + "  " + escaped);
  }

  private void complain(Exception e) {
    exitCode = session.fail(e);
  }

  /**
   * The names, up to where nobody takes the output any more. Standard input can be had once, and
   * not beside a list that comes from there.
   */
  private final class Names implements Iterator<BlobName> {
    private final Iterator<BlobName> names;

    Names(Iterator<BlobName> names) {
      this.names = names;
    }

    @Override
    public boolean hasNext() {
      return !session.out().checkError() && names.hasNext();
    }

    @Override
    public BlobName next() {
      BlobName name = names.next();
      if (name.problem() != null || !name.isStandardInput()) {
        return name;
      }
      if (standardInputTaken) {
        return BlobName.wrong(
            name.text(), CommandException.usage("standard input: is wanted twice"));
      }
      standardInputTaken = true;
      return name;
    }
  }
}
