package io.redstuff.store;

import io.redstuff.proof.GeneralRecoverySymbol;
import io.redstuff.stream.WorkMonitor;
import io.redstuff.stream.Workspace;
import java.io.IOException;
import java.util.List;

/**
 * Restores slivers of a stored encoding from others, and from loose symbols.
 *
 * <p>It reads what it needs. A row of the blob itself, a primary sliver below k1, is restored from
 * one symbol of each of k2 secondary slivers, which lie in them as they are; a secondary sliver
 * below k2 from one symbol of each of k1 primary slivers. Other slivers need every symbol of the
 * blob, once: enough slivers of the other axis are read as a whole, or where slivers of both axes
 * are lacking the blob is decoded into the workspace and what is wanted encoded from there. Slivers
 * are used before they are checked: only if the hash of what they give is wrong are they looked at
 * as a whole, also those that were found good, the bad ones left out, and others used.
 *
 * <p>What was restored was hashed before it takes its place, in batches that are there as a whole
 * or not at all. If the slivers of neither axis are enough, the two help each other by single
 * slivers and loose symbols until nothing more comes. The threads of the codec share the work.
 *
 * @param stored the encoding
 * @param found of that encoding; slivers that were checked and are missing or bad are restored, and
 *     no others
 * @param symbols loose symbols with their proofs, good or not, for where slivers are not enough
 * @param workspace memory, of which at least what one sliver takes is used, and a place for a
 *     temporary file as long as the blob. Without one, and with too little memory for the blob,
 *     slivers are read again for each few that are restored
 * @param durability what to wait for
 * @since 0.1.0
 */
public record SliverRepair(
    StoredEncoding stored,
    Inspection found,
    List<GeneralRecoverySymbol> symbols,
    Workspace workspace,
    Durability durability) {
  /** Takes a copy of the symbols. */
  public SliverRepair {
    symbols = List.copyOf(symbols);
  }

  /**
   * {@return a repair without loose symbols that waits for the device}
   *
   * @param stored the encoding
   * @param found of that encoding
   * @param workspace memory and a place for a temporary file
   */
  public static SliverRepair of(StoredEncoding stored, Inspection found, Workspace workspace) {
    return new SliverRepair(stored, found, List.of(), workspace, Durability.FORCED);
  }

  /**
   * Restores what can be restored.
   *
   * @param monitor hears of bytes of the slivers to restore, and may cancel
   * @return what came of it
   * @throws IOException if the store cannot be written to or what was written cannot be read back,
   *     or a temporary file fails; what was restored before is in its place
   * @throws IllegalArgumentException if the slivers can only be restored by way of the whole blob,
   *     and the workspace has neither the memory for it nor a place for a temporary file
   * @throws java.util.concurrent.CancellationException if the monitor cancels or the thread is
   *     interrupted; what was restored before may be in its place
   */
  public RepairReport run(WorkMonitor monitor) throws IOException {
    try (RepairRun run = new RepairRun(this, monitor)) {
      return run.report();
    }
  }
}
