package io.redstuff.chain;

import io.redstuff.BlobId;
import io.redstuff.ObjectId;
import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import io.redstuff.internal.bcs.Unsigned;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * A blob that was registered with the storage of a pool. On the wire: 32 bytes id, u32 epoch, 32
 * bytes blob id, u64 size, u8 encoding, option of u32, 32 bytes pool id, bool.
 *
 * @param id the object
 * @param registeredEpoch the epoch in which it was registered, from 0 to 2^32 - 1
 * @param blobId the blob
 * @param unencodedSize the length of the blob in bytes, not encoded; unsigned
 * @param encodingType how it is encoded, from 0 to 255; 1 is RS2
 * @param certifiedEpoch the epoch in which it was first certified, if it was
 * @param storagePoolId the pool, whose end is that of the blob
 * @param deletable whether it may be deleted
 * @since 0.1.0
 */
public record PooledBlob(
    ObjectId id,
    long registeredEpoch,
    BlobId blobId,
    long unencodedSize,
    int encodingType,
    OptionalLong certifiedEpoch,
    ObjectId storagePoolId,
    boolean deletable) {

  private static final String WHAT = "pooled blob";

  /**
   * Checks the fields.
   *
   * @throws IllegalArgumentException if an epoch does not fit 32 bits or the encoding type 8
   */
  public PooledBlob {
    Objects.requireNonNull(id, "id");
    Unsigned.check32("registered epoch", registeredEpoch);
    Objects.requireNonNull(blobId, "blobId");
    Unsigned.check8("encoding type", encodingType);
    certifiedEpoch.ifPresent(epoch -> Unsigned.check32("certified epoch", epoch));
    Objects.requireNonNull(storagePoolId, "storagePoolId");
  }

  /**
   * Reads the wire form.
   *
   * @param bcs the whole encoding; copied
   * @return the object
   * @throws MalformedDataException if it is not canonical BCS of one
   */
  public static PooledBlob parse(byte[] bcs) throws MalformedDataException {
    return BcsReader.parse(
        MemorySegment.ofArray(bcs),
        WHAT,
        in ->
            new PooledBlob(
                ChainBcs.objectId(in, "object id"),
                in.u32("registered epoch"),
                ChainBcs.blobId(in),
                in.u64("unencoded size"),
                in.u8("encoding type"),
                ChainBcs.optionalEpoch(in, "certified epoch"),
                ChainBcs.objectId(in, "storage pool id"),
                in.bool("deletable")));
  }

  /** {@return the wire form, canonical BCS} */
  public byte[] toBcs() {
    return BcsWriter.toBytes(
        out -> {
          out.fixed(id.toBytes())
              .u32(registeredEpoch)
              .fixed(blobId.toBytes())
              .u64(unencodedSize)
              .u8(encodingType);
          ChainBcs.optionalEpoch(out, certifiedEpoch);
          out.fixed(storagePoolId.toBytes()).bool(deletable);
        });
  }

  /**
   * Returns whether the network owes the blob in an epoch, as {@link BlobObject#availability}.
   *
   * @param epoch the epoch, from 0 to 2^32 - 1
   * @param poolEndEpoch the epoch after the last of the pool
   * @return available, not certified (yet) or expired
   * @throws IllegalArgumentException if an epoch does not fit 32 bits
   */
  public Availability availability(long epoch, long poolEndEpoch) {
    return Availability.of(certifiedEpoch, poolEndEpoch, epoch);
  }
}
