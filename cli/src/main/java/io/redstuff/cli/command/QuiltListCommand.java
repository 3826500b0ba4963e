package io.redstuff.cli.command;

import io.redstuff.BlobId;
import io.redstuff.cli.io.BlobInput;
import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.ExitCode;
import io.redstuff.cli.io.Session;
import io.redstuff.cli.io.WorkProgress;
import io.redstuff.cli.option.MemoryOption;
import io.redstuff.cli.option.ShardsOption;
import io.redstuff.cli.option.ThreadsOption;
import io.redstuff.cli.show.Json;
import io.redstuff.cli.show.QuiltListing;
import io.redstuff.codec.RedStuff;
import io.redstuff.error.RedStuffException;
import io.redstuff.quilt.QuiltBlob;
import io.redstuff.quilt.QuiltPatch;
import io.redstuff.quilt.QuiltReader;
import io.redstuff.store.DirectoryStore;
import io.redstuff.store.NamedIoException;
import io.redstuff.store.StoredEncoding;
import io.redstuff.stream.BlobSource;
import io.redstuff.stream.StreamEncoder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code redstuff quilt ls}: the files of a quilt. */
@Command(
    name = "ls",
    header = "List the files of a quilt.",
    description = {
      "",
      "Prints a line for each file: its size, its first and last column, its patch id, its"
          + " identifier and its tags. Of a quilt in a directory, the slivers that say so are read"
          + " and proven, or restored; of one in a file, the blob id is computed.",
      "",
      "Example:",
      "  redstuff quilt ls out --json",
      "  redstuff quilt ls -n 1000 photos.quilt",
      ""
    })
final class QuiltListCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(
      paramLabel = "DIR|BLOB",
      description = "Directory that 'redstuff quilt create' wrote, or a file with the whole quilt.")
  private Path input;

  @Option(
      names = "--blob-id",
      paramLabel = "ID",
      description = "Fail unless this is the id of the blob.")
  private BlobId expected;

  @Mixin private ShardsOption shards;

  @Mixin private ThreadsOption threads;

  @Mixin private MemoryOption memory;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  QuiltListCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws CommandException, IOException {
    try {
      QuiltListing listing = Files.isDirectory(input) ? listStored() : listBlob();
      session.out().print(json ? Json.of(listing) : listing.toText());
      return ExitCode.OK;
    } catch (RedStuffException e) {
      throw CommandException.badData(input + ": " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(e.getMessage(), e);
    }
  }

  private QuiltListing listStored() throws CommandException, IOException, RedStuffException {
    DirectoryStore store = DirectoryStore.at(input, session.files());
    StoredEncoding opened = StoredEncoding.open(store, Optional.ofNullable(expected));
    RedStuff codec = threads.applyTo(opened.codec());
    StoredEncoding stored = StoredEncoding.of(store, codec, opened.metadata());
    long length = stored.metadata().blobLength();
    List<QuiltListing.FileInfo> files = new ArrayList<>();
    try (QuiltReader quilt =
        QuiltReader.of(
                stored,
                stored.slivers(),
                memory.workspace(codec, length, BlobInput.temporaryDirectory()))
            .withAnyIdentifier()) {
      for (QuiltPatch patch : quilt.index().patches()) {
        files.add(QuiltListing.FileInfo.of(patch, quilt.length(patch), quilt.id()));
      }
      return new QuiltListing(quilt.id().toString(), files);
    }
  }

  private QuiltListing listBlob() throws CommandException, IOException, RedStuffException {
    RedStuff codec = threads.applyTo(shards.codec());
    List<QuiltListing.FileInfo> files = new ArrayList<>();
    try (FileChannel file = FileChannel.open(input, StandardOpenOption.READ);
        WorkProgress progress = new WorkProgress(session, "hashing")) {
      BlobSource bytes = BlobSource.of(file);
      QuiltBlob quilt = QuiltBlob.of(codec.parameters(), bytes).withAnyIdentifier();
      List<QuiltPatch> patches = quilt.index().patches();
      StreamEncoder encoder = memory.encoder(codec, bytes.length(), BlobInput.temporaryDirectory());
      BlobId id = encoder.watchedBy(progress).metadata(bytes).blobId();
      if (expected != null && !expected.equals(id)) {
        throw CommandException.badData(
            input + ": blob id: got " + id + ", expected " + expected, null);
      }
      for (QuiltPatch patch : patches) {
        long size = quilt.read(patch).contents().length();
        files.add(QuiltListing.FileInfo.of(patch, size, id));
      }
      return new QuiltListing(id.toString(), files);
    } catch (IOException e) {
      throw NamedIoException.of(e, input.toString());
    }
  }
}
