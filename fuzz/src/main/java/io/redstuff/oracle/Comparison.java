package io.redstuff.oracle;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.ConsistencyCheck;
import io.redstuff.EncodingParameters;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.SliverPairIndex;
import io.redstuff.codec.ExpandedSliver;
import io.redstuff.codec.Recovery;
import io.redstuff.codec.RedStuff;
import io.redstuff.error.RedStuffException;
import io.redstuff.proof.BlobMetadata;
import io.redstuff.proof.RecoverySymbol;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.store.Inspection;
import io.redstuff.store.MemoryStore;
import io.redstuff.store.RepairReport;
import io.redstuff.store.SliverRepair;
import io.redstuff.store.StoredEncoding;
import io.redstuff.stream.WorkMonitor;
import io.redstuff.stream.Workspace;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Compares Redstuff with the official encoder, one blob at a time: both encodings byte for byte,
 * and what each makes of the other's slivers.
 */
final class Comparison {
  private static final int LENGTH_OF_TAIL = 4; // symbol size and index end a sliver
  private static final Workspace MEMORY = Workspace.ofMemory(1L << 30);

  private final OfficialEncoder official;

  Comparison(OfficialEncoder official) {
    this.official = official;
  }

  /**
   * Runs a case.
   *
   * @return the official encoding
   * @throws DifferenceException if something differs, or one side refuses what it should take
   */
  OfficialEncoding compare(DifferentialCase wanted) {
    try {
      return new OneBlob(wanted).compare();
    } catch (DifferenceException e) {
      throw new DifferenceException(wanted + ": " + e.getMessage(), e);
    } catch (IOException | RedStuffException | RuntimeException e) {
      throw new DifferenceException(wanted + ": " + e, e);
    }
  }

  private final class OneBlob {
    private final DifferentialCase wanted;
    private final int shards;
    private final RedStuff codec;
    private final EncodingParameters parameters;
    private final byte[] blob;
    private final OfficialEncoding theirs;
    private final Chance chance;

    OneBlob(DifferentialCase wanted) {
      this.wanted = wanted;
      this.shards = wanted.shards();
      this.codec = OwnEncoder.codec(shards);
      this.parameters = codec.parameters();
      this.blob = wanted.blob();
      this.theirs = official.encode(shards, blob);
      this.chance = wanted.choices();
    }

    OfficialEncoding compare() throws IOException, RedStuffException {
      OfficialEncoding ours = OwnEncoder.encode(codec, blob);
      same("primary slivers", ours.primaries(), theirs.primaries());
      same("secondary slivers", ours.secondaries(), theirs.secondaries());
      same("metadata", ours.metadata(), theirs.metadata());
      same("root hash", ours.rootHash(), theirs.rootHash());
      switch (wanted.check()) {
        case DESCRIBE -> describe();
        case OFFICIAL_DECODES_OURS -> officialDecodes(ours);
        case DECODE_PRIMARIES -> decode(Axis.PRIMARY);
        case DECODE_SECONDARIES -> decode(Axis.SECONDARY);
        case RECOVER -> recover(chance.onceIn(2) ? Axis.PRIMARY : Axis.SECONDARY);
        case REPAIR -> repair();
      }
      return theirs;
    }

    private void describe() {
      OfficialDescription described = official.describe(shards, blob);
      VerifiedMetadata metadata = codec.metadata(blob);
      same("id without slivers", metadata.blobId().toBytes(), described.blobId());
      same("root without slivers", metadata.rootHash(), described.rootHash());
      if (metadata.blobLength() != described.blobLength()) {
        throw new DifferenceException("length: official " + described.blobLength());
      }
    }

    private void officialDecodes(OfficialEncoding ours) {
      List<byte[]> slivers = new ArrayList<>();
      for (int pair : enough(Axis.PRIMARY)) {
        slivers.add(sliver(ours, Axis.PRIMARY, pair));
      }
      byte[] id = Arrays.copyOf(ours.metadata(), BlobId.BYTES);
      same("official decoder", official.decode(shards, id, blob.length, slivers), blob);
    }

    private void decode(Axis axis) throws RedStuffException {
      List<Sliver> slivers = new ArrayList<>();
      for (int pair : enough(axis)) {
        slivers.add(Sliver.parseCopy(axis, sliver(theirs, axis, pair)));
      }
      ConsistencyCheck check =
          chance.onceIn(4) ? ConsistencyCheck.STRICT : ConsistencyCheck.DEFAULT;
      same("our decoder", codec.decode(metadata(), slivers, check), blob);
    }

    private void recover(Axis axis) throws RedStuffException {
      VerifiedMetadata metadata = metadata();
      Axis sources = axis.opposite();
      SliverId target = new SliverId(axis, chance.below(shards));
      List<RecoverySymbol> symbols = new ArrayList<>();
      for (int pair : enough(sources)) {
        try (Arena arena = Arena.ofConfined()) {
          Sliver source = Sliver.parseCopy(sources, sliver(theirs, sources, pair));
          ExpandedSliver expanded = codec.expand(metadata, source, arena);
          symbols.add(expanded.recoverySymbol(target.index()));
        }
      }
      if (!(codec.recover(metadata, target, symbols) instanceof Recovery.Recovered recovered)) {
        throw new DifferenceException("recovering " + target + ": claims a cheat");
      }
      sameSliver("recovered", recovered.sliver().sliver());
    }

    private void repair() throws IOException, RedStuffException {
      VerifiedMetadata metadata = metadata();
      int[] harmed = chance.choose(chance.between(1, parameters.maxFaulty()), shards);
      int lost = chance.between(0, harmed.length);
      Set<SliverId> wanted = new HashSet<>();
      List<Sliver> survivors = new ArrayList<>();
      for (int pair = 0; pair < shards; pair++) {
        survivors.add(Sliver.parseCopy(Axis.PRIMARY, sliver(theirs, Axis.PRIMARY, pair)));
        survivors.add(Sliver.parseCopy(Axis.SECONDARY, sliver(theirs, Axis.SECONDARY, pair)));
      }
      for (int i = 0; i < harmed.length; i++) {
        SliverPairIndex pair = new SliverPairIndex(harmed[i]);
        if (i < lost) {
          wanted.add(pair.primary());
          wanted.add(pair.secondary(parameters));
        } else {
          Axis axis = chance.onceIn(2) ? Axis.PRIMARY : Axis.SECONDARY;
          byte[] bad = damaged(axis, sliver(theirs, axis, pair.value()));
          Sliver damaged = Sliver.parseCopy(axis, bad);
          survivors.set(2 * pair.value() + axis.variant(), damaged);
          wanted.add(damaged.id());
        }
      }
      survivors.removeIf(
          sliver -> Arrays.stream(harmed, 0, lost).anyMatch(p -> isOfPair(sliver.id(), p)));
      MemoryStore store = MemoryStore.of(metadata, survivors);
      StoredEncoding stored = StoredEncoding.of(store, codec, metadata);
      Inspection found = stored.inspect(WorkMonitor.NONE);
      RepairReport report = SliverRepair.of(stored, found, MEMORY).run(WorkMonitor.NONE);
      Set<SliverId> restored = Set.copyOf(report.restored());
      for (Sliver sliver : store.slivers()) {
        sameSliver("repaired", sliver);
      }
      if (!restored.equals(wanted)) {
        throw new DifferenceException("repair: got " + restored + ", expected " + wanted);
      }
    }

    private boolean isOfPair(SliverId id, int pair) {
      return id.pair(parameters).value() == pair;
    }

    /** Changes one bit of the symbols of a sliver in BCS. */
    private byte[] damaged(Axis axis, byte[] sliver) {
      int symbols =
          Math.toIntExact(parameters.sliverLength(axis, parameters.symbolSize(blob.length)));
      int at = sliver.length - LENGTH_OF_TAIL - 1 - chance.below(symbols);
      sliver[at] ^= (byte) (1 << chance.below(Byte.SIZE));
      return sliver;
    }

    /** Returns the official metadata, read and verified. */
    private VerifiedMetadata metadata() throws RedStuffException {
      return BlobMetadata.parse(theirs.metadata()).verify(parameters);
    }

    /** Returns any pairs, as many as it takes slivers of an axis. */
    private int[] enough(Axis axis) {
      return chance.choose(parameters.sourceSymbols(axis), shards);
    }

    private byte[] sliver(OfficialEncoding encoding, Axis axis, int pair) {
      byte[] all = axis == Axis.PRIMARY ? encoding.primaries() : encoding.secondaries();
      int length = all.length / shards;
      return Arrays.copyOfRange(all, pair * length, (pair + 1) * length);
    }

    private void sameSliver(String how, Sliver sliver) {
      SliverId id = sliver.id();
      byte[] expected = sliver(theirs, id.axis(), id.pair(parameters).value());
      same(how + " " + id, sliver.toBcs(), expected);
    }
  }

  /** Throws unless the bytes are the same. */
  static void same(String what, byte[] ours, byte[] official) {
    int at = Arrays.mismatch(ours, official);
    if (at >= 0) {
      throw new DifferenceException(
          "%s: ours has %s bytes, official %s, they differ from byte %s"
              .formatted(what, ours.length, official.length, at));
    }
  }
}
