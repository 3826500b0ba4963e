package io.redstuff.audit;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.ObjectId;
import io.redstuff.ShardIndex;
import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import io.redstuff.simd.hash.Blake2b;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;

/** The bytes of statements, and what else the types of audits have in common on the wire. */
final class AuditBcs {
  private AuditBcs() {}

  /** Returns the hash of something behind its tag. */
  static AuditHash hash(AuditTag tag, byte[] content) {
    return AuditHash.of(Blake2b.hash(tag.bytes(), content));
  }

  /** Reads the tag of a value and its version. */
  static void readTag(AuditTag tag, BcsReader in) throws MalformedDataException {
    long start = in.position();
    byte[] name = tag.prefix();
    byte[] found = in.array(tag + " tag", name.length);
    if (!Arrays.equals(found, name)) {
      HexFormat hex = HexFormat.of();
      throw new MalformedDataException(
          start,
          "%s tag: got %s, expected %s".formatted(tag, hex.formatHex(found), hex.formatHex(name)));
    }
    long versionAt = in.position();
    int version = in.u8(tag + " version");
    if (version != AuditTag.VERSION) {
      throw new MalformedDataException(
          versionAt, "%s: got version %s, expected %s".formatted(tag, version, AuditTag.VERSION));
    }
  }

  /** Returns what is made of values just read; what its constructor refuses is malformed. */
  static <T> T checked(long at, Supplier<T> maker) throws MalformedDataException {
    try {
      return maker.get();
    } catch (IllegalArgumentException e) {
      throw new MalformedDataException(at, e.getMessage());
    }
  }

  /** Reads the number of a challenge. */
  static int number(BcsReader in) throws MalformedDataException {
    return index("number of challenge", in);
  }

  /** Reads the place of something of which there are no more than challenges. */
  static int index(String what, BcsReader in) throws MalformedDataException {
    return below(what, AuditStatement.MAX_CHALLENGES, in);
  }

  private static int below(String what, int limit, BcsReader in) throws MalformedDataException {
    long start = in.position();
    long value = in.u32(what);
    if (value >= limit) {
      throw new MalformedDataException(
          start, "%s: got %s, expected less than %s".formatted(what, value, limit));
    }
    return (int) value;
  }

  static BlobId blobId(BcsReader in) throws MalformedDataException {
    return BlobId.of(in.array("blob id", BlobId.BYTES));
  }

  static Axis axis(BcsReader in) throws MalformedDataException {
    return Axis.ofVariant(in.variant("axis", Axis.values().length));
  }

  static AuditHash auditHash(String what, BcsReader in) throws MalformedDataException {
    return AuditHash.of(in.array(what, AuditHash.BYTES));
  }

  static AuditStatement statement(BcsReader in) throws MalformedDataException {
    long start = in.position();
    readTag(AuditTag.STATEMENT, in);
    long shardsAt = in.position();
    int shardCount = in.u16("number of shards");
    EncodingParameters parameters =
        checked(shardsAt, () -> EncodingParameters.forShards(shardCount));
    long epoch = in.u32("epoch");
    ObjectId nodeId = ObjectId.of(in.array("node id", ObjectId.BYTES));
    List<ShardIndex> shards = new ArrayList<>();
    for (long left = in.count("shards", Short.BYTES); left > 0; left--) {
      shards.add(ShardIndex.of(in.u16("shard")));
    }
    List<BlobId> blobs = new ArrayList<>();
    for (long left = in.count("blobs", BlobId.BYTES); left > 0; left--) {
      blobs.add(blobId(in));
    }
    int challenges = below("challenges", AuditStatement.MAX_CHALLENGES + 1, in);
    AuditAxes axes = AuditAxes.ofVariant(in.variant("axes", AuditAxes.count()));
    AuditMode mode = AuditMode.ofVariant(in.variant("mode", AuditMode.count()));
    AuditRandomness randomness = randomness(in);
    return checked(
        start,
        () ->
            new AuditStatement(
                parameters, epoch, nodeId, shards, blobs, challenges, axes, mode, randomness));
  }

  private static AuditRandomness randomness(BcsReader in) throws MalformedDataException {
    long start = in.position();
    long earliestRound = in.u63("earliest beacon round");
    Beacon beacon = beacon(in);
    AuditHash nonce = auditHash("nonce", in);
    return checked(start, () -> new AuditRandomness(earliestRound, beacon, nonce));
  }

  private static Beacon beacon(BcsReader in) throws MalformedDataException {
    if (in.variant("beacon", 2) == 0) {
      return new Beacon.None();
    }
    AuditHash chainHash = auditHash("chain hash", in);
    long roundAt = in.position();
    long round = in.u63("beacon round");
    byte[] signature = in.array("drand signature", DrandSignature.BYTES);
    return checked(roundAt, () -> new Beacon.Drand(chainHash, round, DrandSignature.of(signature)));
  }

  static void write(AuditStatement statement, BcsWriter out) {
    out.fixed(AuditTag.STATEMENT.bytes())
        .u16(statement.parameters().shards())
        .u32(statement.epoch())
        .fixed(statement.nodeId().toBytes())
        .count(statement.shards().size());
    statement.shards().forEach(shard -> out.u16(shard.value()));
    out.count(statement.blobs().size());
    statement.blobs().forEach(blob -> out.fixed(blob.toBytes()));
    out.u32(statement.challenges())
        .variant(statement.axes().variant())
        .variant(statement.mode().variant())
        .u64(statement.randomness().earliestRound());
    switch (statement.randomness().beacon()) {
      case Beacon.None() -> out.variant(0);
      case Beacon.Drand(AuditHash chainHash, long round, DrandSignature signature) ->
          out.variant(1).fixed(chainHash.toBytes()).u64(round).fixed(signature.toBytes());
    }
    out.fixed(statement.randomness().nonce().toBytes());
  }
}
