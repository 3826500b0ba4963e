package io.redstuff.certify;

import io.redstuff.ObjectId;
import io.redstuff.ShardIndex;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.certify.bls.SecretKey;
import io.redstuff.certify.bls.Signature;
import io.redstuff.certify.testing.BlsVectors;
import io.redstuff.error.RedStuffException;
import io.redstuff.message.Certificate;
import io.redstuff.message.ProtocolMessage;
import io.redstuff.message.SignatureBytes;
import io.redstuff.message.SignedMessage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Committees of the vectors' keys, all of whose secrets are known. */
final class Committees {
  private Committees() {}

  /** Returns the id of the node at a position. */
  static ObjectId nodeId(int position) {
    byte[] id = new byte[ObjectId.BYTES];
    id[0] = (byte) (position >> 8);
    id[1] = (byte) position;
    return ObjectId.of(id);
  }

  /** Returns a committee of keys {@code derived-0} and so on. */
  static Committee of(BlsEngine engine, long epoch, int... weights) {
    List<CommitteeMember> members = new ArrayList<>();
    for (int i = 0; i < weights.length; i++) {
      members.add(
          new CommitteeMember(nodeId(i), BlsVectors.key(engine, "derived-" + i), weights[i]));
    }
    try {
      return Committee.of(epoch, members);
    } catch (RedStuffException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns a committee that knows its shards, dealt out in order. */
  static Committee withShards(BlsEngine engine, long epoch, int... weights) {
    List<List<ShardIndex>> shards = new ArrayList<>();
    int next = 0;
    for (int weight : weights) {
      List<ShardIndex> its = new ArrayList<>();
      for (int i = 0; i < weight; i++) {
        its.add(ShardIndex.of(next++));
      }
      shards.add(its);
    }
    try {
      return of(engine, epoch, weights).withShards(shards);
    } catch (RedStuffException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns what the member at a position signs. */
  static <M extends ProtocolMessage> SignedMessage<M> sign(
      BlsEngine engine, int position, M message) {
    try (SecretKey secret = BlsVectors.secret("derived-" + position)) {
      return new NodeSigner(engine, secret).sign(message);
    }
  }

  /** Returns a certificate of what members sign, whatever their weight. */
  static <M extends ProtocolMessage> Certificate<M> certificate(
      BlsEngine engine, Collection<Integer> signers, M message) {
    try {
      List<Signature> signatures = new ArrayList<>();
      for (int signer : signers) {
        signatures.add(engine.signature(sign(engine, signer, message).signature().toBytes()));
      }
      byte[] sum = engine.aggregate(signatures).toBytes();
      return new Certificate<>(List.copyOf(signers), message, SignatureBytes.of(sum));
    } catch (RedStuffException e) {
      throw new AssertionError(e);
    }
  }
}
