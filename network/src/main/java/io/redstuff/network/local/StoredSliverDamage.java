package io.redstuff.network.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Changes bytes of slivers in the file of a node that does not run, behind its back: one byte of
 * each, in slivers that are chosen by chance.
 */
final class StoredSliverDamage {
  private StoredSliverDamage() {}

  /** Changes up to some slivers; returns how many. */
  static int damage(NodeHome node, int most) throws IOException {
    Path file = node.data().resolve("node.db");
    if (!Files.exists(file)) {
      return 0;
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      connection.setAutoCommit(false);
      List<Long> rows = choose(connection, most);
      for (long row : rows) {
        damage(connection, row);
      }
      connection.commit();
      return rows.size();
    } catch (SQLException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private static List<Long> choose(Connection connection, int most) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT rowid FROM slivers ORDER BY random() LIMIT ?")) {
      query.setInt(1, most);
      List<Long> rows = new ArrayList<>();
      try (ResultSet result = query.executeQuery()) {
        while (result.next()) {
          rows.add(result.getLong(1));
        }
      }
      return rows;
    }
  }

  private static void damage(Connection connection, long row) throws SQLException {
    byte[] symbols;
    try (PreparedStatement query =
        connection.prepareStatement("SELECT symbols FROM slivers WHERE rowid = ?")) {
      query.setLong(1, row);
      try (ResultSet result = query.executeQuery()) {
        result.next();
        symbols = result.getBytes(1);
      }
    }
    ThreadLocalRandom random = ThreadLocalRandom.current();
    symbols[random.nextInt(symbols.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE slivers SET symbols = ? WHERE rowid = ?")) {
      update.setBytes(1, symbols);
      update.setLong(2, row);
      update.executeUpdate();
    }
  }
}
