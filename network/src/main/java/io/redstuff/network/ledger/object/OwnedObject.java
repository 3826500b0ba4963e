package io.redstuff.network.ledger.object;

import io.redstuff.SuiAddress;
import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import io.redstuff.network.wire.Fields;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * An object and whose it is.
 *
 * @param owner the account
 * @param object the object
 * @since 0.1.0
 */
public record OwnedObject(SuiAddress owner, LedgerObject object) {
  /**
   * Puts the two together.
   *
   * @throws NullPointerException if one is null
   */
  public OwnedObject {
    Objects.requireNonNull(owner, "owner");
    Objects.requireNonNull(object, "object");
  }

  /**
   * Reads the wire form.
   *
   * @param bcs the whole encoding; copied
   * @return what it encodes
   * @throws MalformedDataException if it is not canonical BCS of one
   */
  public static OwnedObject parse(byte[] bcs) throws MalformedDataException {
    return BcsReader.parse(MemorySegment.ofArray(bcs), "owned object", OwnedObject::read);
  }

  private static OwnedObject read(BcsReader in) throws MalformedDataException {
    return new OwnedObject(Fields.address(in, "owner"), ObjectBcs.object(in));
  }

  /** {@return the wire form: 32 bytes owner, then the object} */
  public byte[] toBcs() {
    return BcsWriter.toBytes(this::write);
  }

  private void write(BcsWriter out) {
    ObjectBcs.object(out.fixed(owner.toBytes()), object);
  }
}
