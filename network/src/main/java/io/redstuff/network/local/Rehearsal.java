package io.redstuff.network.local;

import io.redstuff.error.MalformedDataException;
import io.redstuff.network.http.Answer;
import io.redstuff.network.http.LoopbackServer;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Has classes loaded that a network needs when it is founded, while it is being founded: SQLite,
 * servers of HTTP, and JSON. In a JVM that has just started that is half of the work, and another
 * processor may do it.
 */
final class Rehearsal {
  private static final System.Logger LOG = System.getLogger(Rehearsal.class.getName());
  private static final URI NOWHERE = URI.create("http://127.0.0.1:1");

  private Rehearsal() {}

  /** Something that loads classes. */
  @FunctionalInterface
  private interface Act {
    void play() throws IOException, SQLException, MalformedDataException;
  }

  /** Begins; nobody has to wait for the end. */
  static void begin() {
    begin("SQLite", () -> DriverManager.getConnection("jdbc:sqlite::memory:").close());
    begin("servers", () -> LoopbackServer.start(0, 0, _ -> Answer.nothing()).close());
    begin(
        "JSON",
        () ->
            NetworkDescription.parse(
                new NetworkDescription(
                        NetworkDescription.VERSION,
                        "",
                        1,
                        NOWHERE,
                        NOWHERE,
                        List.of(),
                        Optional.empty())
                    .toJson()));
  }

  private static void begin(String what, Act act) {
    Thread.ofPlatform().daemon().name("rehearsal of " + what).start(() -> play(what, act));
  }

  private static void play(String what, Act act) {
    try {
      act.play();
    } catch (IOException | SQLException | MalformedDataException | RuntimeException e) {
      // If there is something to it the network itself fails, and says so.
      LOG.log(Level.DEBUG, "rehearsal of " + what, e);
    }
  }
}
