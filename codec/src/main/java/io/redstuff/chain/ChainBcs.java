package io.redstuff.chain;

import io.redstuff.BlobId;
import io.redstuff.ObjectId;
import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import java.util.OptionalLong;

/** Fields that several objects and events have. */
final class ChainBcs {
  private ChainBcs() {}

  /** Reads a blob id, which stands on the chain as a u256 of the same bytes. */
  static BlobId blobId(BcsReader in) throws MalformedDataException {
    return BlobId.of(in.array("blob id", BlobId.BYTES));
  }

  static ObjectId objectId(BcsReader in, String what) throws MalformedDataException {
    return ObjectId.of(in.array(what, ObjectId.BYTES));
  }

  static OptionalLong optionalEpoch(BcsReader in, String what) throws MalformedDataException {
    return in.bool(what + " present") ? OptionalLong.of(in.u32(what)) : OptionalLong.empty();
  }

  static void optionalEpoch(BcsWriter out, OptionalLong epoch) {
    out.bool(epoch.isPresent());
    epoch.ifPresent(out::u32);
  }
}
