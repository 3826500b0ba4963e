package io.redstuff.bench;

import io.redstuff.BlobId;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.codec.EncodedBlob;
import io.redstuff.codec.RedStuff;
import io.redstuff.error.RedStuffException;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.quilt.Quilt;
import io.redstuff.quilt.QuiltBlob;
import io.redstuff.quilt.QuiltFile;
import io.redstuff.quilt.QuiltPatch;
import io.redstuff.quilt.QuiltPatchId;
import io.redstuff.quilt.QuiltReader;
import io.redstuff.quilt.VerifiedQuiltFile;
import io.redstuff.simd.Engine;
import io.redstuff.stream.BlobSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;

/**
 * Packs files of 1 to 20 KiB into a quilt and reads the middle one of them. Microseconds per call
 * on one thread. The files are as long as those of {@code node/quilt-bench.mjs}.
 */
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class QuiltBenchmark extends EngineBenchmark {
  @Param("1000")
  int shards;

  @Param("500")
  int files;

  private final List<QuiltFile> originals = new ArrayList<>();
  private RedStuff codec;
  private byte[] blob;
  private String wanted;
  private QuiltPatchId id;
  private VerifiedMetadata metadata;
  private List<Sliver> slivers;

  @Override
  void prepare(Engine chosen, Arena memory) throws RedStuffException {
    codec = RedStuff.forShards(shards, chosen).withParallelism(1);
    for (int i = 0; i < files; i++) {
      int length = 1024 + i * 7919 % (19 * 1024);
      MemorySegment bytes = SeededBytes.allocate(memory, length, i + 1);
      originals.add(QuiltFile.of("file-%03d".formatted(i), bytes.toArray(ValueLayout.JAVA_BYTE)));
    }
    wanted = originals.get(files / 2).identifier();
    try {
      blob = pack(new Bytes());
      encode(memory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Keeps the slivers that the wanted file lies in. */
  private void encode(Arena memory) throws IOException, RedStuffException {
    QuiltPatch patch = quilt().index().find(wanted).orElseThrow();
    try (EncodedBlob encoded = codec.encode(blob)) {
      metadata = encoded.metadata();
      BlobId quilt = metadata.blobId();
      id = patch.id(quilt);
      slivers = new ArrayList<>();
      for (SliverId sliver : id.slivers()) {
        slivers.add(BlobBenchmark.copy(encoded.sliver(sliver), memory));
      }
    }
  }

  private QuiltBlob quilt() throws RedStuffException {
    return QuiltBlob.of(codec.parameters(), BlobSource.of(MemorySegment.ofArray(blob)));
  }

  /** The bytes of the wanted file. */
  byte[] wanted() throws IOException {
    return bytesOf(originals.get(files / 2));
  }

  private static byte[] bytesOf(QuiltFile file) throws IOException {
    byte[] bytes = new byte[Math.toIntExact(file.contents().length())];
    file.contents().read(0, MemorySegment.ofArray(bytes));
    return bytes;
  }

  /** All files to the bytes of a quilt, which are counted. */
  @Benchmark
  public byte[] pack(Bytes bytes) throws IOException {
    try (Quilt quilt = Quilt.pack(codec.parameters(), originals)) {
      bytes.add(quilt.length());
      return quilt.toBytes();
    }
  }

  /**
   * The index of the whole quilt, then one file by its name; nothing is verified. The counted bytes
   * are those of the file.
   */
  @Benchmark
  public byte[] readByName(Bytes bytes) throws IOException, RedStuffException {
    QuiltBlob quilt = quilt();
    QuiltPatch patch = quilt.index().find(wanted).orElseThrow();
    byte[] file = bytesOf(quilt.read(patch));
    bytes.add(file.length);
    return file;
  }

  /**
   * One file by its patch id, from the slivers it lies in, which are verified. The counted bytes
   * are those of the file.
   */
  @Benchmark
  public MemorySegment readById(Bytes bytes) throws IOException, RedStuffException {
    try (QuiltReader reader = QuiltReader.ofSlivers(codec, metadata, slivers)) {
      VerifiedQuiltFile file = reader.read(id);
      bytes.add(file.segment().byteSize());
      return file.segment();
    }
  }
}
