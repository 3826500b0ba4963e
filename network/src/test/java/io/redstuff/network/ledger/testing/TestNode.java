package io.redstuff.network.ledger.testing;

import io.redstuff.ObjectId;
import io.redstuff.SuiAddress;
import io.redstuff.certify.NodeSigner;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.certify.bls.SecretKey;
import io.redstuff.certify.bls.Signature;
import io.redstuff.chain.Frost;
import io.redstuff.error.RedStuffException;
import io.redstuff.message.Certificate;
import io.redstuff.message.ProtocolMessage;
import io.redstuff.message.SignatureBytes;
import io.redstuff.network.ledger.object.EpochCommittee;
import io.redstuff.network.ledger.transaction.Call;
import io.redstuff.network.ledger.transaction.Calls;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A node with a key that everybody knows, and its objects once it is registered. */
public final class TestNode {
  public static final BlsEngine ENGINE = BlsEngine.preferred();

  private final NodeSigner signer;
  public final SuiAddress operator;
  public ObjectId id;
  public ObjectId cap;

  public TestNode(int number, SuiAddress operator) {
    this.signer = signer(number);
    this.operator = operator;
  }

  /** Returns a signer whose secret is the number. */
  public static NodeSigner signer(int number) {
    byte[] secret = new byte[SecretKey.BYTES];
    secret[SecretKey.BYTES - 2] = (byte) (number >> 8);
    secret[SecretKey.BYTES - 1] = (byte) number;
    try {
      return new NodeSigner(ENGINE, SecretKey.parse(secret));
    } catch (RedStuffException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns the call that registers it. */
  public Call register(long epoch, int commission, long storagePrice, long writePrice, long bytes) {
    return Calls.registerCandidate(
        "node",
        "127.0.0.1:9185",
        new byte[33],
        signer.provePossession(operator, epoch),
        commission,
        Frost.of(storagePrice),
        Frost.of(writePrice),
        bytes);
  }

  /** Returns what some nodes sign, whatever they weigh. */
  public static <M extends ProtocolMessage> Certificate<M> certificate(
      EpochCommittee committee, Collection<TestNode> nodes, M message) {
    List<ObjectId> order = List.copyOf(committee.keys().keySet());
    List<Integer> signers = new ArrayList<>();
    List<Signature> signatures = new ArrayList<>();
    try {
      for (TestNode node : nodes) {
        int position = order.indexOf(node.id);
        if (position >= 0) {
          signers.add(position);
          signatures.add(ENGINE.signature(node.signer.sign(message).signature().toBytes()));
        }
      }
      byte[] sum = ENGINE.aggregate(signatures).toBytes();
      return new Certificate<>(signers, message, SignatureBytes.of(sum));
    } catch (RedStuffException e) {
      throw new AssertionError(e);
    }
  }
}
