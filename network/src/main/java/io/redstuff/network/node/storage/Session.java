package io.redstuff.network.node.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A connection with the statements that were prepared on it. For one thread at a time. */
final class Session implements AutoCloseable {
  private final Opening opening;
  private Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  /** Opens a connection. */
  @FunctionalInterface
  interface Opening {
    Connection open() throws SQLException;
  }

  /** Reads one row. */
  @FunctionalInterface
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  Session(Opening opening) throws SQLException {
    this.opening = opening;
    this.connection = opening.open();
  }

  /** Changes rows; returns how many. */
  int update(String sql, Object... values) throws SQLException {
    return prepare(sql, values).executeUpdate();
  }

  <T> List<T> all(Row<T> row, String sql, Object... values) throws SQLException {
    List<T> all = new ArrayList<>();
    try (ResultSet rows = prepare(sql, values).executeQuery()) {
      while (rows.next()) {
        all.add(row.read(rows));
      }
    }
    return all;
  }

  <T> Optional<T> first(Row<T> row, String sql, Object... values) throws SQLException {
    try (ResultSet rows = prepare(sql, values).executeQuery()) {
      return rows.next() ? Optional.of(row.read(rows)) : Optional.empty();
    }
  }

  private PreparedStatement prepare(String sql, Object... values) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  void commit() throws SQLException {
    connection.commit();
  }

  /**
   * Begins anew, on another connection; what was not committed never was. When the disk is full
   * SQLite rolls back by itself, of which its driver knows nothing: on that connection each later
   * commit would fail as well.
   */
  void renew() throws SQLException {
    statements.clear();
    connection.close();
    connection = opening.open();
  }

  /** Closes the connection, and its statements with it. */
  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
