package io.redstuff.cli.certify;

import io.redstuff.audit.AuditTranscript;
import io.redstuff.audit.Beacon;
import io.redstuff.certify.AuditSignatures;
import io.redstuff.certify.Committee;
import io.redstuff.certify.CommitteeMember;
import io.redstuff.certify.DrandChain;
import io.redstuff.certify.NodeSigner;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.certify.bls.SecretKey;
import io.redstuff.certify.json.DrandJson;
import io.redstuff.cli.command.AuditTrust;
import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.SmallFile;
import io.redstuff.error.RedStuffException;
import io.redstuff.store.NamedIoException;
import java.io.IOException;
import java.nio.file.Path;

/** Signs and verifies for the commands on audits. */
final class CertifiedAudits implements AuditTrust {
  /** More than a round of drand has in JSON, and nothing to wait for. */
  private static final int MOST_BYTES = 1 << 16;

  @Override
  public Beacon.Drand beacon(Path file) throws CommandException, NamedIoException {
    byte[] json = SmallFile.read(file, MOST_BYTES);
    try {
      Beacon.Drand beacon = DrandJson.parse(json, DrandChain.quicknet());
      DrandChain.quicknet().verify(beacon, BlsEngine.preferred());
      return beacon;
    } catch (RedStuffException e) {
      throw CommandException.badData(file + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void check(Beacon.Drand beacon) throws CommandException {
    try {
      DrandChain.quicknet().verify(beacon, BlsEngine.preferred());
    } catch (RedStuffException e) {
      throw CommandException.badData("beacon: refused: " + e.getMessage(), e);
    }
  }

  @Override
  public AuditTranscript sign(AuditTranscript transcript, Path keyFile)
      throws CommandException, IOException {
    try (SecretKey secret = KeyFiles.read(keyFile)) {
      return new NodeSigner(BlsEngine.preferred(), secret).sign(transcript);
    }
  }

  @Override
  public String checkSigner(AuditTranscript transcript, Path committeeFile)
      throws CommandException, IOException {
    Committee committee = SignedFiles.committee(committeeFile);
    try {
      CommitteeMember member =
          new AuditSignatures(committee, BlsEngine.preferred()).verify(transcript);
      return "node %s with %s of %s shards%s"
          .formatted(
              member.nodeId(),
              member.weight(),
              committee.shards(),
              committee.knowsShards() ? ", the audited ones among them" : "");
    } catch (RedStuffException e) {
      throw CommandException.badData("transcript: refused: " + e.getMessage(), e);
    }
  }
}
