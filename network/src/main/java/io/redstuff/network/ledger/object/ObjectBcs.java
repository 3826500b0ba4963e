package io.redstuff.network.ledger.object;

import io.redstuff.chain.BlobAttributes;
import io.redstuff.chain.BlobObject;
import io.redstuff.chain.StorageResource;
import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import io.redstuff.network.wire.Fields;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Fields that several values have. */
final class ObjectBcs {
  private static final int ENTRY_BYTES = Integer.BYTES + Long.BYTES;

  private ObjectBcs() {}

  static SortedMap<Long, Long> byEpoch(BcsReader in, String what) throws MalformedDataException {
    return byEpoch(in, what, ENTRY_BYTES, from -> from.u63(what));
  }

  /** Reads values by epoch, which ascend. */
  static <V> SortedMap<Long, V> byEpoch(
      BcsReader in, String what, int entryBytes, BcsReader.Parser<V> value)
      throws MalformedDataException {
    SortedMap<Long, V> values = new TreeMap<>();
    long count = in.count(what, entryBytes);
    for (long i = 0; i < count; i++) {
      long start = in.position();
      long epoch = in.u32("epoch");
      if (!values.isEmpty() && values.lastKey() >= epoch) {
        throw new MalformedDataException(
            start, what + ": got epoch " + epoch + ", expected one above " + values.lastKey());
      }
      values.put(epoch, value.parse(in));
    }
    return values;
  }

  static void byEpoch(BcsWriter out, SortedMap<Long, Long> values) {
    out.count(values.size());
    values.forEach((epoch, value) -> out.u32(epoch).u64(value));
  }

  static <V> SortedMap<Long, V> copy(SortedMap<Long, V> values) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  static LedgerObject object(BcsReader in) throws MalformedDataException {
    return switch (in.variant("object", 4)) {
      case 0 -> new LedgerObject.Storage(StorageResource.parse(Fields.bytes(in, "storage")));
      case 1 ->
          new LedgerObject.Blob(
              BlobObject.parse(Fields.bytes(in, "blob")),
              BlobAttributes.parse(Fields.bytes(in, "attributes")));
      case 2 -> StakedWal.read(in);
      default -> StorageNodeCap.read(in);
    };
  }

  static void object(BcsWriter out, LedgerObject object) {
    switch (object) {
      case LedgerObject.Storage storage -> Fields.bytes(out.variant(0), storage.resource().toBcs());
      case LedgerObject.Blob blob -> {
        Fields.bytes(out.variant(1), blob.blob().toBcs());
        Fields.bytes(out, blob.attributes().toBcs());
      }
      case StakedWal stake -> stake.write(out.variant(2));
      case StorageNodeCap cap -> cap.write(out.variant(3));
    }
  }
}
