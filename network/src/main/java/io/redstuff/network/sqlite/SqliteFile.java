package io.redstuff.network.sqlite;

import io.redstuff.store.Durability;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/**
 * A file of SQLite with a log that is written ahead and, if it is so wished, forced to the disk at
 * each commit: what was committed is there after a crash, whole transactions of it and nothing
 * else.
 *
 * <p>Another process is kept out by a lock on a file beside it.
 */
public final class SqliteFile implements AutoCloseable {
  private final Path file;
  private final Durability durability;
  private final FileChannel lock;

  private SqliteFile(Path file, Durability durability, FileChannel lock) {
    this.file = file;
    this.durability = durability;
    this.lock = lock;
  }

  /**
   * Takes possession of a file, which is made if it is not there.
   *
   * @param file the file; others beside it have its name and an ending more
   * @param durability whether commits are forced to the disk
   * @param what what is in it, as messages call it
   * @param version of its tables
   * @param tables what makes its tables, if they are not there
   * @return the file; to be closed, after its connections
   * @throws IOException if it is in use, of another version, or cannot be written to
   */
  public static SqliteFile open(
      Path file, Durability durability, String what, int version, String... tables)
      throws IOException {
    FileChannel lock =
        FileChannel.open(
            file.resolveSibling(file.getFileName() + ".lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE);
    SqliteFile opened = new SqliteFile(file, durability, lock);
    try {
      if (!isFree(lock)) {
        throw new IOException("%s: another %s has it open".formatted(file, what));
      }
      try (Connection connection = opened.connect()) {
        opened.prepare(connection, what, version, tables);
      }
      return opened;
    } catch (SQLException e) {
      lock.close();
      throw new IOException(file + ": " + e.getMessage(), e);
    } catch (IOException e) {
      lock.close();
      throw e;
    }
  }

  private static boolean isFree(FileChannel lock) throws IOException {
    try {
      return lock.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private void prepare(Connection connection, String what, int version, String... tables)
      throws SQLException, IOException {
    try (Statement statement = connection.createStatement()) {
      int found = version(statement);
      if (found != 0 && found != version) {
        throw new IOException(
            "%s: got a %s of version %s, expected %s".formatted(file, what, found, version));
      }
      connection.setAutoCommit(false);
      for (String table : tables) {
        statement.execute(table);
      }
      statement.execute("PRAGMA user_version = " + version);
      connection.commit();
    }
  }

  private static int version(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("PRAGMA user_version")) {
      return row.getInt(1);
    }
  }

  /**
   * Connects to the file. One connection writes at a time; any number may read while it does.
   *
   * @return a connection of the caller's that commits each statement by itself
   * @throws SQLException if that fails
   */
  public Connection connect() throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(
        durability == Durability.FORCED ? SynchronousMode.FULL : SynchronousMode.OFF);
    return config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
