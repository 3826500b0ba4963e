package io.redstuff.cli.io;

import io.redstuff.BlobId;
import io.redstuff.audit.BlobEncodings;
import io.redstuff.codec.RedStuff;
import io.redstuff.error.RedStuffException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.store.DirectoryStore;
import io.redstuff.store.NamedIoException;
import io.redstuff.store.StoredEncoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Many encoded blobs, each in a directory of its own, which is opened when it is asked for. */
public final class StoredBlobs implements BlobEncodings {
  private final Session session;
  private final RedStuff codec;
  private final Map<BlobId, DirectoryStore> stores = new LinkedHashMap<>();

  private StoredBlobs(Session session, RedStuff codec) {
    this.session = session;
    this.codec = codec;
  }

  /**
   * Finds encoded blobs.
   *
   * @param directories each with an encoded blob, or with directories of encoded blobs in it
   * @param codec works on them
   * @throws CommandException if one of them is none of both
   */
  public static StoredBlobs in(Session session, List<Path> directories, RedStuff codec)
      throws CommandException, IOException {
    StoredBlobs blobs = new StoredBlobs(session, codec);
    for (Path directory : directories) {
      if (!Files.isDirectory(directory)) {
        throw CommandException.usage(
            directory + (Files.exists(directory) ? ": not a directory" : ": no such directory"));
      }
      if (isEncoding(directory)) {
        blobs.add(directory);
        continue;
      }
      List<Path> inside;
      try (Stream<Path> entries = Files.list(directory)) {
        inside = entries.filter(StoredBlobs::isEncoding).sorted().toList();
      }
      if (inside.isEmpty()) {
        throw CommandException.usage(
            directory + ": got no " + DirectoryStore.METADATA + " in it nor one directory below");
      }
      for (Path each : inside) {
        blobs.add(each);
      }
    }
    return blobs;
  }

  private static boolean isEncoding(Path directory) {
    return Files.exists(directory.resolve(DirectoryStore.METADATA));
  }

  /** Looks which blob it says it is; whether that is true is found out when it is opened. */
  private void add(Path directory) throws IOException {
    DirectoryStore store = DirectoryStore.at(directory, session.files());
    byte[] id = store.readMetadata(BlobId.BYTES);
    if (id.length < BlobId.BYTES) {
      session.complain(
          "%s: left out: got %s bytes, expected a blob id first"
              .formatted(store.metadataFile(), id.length));
    } else if (stores.putIfAbsent(BlobId.of(id), store) != null) {
      session.complain(directory + ": left out: the same blob as in a directory before");
    }
  }

  @Override
  public StoredEncoding open(BlobId blob) throws IOException, RedStuffException {
    DirectoryStore store = stores.get(blob);
    if (store == null) {
      throw new IOException("in none of the directories");
    }
    VerifiedMetadata metadata;
    try {
      byte[] bcs = store.readMetadata(StoredEncoding.MAX_METADATA_BYTES + 1);
      metadata = StoredEncoding.verify(bcs, Optional.of(blob));
    } catch (IOException e) {
      throw NamedIoException.of(e, store.metadataFile().toString());
    }
    if (!metadata.parameters().equals(codec.parameters())) {
      throw new VerificationException(
          Reason.WRONG_SHARD_COUNT,
          "%s: got %s shards, expected %s"
              .formatted(
                  store.metadataFile(),
                  metadata.parameters().shards(),
                  codec.parameters().shards()));
    }
    return StoredEncoding.of(store, codec, metadata);
  }
}
