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
 * A blob that was registered, the contract's object {@code Blob}. On the wire: 32 bytes id, u32
 * epoch, 32 bytes blob id, u64 size, u8 encoding, option of u32, {@link StorageResource}, bool.
 *
 * @param id the object
 * @param registeredEpoch the epoch in which it was registered, from 0 to 2^32 - 1
 * @param blobId the blob
 * @param size the length of the blob in bytes, not encoded; unsigned
 * @param encodingType how it is encoded, from 0 to 255; 1 is RS2
 * @param certifiedEpoch the epoch in which it was first certified, if it was
 * @param storage the storage it has
 * @param deletable whether its owner may delete it
 * @since 0.1.0
 */
public record BlobObject(
    ObjectId id,
    long registeredEpoch,
    BlobId blobId,
    long size,
    int encodingType,
    OptionalLong certifiedEpoch,
    StorageResource storage,
    boolean deletable) {

  private static final String WHAT = "blob object";

  /**
   * Checks the fields.
   *
   * @throws IllegalArgumentException if an epoch does not fit 32 bits or the encoding type 8
   */
  public BlobObject {
    Objects.requireNonNull(id, "id");
    Unsigned.check32("registered epoch", registeredEpoch);
    Objects.requireNonNull(blobId, "blobId");
    Unsigned.check8("encoding type", encodingType);
    certifiedEpoch.ifPresent(epoch -> Unsigned.check32("certified epoch", epoch));
    Objects.requireNonNull(storage, "storage");
  }

  /**
   * Reads the wire form.
   *
   * @param bcs the whole encoding; copied
   * @return the object
   * @throws MalformedDataException if it is not canonical BCS of one
   */
  public static BlobObject parse(byte[] bcs) throws MalformedDataException {
    return BcsReader.parse(MemorySegment.ofArray(bcs), WHAT, BlobObject::read);
  }

  static BlobObject read(BcsReader in) throws MalformedDataException {
    return new BlobObject(
        ChainBcs.objectId(in, "object id"),
        in.u32("registered epoch"),
        ChainBcs.blobId(in),
        in.u64("size"),
        in.u8("encoding type"),
        ChainBcs.optionalEpoch(in, "certified epoch"),
        StorageResource.read(in),
        in.bool("deletable"));
  }

  /** {@return the wire form, canonical BCS} */
  public byte[] toBcs() {
    return BcsWriter.toBytes(this::write);
  }

  void write(BcsWriter out) {
    out.fixed(id.toBytes()).u32(registeredEpoch).fixed(blobId.toBytes()).u64(size).u8(encodingType);
    ChainBcs.optionalEpoch(out, certifiedEpoch);
    storage.write(out);
    out.bool(deletable);
  }

  /**
   * Returns whether the network owes the blob in an epoch, going by this object: whether the blob
   * was deleted or found to be invalid since, it does not say ({@link BlobHistory} does).
   *
   * @param epoch the epoch, from 0 to 2^32 - 1
   * @return available, not certified (yet) or expired
   * @throws IllegalArgumentException if the epoch does not fit 32 bits
   */
  public Availability availability(long epoch) {
    return Availability.of(certifiedEpoch, storage.endEpoch(), epoch);
  }
}
