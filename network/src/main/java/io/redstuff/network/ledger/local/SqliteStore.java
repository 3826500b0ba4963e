package io.redstuff.network.ledger.local;

import io.redstuff.chain.ChainEvent;
import io.redstuff.chain.EventType;
import io.redstuff.error.MalformedDataException;
import io.redstuff.network.ledger.LedgerEvent;
import io.redstuff.network.ledger.Receipt;
import io.redstuff.network.ledger.rule.LedgerState;
import io.redstuff.network.ledger.rule.Table;
import io.redstuff.network.ledger.transaction.TransactionDigest;
import io.redstuff.network.sqlite.SqliteFile;
import io.redstuff.store.Durability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps a ledger in a file of SQLite, with a log that is written ahead and forced to the disk at
 * each commit: what was written is there after a crash, whole transactions of it and nothing else.
 *
 * <p>Each table of the state is one of the file, of keys and values in BCS. Another process is kept
 * out by a lock on a file beside it.
 */
final class SqliteStore implements LedgerStore {
  private static final int VERSION = 1;

  private final SqliteFile file;
  private final Connection writing;
  private final Connection reading;

  private SqliteStore(SqliteFile file, Connection writing, Connection reading) {
    this.file = file;
    this.writing = writing;
    this.reading = reading;
  }

  /** Opens a file, which is made if it is not there. */
  static SqliteStore open(Path path, Durability durability) throws IOException {
    SqliteFile file =
        SqliteFile.open(
            path,
            durability,
            "ledger",
            VERSION,
            "CREATE TABLE IF NOT EXISTS receipts"
                + " (digest BLOB PRIMARY KEY, bcs BLOB NOT NULL) WITHOUT ROWID",
            "CREATE TABLE IF NOT EXISTS events (sequence INTEGER PRIMARY KEY, digest BLOB NOT NULL,"
                + " position INTEGER NOT NULL, type TEXT NOT NULL, bcs BLOB NOT NULL)");
    try {
      Connection writing = file.connect();
      writing.setAutoCommit(false);
      return new SqliteStore(file, writing, file.connect());
    } catch (SQLException e) {
      file.close();
      throw new IOException(path + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void load(LedgerState state) throws IOException {
    try (Statement statement = writing.createStatement()) {
      for (Table<?, ?> table : state.tables()) {
        statement.execute(
            "CREATE TABLE IF NOT EXISTS state_%s (key BLOB PRIMARY KEY, value BLOB NOT NULL)"
                    .formatted(table.name())
                + " WITHOUT ROWID");
        try (ResultSet rows =
            statement.executeQuery("SELECT key, value FROM state_" + table.name())) {
          while (rows.next()) {
            table.load(rows.getBytes(1), rows.getBytes(2));
          }
        }
      }
      writing.commit();
    } catch (SQLException | MalformedDataException e) {
      throw new IOException("ledger: " + e.getMessage(), e);
    }
  }

  @Override
  public void write(LedgerState state, List<Receipt> receipts, List<LedgerEvent> events) {
    try {
      for (Table<?, ?> table : state.tables()) {
        write(table);
      }
      writeReceipts(receipts);
      writeEvents(events);
      writing.commit();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private void write(Table<?, ?> table) throws SQLException {
    try (PreparedStatement put =
            writing.prepareStatement(
                "INSERT OR REPLACE INTO state_%s VALUES (?, ?)".formatted(table.name()));
        PreparedStatement remove =
            writing.prepareStatement(
                "DELETE FROM state_%s WHERE key = ?".formatted(table.name()))) {
      List<SQLException> failures = new ArrayList<>();
      table.writeChanges(
          (key, value) -> {
            try {
              PreparedStatement statement = value == null ? remove : put;
              statement.setBytes(1, key);
              if (value != null) {
                statement.setBytes(2, value);
              }
              statement.executeUpdate();
            } catch (SQLException e) {
              failures.add(e);
            }
          });
      if (!failures.isEmpty()) {
        throw failures.getFirst();
      }
    }
  }

  private void writeReceipts(List<Receipt> receipts) throws SQLException {
    try (PreparedStatement put =
        writing.prepareStatement("INSERT OR REPLACE INTO receipts VALUES (?, ?)")) {
      for (Receipt receipt : receipts) {
        put.setBytes(1, receipt.digest().toBytes());
        put.setBytes(2, receipt.toBcs());
        put.executeUpdate();
      }
    }
  }

  private void writeEvents(List<LedgerEvent> events) throws SQLException {
    try (PreparedStatement put =
        writing.prepareStatement("INSERT INTO events VALUES (?, ?, ?, ?, ?)")) {
      for (LedgerEvent event : events) {
        put.setLong(1, event.sequence());
        put.setBytes(2, event.transaction().toBytes());
        put.setInt(3, event.index());
        put.setString(4, event.event().type().moveName());
        put.setBytes(5, event.event().toBcs());
        put.executeUpdate();
      }
    }
  }

  private static UncheckedIOException failed(Exception cause) {
    return new UncheckedIOException(new IOException("ledger: " + cause.getMessage(), cause));
  }

  @Override
  public synchronized Optional<Receipt> receipt(TransactionDigest digest) {
    try (PreparedStatement query =
        reading.prepareStatement("SELECT bcs FROM receipts WHERE digest = ?")) {
      query.setBytes(1, digest.toBytes());
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(Receipt.parse(row.getBytes(1))) : Optional.empty();
      }
    } catch (SQLException | MalformedDataException e) {
      throw failed(e);
    }
  }

  @Override
  public synchronized List<LedgerEvent> events(long from, int most) {
    List<LedgerEvent> events = new ArrayList<>();
    try (PreparedStatement query =
        reading.prepareStatement(
            "SELECT sequence, digest, position, type, bcs FROM events"
                + " WHERE sequence >= ? ORDER BY sequence LIMIT ?")) {
      query.setLong(1, from);
      query.setInt(2, most);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          EventType type = EventType.parse(rows.getString(4));
          events.add(
              new LedgerEvent(
                  rows.getLong(1),
                  TransactionDigest.of(rows.getBytes(2)),
                  rows.getInt(3),
                  ChainEvent.parse(type, rows.getBytes(5))));
        }
      }
      return events;
    } catch (SQLException | MalformedDataException e) {
      throw failed(e);
    }
  }

  @Override
  public synchronized long eventCount() {
    try (Statement statement = reading.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM events")) {
      return row.getLong(1);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  @Override
  public synchronized void close() {
    try (file) {
      writing.close();
      reading.close();
    } catch (SQLException | IOException e) {
      throw failed(e);
    }
  }
}
