package io.redstuff.network.ledger.rule;

import io.redstuff.ObjectId;
import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import java.lang.foreign.MemorySegment;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What nodes have voted for in an epoch, on one matter.
 *
 * @param epoch the epoch
 * @param byNode the vote of each node
 */
record Votes(long epoch, SortedMap<ObjectId, Long> byNode) {
  private static final int ENTRY_BYTES = ObjectId.BYTES + Long.BYTES;

  Votes {
    byNode = Collections.unmodifiableSortedMap(new TreeMap<>(byNode));
  }

  static Votes none(long epoch) {
    return new Votes(epoch, new TreeMap<>());
  }

  Votes with(ObjectId node, long value) {
    SortedMap<ObjectId, Long> votes = new TreeMap<>(byNode);
    votes.put(node, value);
    return new Votes(epoch, votes);
  }

  static Votes parse(byte[] bcs) throws MalformedDataException {
    return BcsReader.parse(
        MemorySegment.ofArray(bcs),
        "votes",
        in -> {
          long epoch = in.u32("epoch");
          SortedMap<ObjectId, Long> votes = new TreeMap<>();
          long count = in.count("votes", ENTRY_BYTES);
          for (long i = 0; i < count; i++) {
            ObjectId node = ObjectId.of(in.array("node id", ObjectId.BYTES));
            votes.put(node, in.u64("vote"));
          }
          return new Votes(epoch, votes);
        });
  }

  byte[] toBcs() {
    return BcsWriter.toBytes(
        out -> {
          out.u32(epoch).count(byNode.size());
          byNode.forEach((node, value) -> out.fixed(node.toBytes()).u64(value));
        });
  }
}
