package io.redstuff.network.ledger.rule;

import io.redstuff.ObjectId;
import io.redstuff.SuiAddress;
import java.util.HashMap;
import java.util.Map;

/**
 * What accounts have and own, told in the fewest words: the ledger is compared with it step by
 * step. Of storage and blobs it knows all, of stakes only what was put in.
 */
final class LedgerModel {
  static final long UNIT = 1 << 20;

  /** Storage, or a blob in it. */
  record Thing(SuiAddress owner, long start, long end, long size, boolean blob, boolean certified) {
    Thing until(long newEnd) {
      return new Thing(owner, start, newEnd, size, blob, certified);
    }

    Thing of(SuiAddress other) {
      return new Thing(other, start, end, size, blob, certified);
    }
  }

  final Map<SuiAddress, Long> balances = new HashMap<>();
  final Map<ObjectId, Thing> things = new HashMap<>();
  final Map<ObjectId, Long> stakes = new HashMap<>();
  final Map<Long, Long> used = new HashMap<>();
  long storagePrice;
  long writePrice;
  long capacity;
  long ahead;
  long epoch;

  static long units(long bytes) {
    return (bytes + UNIT - 1) / UNIT;
  }

  boolean has(SuiAddress account, long amount) {
    return balances.get(account) >= amount;
  }

  void change(SuiAddress account, long amount) {
    balances.merge(account, amount, Long::sum);
  }

  /** Buys epochs, or returns false and changes nothing. */
  boolean buy(SuiAddress account, long size, long start, long end) {
    long cost = units(size) * storagePrice * (end - start);
    if (size == 0 || end <= start || end - epoch > ahead || !has(account, cost)) {
      return false;
    }
    for (long e = start; e < end; e++) {
      if (used.getOrDefault(e, 0L) + size > capacity) {
        return false;
      }
    }
    for (long e = start; e < end; e++) {
      used.merge(e, size, Long::sum);
    }
    change(account, -cost);
    return true;
  }

  /** Fuses two of the same size, one after the other, or of the same period; null if neither. */
  static Thing fuse(Thing a, Thing b) {
    if (a.start() == b.start()) {
      return a.end() == b.end()
          ? new Thing(a.owner(), a.start(), a.end(), a.size() + b.size(), false, false)
          : null;
    }
    if (a.size() != b.size() || (a.end() != b.start() && a.start() != b.end())) {
      return null;
    }
    return new Thing(
        a.owner(),
        Math.min(a.start(), b.start()),
        Math.max(a.end(), b.end()),
        a.size(),
        false,
        false);
  }
}
