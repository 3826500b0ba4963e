package io.redstuff.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;

/** What a command is timed at. In this order, since the later ones take slivers away. */
enum ColdWork {
  BLOB_ID,
  ENCODE,
  DECODE,
  VERIFY,

  /** A tenth of the pairs lack their primary slivers, which are rows of the blob. */
  DECODE_MISSING,

  /** A fifth of the pairs lack both slivers. */
  RECOVER;

  /** Returns what it is called on the command line. */
  String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether it needs an encoding to begin with. */
  boolean needsSlivers() {
    return this != BLOB_ID && this != ENCODE;
  }

  /** Returns what the command of this project takes. */
  List<String> arguments(ColdFiles files) {
    String shards = String.valueOf(files.shards());
    String encoding = files.encoding().toString();
    return switch (this) {
      case BLOB_ID -> List.of("blob-id", "-n", shards, files.blob().toString());
      case ENCODE ->
          List.of("encode", "-n", shards, "-o", files.out().toString(), files.blob().toString());
      case DECODE, DECODE_MISSING -> List.of("decode", encoding, "-o", files.out().toString());
      case VERIFY, RECOVER -> List.of(title(), encoding);
    };
  }

  /** Returns what {@code wasm-process.mjs} takes; nothing for what the official build has not. */
  List<String> officialArguments(ColdFiles files, String blobId, long blobBytes) {
    String shards = String.valueOf(files.shards());
    String blob = files.blob().toString();
    String out = files.out().toString();
    return switch (this) {
      case BLOB_ID -> List.of("blob-id", shards, blob);
      case ENCODE -> List.of("encode", shards, blob, out);
      case DECODE, DECODE_MISSING -> {
        String bytes = String.valueOf(blobBytes);
        yield List.of("decode", shards, blobId, bytes, files.encoding().toString(), out);
      }
      case VERIFY, RECOVER -> List.of();
    };
  }

  /** Makes the files as they are to be found. */
  void arrange(ColdFiles files) throws IOException {
    ColdBenchmark.remove(files.out());
    if (this == DECODE_MISSING) {
      lose(files, "primary", files.shards() / 10);
    } else if (this == RECOVER) {
      lose(files, "primary", files.shards() / 5);
      lose(files, "secondary", files.shards() / 5);
    }
  }

  /** Whether what a decode wrote is the blob, and what a repair had to heal is there. */
  boolean isDone(ColdFiles files) throws IOException {
    return switch (this) {
      case BLOB_ID, VERIFY -> true;
      case ENCODE -> Files.exists(files.out().resolve(sliver("secondary", files.shards() - 1)));
      case DECODE, DECODE_MISSING -> Files.mismatch(files.blob(), files.out()) < 0;
      case RECOVER -> Files.exists(files.encoding().resolve(sliver("secondary", 0)));
    };
  }

  private static void lose(ColdFiles files, String axis, int pairs) throws IOException {
    for (int pair = 0; pair < pairs; pair++) {
      Files.deleteIfExists(files.encoding().resolve(sliver(axis, pair)));
    }
  }

  private static String sliver(String axis, int pair) {
    return String.format(Locale.ROOT, "%s/%04d.bcs", axis, pair);
  }
}
