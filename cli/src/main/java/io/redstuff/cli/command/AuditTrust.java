package io.redstuff.cli.command;

import io.redstuff.audit.AuditTranscript;
import io.redstuff.audit.Beacon;
import io.redstuff.cli.io.CommandException;
import java.io.IOException;
import java.nio.file.Path;

/** What audits need of signatures; {@link SignatureCommands} gives it. */
public interface AuditTrust {
  /** Reads a round of drand, as its servers answer, and verifies its value. */
  Beacon.Drand beacon(Path file) throws CommandException, IOException;

  /** Verifies the value of a round of drand. */
  void check(Beacon.Drand beacon) throws CommandException;

  /** Signs a transcript with the key in a file. */
  AuditTranscript sign(AuditTranscript transcript, Path keyFile)
      throws CommandException, IOException;

  /** Verifies that the node has signed; returns who that is, for people. */
  String checkSigner(AuditTranscript transcript, Path committeeFile)
      throws CommandException, IOException;
}
