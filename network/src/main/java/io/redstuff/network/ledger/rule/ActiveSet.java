package io.redstuff.network.ledger.rule;

import io.redstuff.ObjectId;
import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * The nodes that shards are shared out among: those with the most stake. Their order decides
 * between equal claims, and it is the contract's: newcomers come last or take the place of whom
 * they push out, and the last one takes the place of whoever leaves.
 *
 * @param entries the nodes with their stakes, each more than 0
 */
record ActiveSet(List<Entry> entries) {
  static final ActiveSet EMPTY = new ActiveSet(List.of());

  private static final int ENTRY_BYTES = ObjectId.BYTES + Long.BYTES;

  /** A node and its stake. */
  record Entry(ObjectId node, long stake) {}

  ActiveSet {
    entries = List.copyOf(entries);
  }

  /** Returns the set after a node's stake has become {@code stake}, with at most {@code most}. */
  ActiveSet with(ObjectId node, long stake, int most) {
    List<Entry> changed = new ArrayList<>(entries);
    Entry entry = new Entry(node, stake);
    int place = place(node);
    if (stake == 0) {
      if (place >= 0) {
        Entry last = changed.removeLast();
        if (place < changed.size()) {
          changed.set(place, last);
        }
      }
    } else if (place >= 0) {
      changed.set(place, entry);
    } else if (changed.size() < most) {
      changed.add(entry);
    } else {
      int least = leastBelow(stake);
      if (least >= 0) {
        changed.set(least, entry);
      }
    }
    return new ActiveSet(changed);
  }

  private int place(ObjectId node) {
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).node().equals(node)) {
        return i;
      }
    }
    return -1;
  }

  /** Returns the first place with the least stake, if that is below {@code stake}; else -1. */
  private int leastBelow(long stake) {
    int place = -1;
    long least = stake;
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).stake() < least) {
        least = entries.get(i).stake();
        place = i;
      }
    }
    return place;
  }

  static ActiveSet parse(byte[] bcs) throws MalformedDataException {
    return BcsReader.parse(
        MemorySegment.ofArray(bcs),
        "active set",
        in -> {
          List<Entry> entries = new ArrayList<>();
          long count = in.count("nodes", ENTRY_BYTES);
          for (long i = 0; i < count; i++) {
            ObjectId node = ObjectId.of(in.array("node id", ObjectId.BYTES));
            entries.add(new Entry(node, in.u63("stake")));
          }
          return new ActiveSet(entries);
        });
  }

  byte[] toBcs() {
    return BcsWriter.toBytes(
        out -> {
          out.count(entries.size());
          entries.forEach(entry -> out.fixed(entry.node().toBytes()).u64(entry.stake()));
        });
  }
}
