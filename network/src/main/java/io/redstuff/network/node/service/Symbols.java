package io.redstuff.network.node.service;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.SymbolId;
import io.redstuff.client.api.DecodingSymbols;
import io.redstuff.client.api.DecodingSymbolsQuery;
import io.redstuff.client.api.ErrorCode;
import io.redstuff.client.api.ErrorReason;
import io.redstuff.client.api.RecoverySymbolsQuery;
import io.redstuff.codec.ExpandedSliver;
import io.redstuff.network.node.storage.KeptSliver;
import io.redstuff.network.node.storage.SliverKey;
import io.redstuff.proof.DecodingSymbol;
import io.redstuff.proof.GeneralRecoverySymbol;
import io.redstuff.proof.VerifiedMetadata;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Cuts symbols from the slivers that are kept, for nodes and clients that lack the slivers which
 * cross them. A sliver is expanded once for all that is asked of it, and thrown away if that shows
 * that it is bad.
 *
 * @since 0.1.0
 */
public final class Symbols {
  private final KeptBlobs blobs;
  private final EncodingParameters parameters;
  private final long mostBytes;

  /**
   * Cuts symbols.
   *
   * @param blobs where the slivers are kept
   * @param mostBytes how long an answer may be
   */
  public Symbols(KeptBlobs blobs, long mostBytes) {
    this.blobs = Objects.requireNonNull(blobs, "blobs");
    this.parameters = blobs.chain().parameters();
    this.mostBytes = mostBytes;
  }

  private VerifiedMetadata metadata(BlobId blob) throws RefusedException, IOException {
    Optional<VerifiedMetadata> metadata =
        blobs.isServed(blob) ? blobs.metadata(blob) : Optional.empty();
    return metadata.orElseThrow(
        () ->
            RefusedException.notFound(
                ErrorReason.SLIVER_NOT_FOUND, "blob %s: nothing of it here", blob));
  }

  private void checkLength(long symbols, int symbolSize) throws RefusedException {
    if (symbols > mostBytes / symbolSize) {
      throw RefusedException.of(
          ErrorCode.SIZE_EXCEEDED,
          ErrorReason.INVALID_FILTER,
          "symbols: got a query for %s of %s bytes each, expected at most %s bytes",
          symbols,
          symbolSize,
          mostBytes);
    }
  }

  /**
   * Cuts symbols with proofs.
   *
   * @param blob the blob
   * @param query which symbols
   * @return those of them that are here, by the sliver that each was cut from
   * @throws RefusedException if there is none, or an index is none
   * @throws IOException if the store fails
   */
  public List<GeneralRecoverySymbol> recovery(BlobId blob, RecoverySymbolsQuery query)
      throws RefusedException, IOException {
    checkRange(query);
    VerifiedMetadata metadata = metadata(blob);
    List<SliverKey> held = blobs.store().held(blob);
    Map<SliverId, List<Integer>> positions = positions(held, query);
    checkLength(positions.values().stream().mapToLong(List::size).sum(), metadata.symbolSize());
    List<GeneralRecoverySymbol> symbols = new ArrayList<>();
    for (Map.Entry<SliverId, List<Integer>> entry : positions.entrySet()) {
      try (Arena arena = Arena.ofConfined()) {
        SliverKey key = SliverKey.of(blob, entry.getKey(), parameters);
        Optional<ExpandedSliver> sliver = blobs.expand(metadata, key, arena);
        if (sliver.isPresent()) {
          for (int position : entry.getValue()) {
            symbols.add(sliver.get().recoverySymbol(position).withTarget(position));
          }
        }
      }
    }
    if (symbols.isEmpty()) {
      throw none(blob);
    }
    return symbols;
  }

  private RefusedException none(BlobId blob) {
    return RefusedException.notNow(
        ErrorReason.SYMBOL_NOT_PRESENT_AT_SHARDS,
        "blob %s: no sliver here has such a symbol in epoch %s",
        blob,
        blobs.chain().duties().epoch());
  }

  private void checkRange(RecoverySymbolsQuery query) throws RefusedException {
    switch (query) {
      case RecoverySymbolsQuery.Ids ids -> {
        for (SymbolId id : ids.ids()) {
          Requests.checkIndex("row of " + id, id.primary(), parameters);
          Requests.checkIndex("column of " + id, id.secondary(), parameters);
        }
      }
      case RecoverySymbolsQuery.Recovers recovers ->
          Requests.checkIndex("target sliver", recovers.target().index(), parameters);
    }
  }

  /** Returns which slivers to cut, and where. */
  private Map<SliverId, List<Integer>> positions(List<SliverKey> held, RecoverySymbolsQuery query) {
    List<SliverId> slivers = held.stream().map(key -> key.sliver(parameters)).toList();
    Map<SliverId, List<Integer>> positions = new TreeMap<>();
    for (SymbolId id : cells(slivers, query)) {
      // The one that the network would take: a primary sliver, if there is the choice.
      for (Axis axis : Axis.values()) {
        SliverId source = id.sliver(axis);
        if (query.proofAxis().orElse(axis) == axis && slivers.contains(source)) {
          int position = id.sliver(axis.opposite()).index();
          positions.computeIfAbsent(source, _ -> new ArrayList<>()).add(position);
          break;
        }
      }
    }
    return positions;
  }

  private static List<SymbolId> cells(List<SliverId> held, RecoverySymbolsQuery query) {
    return switch (query) {
      case RecoverySymbolsQuery.Ids ids -> ids.ids();
      // Where the slivers cross it that the node has or would have.
      case RecoverySymbolsQuery.Recovers recovers ->
          held.stream()
              .filter(sliver -> sliver.axis() != recovers.target().axis())
              .map(sliver -> SymbolId.of(recovers.target(), sliver.index()))
              .toList();
    };
  }

  /**
   * Cuts symbols without proofs.
   *
   * @param blob the blob
   * @param query for which slivers
   * @return a symbol of each sliver here that crosses them
   * @throws RefusedException if there is none, or an index is none
   * @throws IOException if the store fails
   */
  public DecodingSymbols decoding(BlobId blob, DecodingSymbolsQuery query)
      throws RefusedException, IOException {
    for (int target : query.targets()) {
      Requests.checkIndex("target sliver", target, parameters);
    }
    int symbolSize = metadata(blob).symbolSize();
    List<SliverKey> held =
        blobs.store().held(blob).stream().filter(key -> key.axis() != query.axis()).toList();
    int[] targets = query.targets().stream().mapToInt(Integer::intValue).toArray();
    checkLength((long) held.size() * targets.length, symbolSize);
    Map<Integer, List<DecodingSymbol>> symbols = new TreeMap<>();
    for (SliverKey key : held) {
      Optional<KeptSliver> kept = blobs.store().sliver(key);
      if (kept.isPresent()) {
        cut(kept.get(), targets, symbols);
      }
    }
    if (symbols.isEmpty()) {
      throw none(blob);
    }
    return new DecodingSymbols(query.axis(), symbols);
  }

  private void cut(KeptSliver kept, int[] targets, Map<Integer, List<DecodingSymbol>> symbols)
      throws IOException {
    byte[] cut = new byte[targets.length * kept.symbolSize()];
    Sliver sliver;
    try {
      sliver = kept.view(parameters);
      blobs.codec().symbols(sliver, targets, MemorySegment.ofArray(cut));
    } catch (IllegalArgumentException e) {
      blobs.throwAway(kept.key(), e.getMessage());
      return;
    }
    for (int i = 0; i < targets.length; i++) {
      int from = i * kept.symbolSize();
      symbols
          .computeIfAbsent(targets[i], _ -> new ArrayList<>())
          .add(
              new DecodingSymbol(
                  sliver.id().index(), Arrays.copyOfRange(cut, from, from + kept.symbolSize())));
    }
  }
}
