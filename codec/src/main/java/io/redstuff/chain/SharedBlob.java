package io.redstuff.chain;

import io.redstuff.ObjectId;
import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * A blob that anybody may pay for and extend. On the wire: 32 bytes id, {@link BlobObject}, u64
 * funds.
 *
 * @param id the shared object
 * @param blob the blob in it
 * @param funds what was paid in and not spent, in FROST; unsigned
 * @since 0.1.0
 */
public record SharedBlob(ObjectId id, BlobObject blob, long funds) {
  private static final String WHAT = "shared blob";

  /**
   * Puts it together.
   *
   * @throws NullPointerException if something is null
   */
  public SharedBlob {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(blob, "blob");
  }

  /**
   * Reads the wire form.
   *
   * @param bcs the whole encoding; copied
   * @return the object
   * @throws MalformedDataException if it is not canonical BCS of one
   */
  public static SharedBlob parse(byte[] bcs) throws MalformedDataException {
    return BcsReader.parse(
        MemorySegment.ofArray(bcs),
        WHAT,
        in ->
            new SharedBlob(
                ChainBcs.objectId(in, "object id"), BlobObject.read(in), in.u64("funds")));
  }

  /** {@return the wire form, canonical BCS} */
  public byte[] toBcs() {
    return BcsWriter.toBytes(
        out -> {
          out.fixed(id.toBytes());
          blob.write(out);
          out.u64(funds);
        });
  }
}
