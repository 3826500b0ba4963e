package io.redstuff.certify;

import io.redstuff.ObjectId;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.certify.bls.PublicKey;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@code BlsCommittee} of the chain: members, each with its key uncompressed, its weight and its
 * node id, then the number of shards, the epoch, and the sum of all keys compressed.
 */
final class CommitteeBcs {
  private static final String WHAT = "committee";
  private static final int SHORTEST_MEMBER =
      1 + PublicKey.UNCOMPRESSED_BYTES + Short.BYTES + ObjectId.BYTES;

  /** What was read, before any key was looked at. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Raw(List<RawMember> members, int shards, long epoch, byte[] totalKey) {}

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record RawMember(byte[] key, int weight, ObjectId nodeId) {}

  private CommitteeBcs() {}

  static Committee parse(byte[] bcs, BlsEngine engine)
      throws MalformedDataException, VerificationException {
    Raw raw = BcsReader.parse(MemorySegment.ofArray(bcs), WHAT, CommitteeBcs::read);
    List<CommitteeMember> members = new ArrayList<>();
    for (RawMember member : raw.members()) {
      PublicKey key = engine.uncompressedPublicKey(member.key());
      members.add(new CommitteeMember(member.nodeId(), key, member.weight()));
    }
    Committee committee = Committee.of(raw.epoch(), members);
    if (committee.shards() != raw.shards()) {
      throw new VerificationException(
          Reason.WRONG_SHARD_COUNT,
          "committee: got %s shards, expected the sum of the weights, %s"
              .formatted(raw.shards(), committee.shards()));
    }
    PublicKey total = totalKey(committee, engine);
    if (!engine.publicKey(raw.totalKey()).equals(total)) {
      throw new VerificationException(
          Reason.WRONG_COMMITTEE, "committee: got a total key that is not the sum of the keys");
    }
    return committee;
  }

  private static Raw read(BcsReader in) throws MalformedDataException {
    long count = in.count("members", SHORTEST_MEMBER);
    List<RawMember> members = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      byte[] key = element(in, "public key", PublicKey.UNCOMPRESSED_BYTES);
      long start = in.position();
      int weight = in.u16("weight");
      if (weight == 0) {
        throw new MalformedDataException(start, "weight: got 0, expected 1 or more");
      }
      members.add(new RawMember(key, weight, ObjectId.of(in.array("node id", ObjectId.BYTES))));
    }
    return new Raw(
        members,
        in.u16("number of shards"),
        in.u32("epoch"),
        element(in, "total key", PublicKey.BYTES));
  }

  /** Reads an element of a group: a byte string, of a length that is known. */
  private static byte[] element(BcsReader in, String what, int bytes)
      throws MalformedDataException {
    long start = in.position();
    long length = in.count(what, 1);
    if (length != bytes) {
      throw new MalformedDataException(
          start, what + ": got " + length + " bytes, expected " + bytes);
    }
    return in.array(what, bytes);
  }

  static byte[] write(Committee committee, BlsEngine engine) throws VerificationException {
    PublicKey total = totalKey(committee, engine);
    return BcsWriter.toBytes(
        out -> {
          out.count(committee.members().size());
          for (CommitteeMember member : committee.members()) {
            out.bytes(MemorySegment.ofArray(member.key().toUncompressedBytes()))
                .u16(member.weight())
                .fixed(member.nodeId().toBytes());
          }
          out.u16(committee.shards())
              .u32(committee.epoch())
              .bytes(MemorySegment.ofArray(total.toBytes()));
        });
  }

  private static PublicKey totalKey(Committee committee, BlsEngine engine)
      throws VerificationException {
    return engine.aggregateKeys(committee.members().stream().map(CommitteeMember::key).toList());
  }
}
