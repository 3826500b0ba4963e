package io.redstuff.chain;

import io.redstuff.ObjectId;
import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import io.redstuff.internal.bcs.Unsigned;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * Storage that was bought, the contract's object {@code Storage}. On the wire: 32 bytes id, u32
 * start, u32 end, u64 size.
 *
 * @param id the object
 * @param startEpoch the first epoch, from 0 to 2^32 - 1
 * @param endEpoch the epoch after the last
 * @param storageSize how many encoded bytes; unsigned
 * @since 0.1.0
 */
public record StorageResource(ObjectId id, long startEpoch, long endEpoch, long storageSize) {
  private static final String WHAT = "storage resource";

  /**
   * Checks the fields; that storage begins before it ends is for the chain to see to.
   *
   * @throws IllegalArgumentException if an epoch does not fit 32 bits
   */
  public StorageResource {
    Objects.requireNonNull(id, "id");
    Unsigned.check32("start epoch", startEpoch);
    Unsigned.check32("end epoch", endEpoch);
  }

  /**
   * Reads the wire form.
   *
   * @param bcs the whole encoding; copied
   * @return the object
   * @throws MalformedDataException if it is not canonical BCS of one
   */
  public static StorageResource parse(byte[] bcs) throws MalformedDataException {
    return BcsReader.parse(MemorySegment.ofArray(bcs), WHAT, StorageResource::read);
  }

  static StorageResource read(BcsReader in) throws MalformedDataException {
    return new StorageResource(
        ChainBcs.objectId(in, "storage id"),
        in.u32("start epoch"),
        in.u32("end epoch"),
        in.u64("storage size"));
  }

  /** {@return the wire form, canonical BCS} */
  public byte[] toBcs() {
    return BcsWriter.toBytes(this::write);
  }

  void write(BcsWriter out) {
    out.fixed(id.toBytes()).u32(startEpoch).u32(endEpoch).u64(storageSize);
  }
}
