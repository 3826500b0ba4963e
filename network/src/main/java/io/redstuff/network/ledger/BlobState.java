package io.redstuff.network.ledger;

import io.redstuff.BlobId;
import io.redstuff.ObjectId;
import io.redstuff.chain.BlobObject;
import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import io.redstuff.network.wire.Fields;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the ledger knows of a blob, at one time.
 *
 * @param blobId the blob
 * @param epoch the epoch of that time
 * @param registrations the blob objects there are, by ascending id; those that have expired too
 * @param invalidEpoch in which epoch it was found to be inconsistent, if it was
 * @param deniedEpoch in which epoch nodes deleted it because of their deny lists, if they did
 * @since 0.1.0
 */
public record BlobState(
    BlobId blobId,
    long epoch,
    List<BlobObject> registrations,
    OptionalLong invalidEpoch,
    OptionalLong deniedEpoch) {
  /**
   * Takes a copy.
   *
   * @throws NullPointerException if something is null
   */
  public BlobState {
    Objects.requireNonNull(blobId, "blobId");
    registrations = List.copyOf(registrations);
    Objects.requireNonNull(invalidEpoch, "invalidEpoch");
    Objects.requireNonNull(deniedEpoch, "deniedEpoch");
  }

  /** {@return the registrations that are paid for in the epoch, whether certified or not} */
  public List<BlobObject> live() {
    return registrations.stream().filter(blob -> epoch < blob.storage().endEpoch()).toList();
  }

  /** {@return whether some owner has it registered as permanent, paid for in the epoch} */
  public boolean isRegisteredPermanent() {
    return live().stream().anyMatch(blob -> !blob.deletable());
  }

  /**
   * Returns the registration of a deletable blob.
   *
   * @param object the blob object
   * @return the registration if there is one that is deletable and paid for in the epoch
   */
  public Optional<BlobObject> registeredDeletable(ObjectId object) {
    return live().stream().filter(blob -> blob.deletable() && blob.id().equals(object)).findFirst();
  }

  /** {@return whether the network owes the blob: certified, paid for, and not invalid or denied} */
  public boolean isAvailable() {
    return invalidEpoch.isEmpty()
        && deniedEpoch.isEmpty()
        && registrations.stream().anyMatch(blob -> blob.availability(epoch).isAvailable());
  }

  /**
   * Reads the wire form.
   *
   * @param bcs the whole encoding; copied
   * @return what is known
   * @throws MalformedDataException if it is not canonical BCS of that
   */
  public static BlobState parse(byte[] bcs) throws MalformedDataException {
    return BcsReader.parse(MemorySegment.ofArray(bcs), "blob state", BlobState::read);
  }

  private static BlobState read(BcsReader in) throws MalformedDataException {
    return new BlobState(
        BlobId.of(in.array("blob id", BlobId.BYTES)),
        in.u32("epoch"),
        Fields.list(
            in, "registrations", 1, from -> Fields.embedded(from, "blob", BlobObject::parse)),
        Fields.optionalEpoch(in, "invalid epoch"),
        Fields.optionalEpoch(in, "denied epoch"));
  }

  /** {@return the wire form, canonical BCS: the fields in order, blob objects as byte strings} */
  public byte[] toBcs() {
    return BcsWriter.toBytes(this::write);
  }

  private void write(BcsWriter out) {
    out.fixed(blobId.toBytes()).u32(epoch).count(registrations.size());
    registrations.forEach(blob -> Fields.bytes(out, blob.toBcs()));
    Fields.optionalEpoch(out, invalidEpoch);
    Fields.optionalEpoch(out, deniedEpoch);
  }
}
