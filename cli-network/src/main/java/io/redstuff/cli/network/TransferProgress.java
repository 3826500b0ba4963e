package io.redstuff.cli.network;

import io.redstuff.cli.io.Session;
import io.redstuff.cli.show.Progress;
import io.redstuff.client.TransferMonitor;

/** Shows how far a transfer is, stage by stage, and ends it when the command is stopped. */
final class TransferProgress implements TransferMonitor, AutoCloseable {
  private final Session session;
  private Stage stage;
  private Progress progress;
  private long shown;

  TransferProgress(Session session) {
    this.session = session;
  }

  @Override
  public void progress(Stage now, long done, long total) {
    if (now != stage) {
      end();
      stage = now;
      shown = 0;
      progress = session.startProgress(name(now), total, unit(now));
    }
    progress.step(done - shown);
    shown = done;
  }

  private static String name(Stage stage) {
    return switch (stage) {
      case ENCODE -> "encoding";
      case REGISTER -> "registering";
      case SPREAD -> "spreading";
      case CERTIFY -> "certifying";
      case GATHER -> "gathering";
      case DECODE -> "decoding";
    };
  }

  private static String unit(Stage stage) {
    return switch (stage) {
      case ENCODE, DECODE -> Progress.MIB;
      case SPREAD -> "shards";
      case GATHER -> "slivers";
      case REGISTER, CERTIFY -> "";
    };
  }

  @Override
  public boolean isCancelled() {
    return session.files().isStopped();
  }

  /** Takes away what is shown; what comes next is shown again. */
  void end() {
    if (progress != null) {
      progress.close();
      progress = null;
    }
  }

  @Override
  public void close() {
    end();
  }
}
