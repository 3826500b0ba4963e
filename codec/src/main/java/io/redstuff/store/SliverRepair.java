package io.redstuff.store;

import io.redstuff.proof.GeneralRecoverySymbol;
import io.redstuff.stream.WorkMonitor;
import io.redstuff.stream.Workspace;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * Restores slivers of a stored encoding from others, and from loose symbols.
 *
 * <p>It reads what it needs. A row of the blob itself, a primary sliver below k1, is restored from
 * one symbol of each of k2 secondary slivers, which lie in them as they are; a secondary sliver
 * below k2 from one symbol of each of k1 primary slivers. Other slivers need every symbol of the
 * blob, once: enough slivers of the other axis are read as a whole, or where slivers of both axes
 * are lacking the blob is decoded into the workspace and what is wanted encoded from there. Slivers
 * are used before they are checked: only if the hash of what they give is wrong are they looked at
 * as a whole, the bad ones left out, and others used.
 *
 * <p>What was restored was hashed before it takes its place, in batches that are there as a whole
 * or not at all. If the slivers of neither axis are enough, the two help each other by single
 * slivers and loose symbols until nothing more comes.
 *
 * <p>Immutable. The threads of the codec share the work.
 */
public final class SliverRepair {
  private static final long DEFAULT_MEMORY = 1L << 30;

  private final StoredEncoding stored;
  private final Inspection found;
  private final Collection<GeneralRecoverySymbol> symbols;
  private final Workspace workspace;
  private final Durability durability;

  private SliverRepair(
      StoredEncoding stored,
      Inspection found,
      Collection<GeneralRecoverySymbol> symbols,
      Workspace workspace,
      Durability durability) {
    this.stored = Objects.requireNonNull(stored, "stored");
    this.found = Objects.requireNonNull(found, "found");
    this.symbols = List.copyOf(symbols);
    this.workspace = Objects.requireNonNull(workspace, "workspace");
    this.durability = Objects.requireNonNull(durability, "durability");
  }

  /**
   * Returns a repair of the slivers that an inspection has checked and found missing or bad; it
   * restores no others. It takes 1 GiB of native memory and no temporary file, uses no loose
   * symbols, and waits for the device.
   *
   * @param stored the encoding
   * @param found of that encoding
   * @return a repair, to be run
   */
  public static SliverRepair of(StoredEncoding stored, Inspection found) {
    Workspace memory = Workspace.ofMemory(DEFAULT_MEMORY);
    return new SliverRepair(stored, found, List.of(), memory, Durability.FORCED);
  }

  /**
   * Returns the same repair, with loose symbols for where slivers are not enough.
   *
   * @param loose symbols with their proofs, good or not
   * @return a repair
   */
  public SliverRepair using(Collection<GeneralRecoverySymbol> loose) {
    return new SliverRepair(stored, found, loose, workspace, durability);
  }

  /**
   * Returns the same repair within other bounds.
   *
   * @param bounds memory for the work, of which at least what one sliver takes is used; and a place
   *     for a temporary file as long as the blob. Without one, and with too little memory for the
   *     blob, slivers are read again for each few that are restored
   * @return a repair
   */
  public SliverRepair within(Workspace bounds) {
    return new SliverRepair(stored, found, symbols, bounds, durability);
  }

  /**
   * Returns the same repair that waits for something else.
   *
   * @param wanted what to wait for
   * @return a repair
   */
  public SliverRepair keeping(Durability wanted) {
    return new SliverRepair(stored, found, symbols, workspace, wanted);
  }

  /**
   * Restores what can be restored.
   *
   * @param monitor hears of bytes of the slivers to restore, and may cancel
   * @return what came of it
   * @throws IOException if the store cannot be written to, or a temporary file fails; what was
   *     restored before is in its place
   * @throws IllegalArgumentException if the slivers can only be restored by way of the whole blob,
   *     and the workspace has neither the memory for it nor a place for a temporary file
   * @throws java.util.concurrent.CancellationException if the monitor cancels; what was restored
   *     before may be in its place
   */
  public RepairReport run(WorkMonitor monitor) throws IOException {
    try (RepairRun run = new RepairRun(stored, found, symbols, workspace, durability, monitor)) {
      return run.report();
    }
  }
}
