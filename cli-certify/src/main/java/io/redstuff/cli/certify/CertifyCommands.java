package io.redstuff.cli.certify;

import io.redstuff.cli.command.AuditTrust;
import io.redstuff.cli.command.SignatureCommands;
import io.redstuff.cli.io.Session;

/** Gives the launcher's command the commands of this package. */
public final class CertifyCommands implements SignatureCommands {
  /** Called by the service loader. */
  public CertifyCommands() {}

  @Override
  public Object command(String name, Session session) {
    return switch (name) {
      case "key" -> new KeyCommand(session);
      case "confirm" -> new ConfirmCommand(session);
      case "certify" -> new CertifyCommand(session);
      case "check" -> new CheckSignaturesCommand(session);
      default -> throw new IllegalArgumentException(name);
    };
  }

  @Override
  public AuditTrust audits() {
    return new CertifiedAudits();
  }
}
