package io.redstuff.oracle;

import io.redstuff.EncodingParameters;
import io.redstuff.error.MalformedDataException;
import io.redstuff.quilt.Quilt;
import io.redstuff.quilt.QuiltBlob;
import io.redstuff.quilt.QuiltFile;
import io.redstuff.quilt.QuiltIndex;
import io.redstuff.quilt.QuiltPatch;
import io.redstuff.stream.BlobSource;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Compares quilts with those of the official TypeScript writer, case after case: all bytes, and
 * where the patches lie; and reads the files again from what that wrote.
 */
final class QuiltCampaign {
  private final long seed;
  private final OfficialQuilts official;
  private final PrintStream out;

  QuiltCampaign(long seed, OfficialQuilts official, PrintStream out) {
    this.seed = seed;
    this.official = official;
    this.out = out;
  }

  /**
   * Runs cases {@code from} to {@code to - 1}, or until the time is over.
   *
   * @throws DifferenceException at the first difference
   */
  void run(long from, long to, Duration limit) {
    CampaignProgress progress = new CampaignProgress(to, out);
    long start = System.nanoTime();
    for (long i = from; i < to && System.nanoTime() - start < limit.toNanos(); i++) {
      QuiltCase one = QuiltCase.of(seed, i);
      progress.at(i, one.shards());
      try {
        compare(one);
      } catch (IOException | MalformedDataException | RuntimeException e) {
        String what = "quilt %s of seed %s (%s): %s".formatted(i, seed, one, e.getMessage());
        throw new DifferenceException(what, e);
      }
    }
    progress.end();
  }

  private void compare(QuiltCase one) throws IOException, MalformedDataException {
    if (one.isRefused()) {
      checkRefused(one);
      return;
    }
    OfficialQuilts.Written theirs = official.pack(one.shards(), one.files());
    try (Quilt ours = pack(one)) {
      Comparison.same("quilt", ours.toBytes(), theirs.quilt());
      Comparison.same("columns", columns(ours.index()), theirs.columns());
    }
    read(one, theirs);
  }

  private void checkRefused(QuiltCase one) throws IOException {
    try {
      official.pack(one.shards(), one.files());
      throw new DifferenceException("the official writer takes them");
    } catch (OfficialEncoderException expected) {
      // as it should
    }
    try (Quilt ours = pack(one)) {
      throw new DifferenceException("ours takes them, and makes %s bytes".formatted(ours.length()));
    } catch (IllegalArgumentException expected) {
      // as it should
    }
  }

  private static Quilt pack(QuiltCase one) throws IOException {
    return Quilt.pack(EncodingParameters.forShards(one.shards()), one.files());
  }

  private static byte[] columns(QuiltIndex index) {
    byte[] columns = new byte[2 * Short.BYTES * index.patches().size()];
    ByteBuffer numbers = NodeProcess.numbers(columns);
    for (QuiltPatch patch : index.patches()) {
      numbers.putShort((short) patch.startIndex()).putShort((short) patch.endIndex());
    }
    return columns;
  }

  private static void read(QuiltCase one, OfficialQuilts.Written theirs)
      throws IOException, MalformedDataException {
    Map<String, QuiltFile> expected =
        one.files().stream().collect(Collectors.toMap(QuiltFile::identifier, Function.identity()));
    QuiltBlob quilt =
        QuiltBlob.of(
            EncodingParameters.forShards(one.shards()),
            BlobSource.of(MemorySegment.ofArray(theirs.quilt())));
    for (QuiltPatch patch : quilt.index().patches()) {
      QuiltFile file = quilt.read(patch);
      QuiltFile original = expected.remove(file.identifier());
      Comparison.same(
          "contents of " + patch, OfficialQuilts.bytes(file), OfficialQuilts.bytes(original));
      if (!file.tags().equals(original.tags())) {
        throw new DifferenceException("tags of %s: %s".formatted(patch, original.tags()));
      }
    }
    if (!expected.isEmpty()) {
      throw new DifferenceException("not in the index: " + expected.keySet());
    }
  }
}
