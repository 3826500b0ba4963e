package io.redstuff.examples;

import io.redstuff.BlobId;
import io.redstuff.certify.CertificateVerifier;
import io.redstuff.certify.CertifiedBlob;
import io.redstuff.certify.Committee;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.certify.json.CommitteeJson;
import io.redstuff.codec.RedStuff;
import io.redstuff.message.BlobConfirmation;
import io.redstuff.message.BlobPersistence;
import io.redstuff.message.Certificate;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Verifies, with nothing else at hand, that a network vouches for a file. To run it: {@code java
 * -cp examples/target/redstuff-examples.jar io.redstuff.examples.VerifyCertificate COMMITTEE.json
 * CERTIFICATE FILE}, with a certificate of {@code redstuff certify}.
 */
public final class VerifyCertificate {
  public static void main(String[] args) throws Exception {
    BlsEngine engine = BlsEngine.preferred();
    // From where you trust it: who gives you a wrong committee can make you believe anything.
    Committee committee = CommitteeJson.parse(Files.readAllBytes(Path.of(args[0])), engine);
    Certificate<BlobConfirmation> certificate =
        Certificate.parse(BlobConfirmation.class, Files.readAllBytes(Path.of(args[1])));
    BlobId id = RedStuff.forShards(committee.shards()).blobId(Files.readAllBytes(Path.of(args[2])));

    // Throws and says why, if this is not so: the only way to a CertifiedBlob.
    CertifiedBlob certified =
        new CertificateVerifier(committee, engine)
            .verify(certificate, id, BlobPersistence.PERMANENT);
    System.out.printf(
        "%s is available: %s of %s shards signed in epoch %s%n",
        certified.blobId(), certified.weight(), certified.shards(), certified.epoch());
  }
}
