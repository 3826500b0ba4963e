package io.redstuff.audit;

import io.redstuff.audit.AuditProver.Reply;
import io.redstuff.codec.ExpandedSliver;
import io.redstuff.proof.SliverOpening;
import java.lang.foreign.Arena;
import java.util.Optional;

/**
 * A sliver that is asked for symbols: all of them, with their tree, or why there are none.
 *
 * <p>For the thread that made it, which has to close it.
 */
final class AuditedSliver implements AutoCloseable {
  /** What a symbol's place in the tree takes, of which half are leaves. */
  private static final long TREE_BYTES = 64;

  /** Null if there is none. */
  private final ExpandedSliver expanded;

  private final SliverOpening opening;
  private final Arena arena;
  private final String reason;

  private AuditedSliver(
      ExpandedSliver expanded, SliverOpening opening, Arena arena, String reason) {
    this.expanded = expanded;
    this.opening = opening;
    this.arena = arena;
    this.reason = reason;
  }

  /** Returns a sliver whose symbols lie in an arena of its own. */
  static AuditedSliver of(ExpandedSliver expanded, SliverOpening opening, Arena arena) {
    return new AuditedSliver(expanded, opening, arena, "");
  }

  /** Returns a sliver that is not there or not good. */
  static AuditedSliver none(String reason) {
    return new AuditedSliver(null, null, null, reason);
  }

  boolean isThere() {
    return expanded != null;
  }

  /** Returns the answer to a challenge at a position. */
  Reply reply(int position) {
    return isThere()
        ? new Reply(
            Optional.of(expanded.recoverySymbol(position).withTarget(position)), opening, "")
        : new Reply(Optional.empty(), null, reason);
  }

  /** Returns how much memory one takes that is there, in bytes, with its symbols as read. */
  long bytes(int shards) {
    long read = expanded.sliver().segment().byteSize();
    return read + shards * (expanded.sliver().symbolSize() + TREE_BYTES);
  }

  /** Frees the symbols. */
  @Override
  public void close() {
    if (isThere()) {
      arena.close();
    }
  }
}
