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
import java.io.UncheckedIOException;
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
   * @return how many of them both sides refused
   * @throws DifferenceException at the first difference
   */
  long run(long from, long to, Duration limit) {
    CampaignProgress progress = new CampaignProgress(to, out);
    long start = System.nanoTime();
    long refused = 0;
    for (long i = from; i < to && System.nanoTime() - start < limit.toNanos(); i++) {
      QuiltCase one = QuiltCase.of(seed, i);
      progress.at(i, one.shards());
      try {
        refused += compare(one) ? 0 : 1;
      } catch (DifferenceException | MalformedDataException e) {
        String what = "quilt %s of seed %s (%s): %s".formatted(i, seed, one, e.getMessage());
        throw new DifferenceException(what, e);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    progress.end();
    out.println("refused by both: " + refused);
    return refused;
  }

  /** Compares one quilt; returns false if both sides refuse the files. */
  private boolean compare(QuiltCase one) throws IOException, MalformedDataException {
    OfficialQuilts.Written theirs;
    try {
      theirs = official.pack(one.shards(), one.files());
    } catch (OfficialEncoderException refusal) {
      try (Quilt ours = pack(one)) {
        throw new DifferenceException(
            "ours has %s bytes, official: %s".formatted(ours.length(), refusal.getMessage()));
      } catch (IllegalArgumentException expected) {
        return false;
      }
    }
    try (Quilt ours = pack(one)) {
      Comparison.same("quilt", ours.toBytes(), theirs.quilt());
      Comparison.same("columns", columns(ours.index()), theirs.columns());
    } catch (IllegalArgumentException e) {
      throw new DifferenceException("ours refuses: " + e.getMessage(), e);
    }
    read(one, theirs);
    return true;
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
      Comparison.same("contents of " + patch, bytes(file), bytes(original));
      if (!file.tags().equals(original.tags())) {
        throw new DifferenceException("tags of %s: %s".formatted(patch, original.tags()));
      }
    }
    if (!expected.isEmpty()) {
      throw new DifferenceException("not in the index: " + expected.keySet());
    }
  }

  private static byte[] bytes(QuiltFile file) throws IOException {
    byte[] bytes = new byte[Math.toIntExact(file.contents().length())];
    file.contents().read(0, MemorySegment.ofArray(bytes));
    return bytes;
  }
}
