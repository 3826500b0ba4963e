package io.redstuff.client.api;

import io.redstuff.BlobId;
import io.redstuff.Sliver;
import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Slivers of one shard, as a node gives them to the one that takes the shard over. Nothing of them
 * is proven.
 *
 * <p>On the wire: variant 0 (V1), a vector of blob ids each with a sliver that says its axis.
 *
 * @param entries the slivers, in the order of blob ids
 * @since 0.1.0
 */
public record ShardSlivers(List<Entry> entries) {
  private static final String WHAT = "slivers of a shard";

  /** The only version there is. */
  private static final int V1 = 0;

  /** The least an entry takes: blob id, axis, length of the symbols, symbol size, index. */
  private static final int SHORTEST_ENTRY = BlobId.BYTES + 6;

  /**
   * A sliver of a blob.
   *
   * @param blobId the blob
   * @param sliver its sliver
   */
  public record Entry(BlobId blobId, Sliver sliver) {
    /**
     * Checks that both are there.
     *
     * @throws NullPointerException if one is null
     */
    public Entry {
      Objects.requireNonNull(blobId, "blobId");
      Objects.requireNonNull(sliver, "sliver");
    }
  }

  /**
   * Copies the list.
   *
   * @throws NullPointerException if something is null
   */
  public ShardSlivers {
    entries = List.copyOf(entries);
  }

  /**
   * Reads the wire form.
   *
   * @param bcs all of it, native or heap; the slivers are views of it
   * @return the slivers
   * @throws MalformedDataException if it is not canonical BCS of such an answer
   */
  public static ShardSlivers parse(MemorySegment bcs) throws MalformedDataException {
    return BcsReader.parse(bcs, WHAT, ShardSlivers::read);
  }

  private static ShardSlivers read(BcsReader in) throws MalformedDataException {
    in.variant("version", V1 + 1);
    List<Entry> entries = new ArrayList<>();
    long count = in.count(WHAT, SHORTEST_ENTRY);
    for (long i = 0; i < count; i++) {
      BlobId blobId = BlobId.of(in.array("blob id", BlobId.BYTES));
      long start = in.position();
      in.variant("axis", 2);
      in.bytes("sliver symbols");
      in.u16("symbol size");
      in.u16("sliver index");
      try {
        entries.add(new Entry(blobId, Sliver.parseTaggedView(in.since(start))));
      } catch (MalformedDataException e) {
        throw e.within(start);
      }
    }
    return new ShardSlivers(entries);
  }

  /**
   * {@return the wire form, canonical BCS}
   *
   * @throws ArithmeticException if it does not fit an array
   */
  public byte[] toBcs() {
    return BcsWriter.toBytes(
        out -> {
          out.variant(V1).count(entries.size());
          for (Entry entry : entries) {
            Sliver sliver = entry.sliver();
            out.fixed(entry.blobId().toBytes())
                .variant(sliver.id().axis().variant())
                .bytes(sliver.segment())
                .u16(sliver.symbolSize())
                .u16(sliver.id().index());
          }
        });
  }
}
