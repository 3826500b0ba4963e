package io.redstuff.examples;

import io.redstuff.BlobId;
import io.redstuff.ObjectId;
import io.redstuff.certify.Committee;
import io.redstuff.certify.CommitteeMember;
import io.redstuff.certify.ConfirmationCollector;
import io.redstuff.certify.NodeSigner;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.certify.bls.SecretKey;
import io.redstuff.certify.json.CommitteeJson;
import io.redstuff.codec.RedStuff;
import io.redstuff.message.BlobConfirmation;
import io.redstuff.message.BlobPersistence;
import io.redstuff.message.CertificateForm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * A file that a committee vouches for.
 *
 * @param id of the file
 * @param committee JSON
 * @param certificate BCS
 */
record Vouched(BlobId id, Path committee, Path certificate) {
  private static final int EPOCH = 5;

  /** Has all nodes but the first sign; that one has a single shard, the others share the rest. */
  static Vouched by(int nodes, RedStuff codec, Path file, Path directory) throws Exception {
    BlsEngine engine = BlsEngine.preferred();
    int each = (codec.parameters().shards() - 1) / (nodes - 1);
    List<NodeSigner> signers = new ArrayList<>();
    List<CommitteeMember> members = new ArrayList<>();
    for (int node = 0; node < nodes; node++) {
      NodeSigner signer = new NodeSigner(engine, SecretKey.generate(new SecureRandom()));
      signers.add(signer);
      byte[] id = new byte[ObjectId.BYTES];
      id[0] = (byte) node;
      members.add(new CommitteeMember(ObjectId.of(id), signer.key(), node == 0 ? 1 : each));
    }
    Committee committee = Committee.of(EPOCH, members);
    BlobId id = codec.blobId(Files.readAllBytes(file));
    BlobConfirmation message = new BlobConfirmation(EPOCH, id, BlobPersistence.PERMANENT);
    ConfirmationCollector<BlobConfirmation> collector =
        ConfirmationCollector.of(committee, engine, message);
    for (NodeSigner signer : signers.subList(1, nodes)) {
      collector.add(signer.key(), signer.sign(message));
    }
    return new Vouched(
        id,
        Files.write(directory.resolve("committee.json"), CommitteeJson.write(committee)),
        Files.write(
            directory.resolve("certificate"), collector.certificate().toBcs(CertificateForm.RUST)));
  }
}
