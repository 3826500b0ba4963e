package io.redstuff.network.node.storage;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.ShardIndex;
import io.redstuff.network.ledger.transaction.TransactionDigest;
import io.redstuff.network.sqlite.SqliteFile;
import io.redstuff.store.Durability;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.stream.Collectors;

/**
 * The state of a storage node in a file of SQLite: metadata, slivers by shard, the blobs that the
 * ledger wants it to have, proofs of inconsistency, and how many events of the ledger it has seen.
 *
 * <p>A method that writes returns when what it wrote is on the disk. Writes of many threads are
 * forced to the disk together. All methods throw {@link IOException} if the file cannot be read or
 * written, and then nothing has changed. Thread-safe.
 *
 * @since 0.1.0
 */
public final class NodeStore implements AutoCloseable {
  /** The file's name in the directory of the node. */
  public static final String FILE = "node.db";

  private static final int VERSION = 1;

  private static final int READERS = 4;

  private static final String WHERE_KEY = " WHERE blob = ? AND shard = ? AND axis = ?";

  private final SqliteFile file;
  private final GroupWriter writer;
  private final BlockingQueue<Session> readers;

  private NodeStore(SqliteFile file, GroupWriter writer, List<Session> readers) {
    this.file = file;
    this.writer = writer;
    this.readers = new ArrayBlockingQueue<>(READERS, false, readers);
  }

  /**
   * Opens the store of a node, which is made if it is not there.
   *
   * @param directory the directory of the node
   * @return the store, which forces to the disk what it writes; to be closed
   * @throws IOException as {@link #open(Path, Durability)}
   */
  public static NodeStore open(Path directory) throws IOException {
    return open(directory, Durability.FORCED);
  }

  /**
   * Opens the store of a node, which is made if it is not there.
   *
   * @param directory the directory of the node
   * @param durability whether it forces to the disk what it writes
   * @return the store; to be closed
   * @throws IOException if another process has it open, it is of another version, or the directory
   *     cannot be written to
   */
  public static NodeStore open(Path directory, Durability durability) throws IOException {
    Path path = directory.resolve(FILE);
    SqliteFile file =
        SqliteFile.open(
            path,
            durability,
            "node store",
            VERSION,
            "CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value INTEGER NOT NULL)",
            "CREATE TABLE IF NOT EXISTS metadata (blob BLOB NOT NULL UNIQUE, bcs BLOB NOT NULL)",
            "CREATE TABLE IF NOT EXISTS slivers (blob BLOB NOT NULL, shard INTEGER NOT NULL,"
                + " axis INTEGER NOT NULL, symbol_size INTEGER NOT NULL, symbols BLOB NOT NULL,"
                + " UNIQUE (blob, shard, axis))",
            "CREATE INDEX IF NOT EXISTS slivers_by_shard ON slivers (shard, axis, blob)",
            "CREATE TABLE IF NOT EXISTS owed (blob BLOB PRIMARY KEY) WITHOUT ROWID",
            "CREATE TABLE IF NOT EXISTS status_events (blob BLOB NOT NULL, kind INTEGER NOT NULL,"
                + " digest BLOB NOT NULL, position INTEGER NOT NULL,"
                + " PRIMARY KEY (blob, kind)) WITHOUT ROWID",
            "CREATE TABLE IF NOT EXISTS proofs (blob BLOB NOT NULL UNIQUE, bcs BLOB NOT NULL)");
    List<Session> sessions = new ArrayList<>();
    try {
      sessions.add(
          new Session(
              () -> {
                Connection connection = file.connect();
                connection.setAutoCommit(false);
                return connection;
              }));
      for (int i = 0; i < READERS; i++) {
        sessions.add(new Session(file::connect));
      }
      GroupWriter writer = new GroupWriter(sessions.getFirst(), "node store " + path);
      return new NodeStore(file, writer, sessions.subList(1, sessions.size()));
    } catch (SQLException e) {
      IOException failure = failed(e);
      for (Session session : sessions) {
        try {
          session.close();
        } catch (SQLException another) {
          failure.addSuppressed(another);
        }
      }
      file.close();
      throw failure;
    }
  }

  static IOException failed(Throwable cause) {
    return new IOException("node store: " + cause.getMessage(), cause);
  }

  /** What is read in one look. */
  @FunctionalInterface
  private interface Read<T> {
    T run(Session session) throws SQLException;
  }

  private <T> T read(Read<T> read) throws IOException {
    Session session;
    try {
      session = readers.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("node store: interrupted before it read");
    }
    try {
      return read.run(session);
    } catch (SQLException e) {
      throw failed(e);
    } finally {
      readers.add(session);
    }
  }

  private static Object[] key(SliverKey key, Object... more) {
    Object[] values = new Object[3 + more.length];
    values[0] = key.blob().toBytes();
    values[1] = key.shard().value();
    values[2] = key.axis().variant();
    System.arraycopy(more, 0, values, 3, more.length);
    return values;
  }

  /**
   * Returns the metadata of a blob.
   *
   * @param blob the blob
   * @return metadata with the blob id, in BCS, if they are there
   * @throws IOException if the file cannot be read
   */
  public Optional<byte[]> metadata(BlobId blob) throws IOException {
    return read(
        session ->
            session.first(
                row -> row.getBytes(1),
                "SELECT bcs FROM metadata WHERE blob = ?",
                (Object) blob.toBytes()));
  }

  /**
   * Returns whether the metadata of a blob are there.
   *
   * @param blob the blob
   * @return true if they are
   * @throws IOException if the file cannot be read
   */
  public boolean hasMetadata(BlobId blob) throws IOException {
    return read(
        session ->
            session
                .first(_ -> true, "SELECT 1 FROM metadata WHERE blob = ?", (Object) blob.toBytes())
                .isPresent());
  }

  /**
   * Keeps metadata, unless there are some.
   *
   * @param blob the blob
   * @param bcs metadata with the blob id, in BCS
   * @return whether there were none
   * @throws IOException if they cannot be written
   */
  public boolean putMetadata(BlobId blob, byte[] bcs) throws IOException {
    return writer.write(session -> putMetadata(session, blob, bcs)) > 0;
  }

  private static int putMetadata(Session session, BlobId blob, byte[] bcs) throws SQLException {
    return session.update("INSERT OR IGNORE INTO metadata VALUES (?, ?)", blob.toBytes(), bcs);
  }

  /**
   * Forgets the metadata of a blob.
   *
   * @param blob the blob
   * @throws IOException if the file cannot be written
   */
  public void removeMetadata(BlobId blob) throws IOException {
    writer.write(session -> removeMetadata(session, blob));
  }

  private static int removeMetadata(Session session, BlobId blob) throws SQLException {
    return session.update("DELETE FROM metadata WHERE blob = ?", (Object) blob.toBytes());
  }

  /**
   * Returns whether something is at the place of a sliver.
   *
   * @param key the place
   * @return true if something is
   * @throws IOException if the file cannot be read
   */
  public boolean hasSliver(SliverKey key) throws IOException {
    return read(
        session ->
            session.first(_ -> true, "SELECT 1 FROM slivers" + WHERE_KEY, key(key)).isPresent());
  }

  /**
   * Returns what is at the place of a sliver.
   *
   * @param key the place
   * @return the sliver, if there is one
   * @throws IOException if the file cannot be read
   */
  public Optional<KeptSliver> sliver(SliverKey key) throws IOException {
    return read(
        session ->
            session.first(
                row -> new KeptSliver(key, row.getInt(1), row.getBytes(2)),
                "SELECT symbol_size, symbols FROM slivers" + WHERE_KEY,
                key(key)));
  }

  /** What can be told of a sliver without reading it. */
  record Shape(int symbolSize, long length) {}

  Optional<Shape> shape(SliverKey key) throws IOException {
    return read(
        session ->
            session.first(
                row -> new Shape(row.getInt(1), row.getLong(2)),
                "SELECT symbol_size, length(symbols) FROM slivers" + WHERE_KEY,
                key(key)));
  }

  /**
   * Keeps a sliver, unless there is one in its place.
   *
   * @param sliver the sliver
   * @return whether there was none
   * @throws IOException if it cannot be written
   */
  public boolean putSliver(KeptSliver sliver) throws IOException {
    return writer.write(session -> putSliver(session, "IGNORE", sliver)) > 0;
  }

  /**
   * Keeps slivers, all or none, but those in whose places are others.
   *
   * @param slivers slivers of any blobs
   * @throws IOException if they cannot be written
   */
  public void putSlivers(Collection<KeptSliver> slivers) throws IOException {
    writer.write(
        session -> {
          int count = 0;
          for (KeptSliver sliver : slivers) {
            count += putSliver(session, "IGNORE", sliver);
          }
          return count;
        });
  }

  private static int putSliver(Session session, String otherwise, KeptSliver sliver)
      throws SQLException {
    return session.update(
        "INSERT OR " + otherwise + " INTO slivers VALUES (?, ?, ?, ?, ?)",
        key(sliver.key(), sliver.symbolSize(), sliver.symbols()));
  }

  /**
   * Keeps slivers, with metadata if wanted, all of it or nothing.
   *
   * @param blob the blob
   * @param metadata with the blob id, in BCS; empty to leave those that are there
   * @param slivers of that blob; they take the place of others
   * @param alone whether to forget all else of the blob
   * @throws IOException if they cannot be written
   */
  void putAll(BlobId blob, byte[] metadata, Collection<KeptSliver> slivers, boolean alone)
      throws IOException {
    writer.write(
        session -> {
          if (alone) {
            removeSlivers(session, blob);
          }
          if (alone || metadata.length > 0) {
            removeMetadata(session, blob);
          }
          if (metadata.length > 0) {
            putMetadata(session, blob, metadata);
          }
          for (KeptSliver sliver : slivers) {
            putSliver(session, "REPLACE", sliver);
          }
          return slivers.size();
        });
  }

  private static int removeSlivers(Session session, BlobId blob) throws SQLException {
    return session.update("DELETE FROM slivers WHERE blob = ?", (Object) blob.toBytes());
  }

  /**
   * Forgets a sliver.
   *
   * @param key its place
   * @return whether there was one
   * @throws IOException if the file cannot be written
   */
  public boolean removeSliver(SliverKey key) throws IOException {
    return writer.write(session -> session.update("DELETE FROM slivers" + WHERE_KEY, key(key))) > 0;
  }

  /**
   * Forgets all there is of a blob, also that the node owes it. A proof stays.
   *
   * @param blob the blob
   * @return how many slivers there were
   * @throws IOException if the file cannot be written
   */
  public int removeBlob(BlobId blob) throws IOException {
    return writer.write(
        session -> {
          removeMetadata(session, blob);
          session.update("DELETE FROM owed WHERE blob = ?", (Object) blob.toBytes());
          return removeSlivers(session, blob);
        });
  }

  /**
   * Forgets slivers of a shard, some at a time so that others can write in between.
   *
   * @param shard the shard
   * @param most how many at most
   * @return how many there were
   * @throws IOException if the file cannot be written
   */
  public int removeShard(ShardIndex shard, int most) throws IOException {
    return writer.write(
        session ->
            session.update(
                "DELETE FROM slivers WHERE rowid IN"
                    + " (SELECT rowid FROM slivers WHERE shard = ? LIMIT ?)",
                shard.value(),
                most));
  }

  /**
   * Returns the shards of which there are slivers.
   *
   * @return the shards, ascending
   * @throws IOException if the file cannot be read
   */
  public List<ShardIndex> shards() throws IOException {
    return read(
        session ->
            session.all(
                row -> ShardIndex.of(row.getInt(1)),
                // One step in the index for each shard, not for each sliver.
                "WITH RECURSIVE held(shard) AS (SELECT min(shard) FROM slivers UNION ALL SELECT"
                    + " (SELECT min(shard) FROM slivers WHERE shard > held.shard) FROM held"
                    + " WHERE held.shard IS NOT NULL)"
                    + " SELECT shard FROM held WHERE shard IS NOT NULL"));
  }

  /**
   * Returns slivers of a shard in the order of their blobs.
   *
   * @param shard the shard
   * @param axis which sliver of each pair
   * @param from the first blob
   * @param most how many at most
   * @param mostBytes when they have so many bytes, the one that makes them so many is the last
   * @return the slivers, as many as there are
   * @throws IOException if the file cannot be read
   */
  public List<KeptSliver> slivers(
      ShardIndex shard, Axis axis, BlobId from, int most, long mostBytes) throws IOException {
    List<BlobId> blobs =
        read(
            session ->
                session.all(
                    NodeStore::blobId,
                    "SELECT blob FROM slivers WHERE shard = ? AND axis = ? AND blob >= ?"
                        + " ORDER BY blob LIMIT ?",
                    shard.value(),
                    axis.variant(),
                    from.toBytes(),
                    most));
    List<KeptSliver> slivers = new ArrayList<>();
    long bytes = 0;
    for (BlobId blob : blobs) {
      Optional<KeptSliver> sliver = sliver(new SliverKey(shard, axis, blob));
      if (sliver.isPresent()) {
        slivers.add(sliver.get());
        bytes += sliver.get().symbols().length;
      }
      if (bytes >= mostBytes) {
        break;
      }
    }
    return slivers;
  }

  private static BlobId blobId(ResultSet row) throws SQLException {
    return BlobId.of(row.getBytes(1));
  }

  /** Null stands for what is before the first. */
  private static byte[] after(Optional<BlobId> blob) {
    return blob.map(BlobId::toBytes).orElse(null);
  }

  /**
   * Returns the blobs of which there are metadata or slivers, in order.
   *
   * @param after the blob before the first; empty to begin with the first of all
   * @param most how many at most
   * @return the blobs
   * @throws IOException if the file cannot be read
   */
  public List<BlobId> blobs(Optional<BlobId> after, int most) throws IOException {
    return read(
        session ->
            session.all(
                NodeStore::blobId,
                "SELECT blob FROM metadata WHERE blob > coalesce(?1, x'') UNION"
                    + " SELECT blob FROM slivers WHERE blob > coalesce(?1, x'')"
                    + " ORDER BY blob LIMIT ?2",
                after(after),
                most));
  }

  /**
   * Returns the places of a blob at which slivers are.
   *
   * @param blob the blob
   * @return the places
   * @throws IOException if the file cannot be read
   */
  public List<SliverKey> held(BlobId blob) throws IOException {
    return read(
        session ->
            session.all(
                row ->
                    new SliverKey(
                        ShardIndex.of(row.getInt(1)), Axis.ofVariant(row.getInt(2)), blob),
                "SELECT shard, axis FROM slivers WHERE blob = ? ORDER BY shard, axis",
                (Object) blob.toBytes()));
  }

  /**
   * Counts the slivers of all blobs.
   *
   * @return how many there are
   * @throws IOException if the file cannot be read
   */
  public long sliverCount() throws IOException {
    return read(
        session ->
            session.first(row -> row.getLong(1), "SELECT count(*) FROM slivers").orElseThrow());
  }

  /**
   * Returns how many events of the ledger the node has seen.
   *
   * @return the number of the next one
   * @throws IOException if the file cannot be read
   */
  public long nextEvent() throws IOException {
    return fact("next event");
  }

  /**
   * Remembers that events have been seen, and what they want the node to have.
   *
   * @param next the number of the next event
   * @param owed blobs that it has to have from now on
   * @param events what brought blobs into their state; the later ones take the place of others
   * @throws IOException if the file cannot be written
   */
  public void follow(long next, Collection<BlobId> owed, List<StatusEvent> events)
      throws IOException {
    writer.write(
        session -> {
          for (BlobId blob : owed) {
            session.update("INSERT OR IGNORE INTO owed VALUES (?)", (Object) blob.toBytes());
          }
          for (StatusEvent event : events) {
            session.update(
                "INSERT OR REPLACE INTO status_events VALUES (?, ?, ?, ?)",
                event.blob().toBytes(),
                event.kind().code(),
                event.transaction().toBytes(),
                event.position());
          }
          return putFact(session, "next event", next);
        });
  }

  /**
   * Returns the event that brought a blob into a state.
   *
   * @param blob the blob
   * @param kind the state
   * @return the last such event, if there was one
   * @throws IOException if the file cannot be read
   */
  public Optional<StatusEvent> statusEvent(BlobId blob, StatusEvent.Kind kind) throws IOException {
    return read(
        session ->
            session.first(
                row ->
                    new StatusEvent(
                        blob, kind, TransactionDigest.of(row.getBytes(1)), row.getInt(2)),
                "SELECT digest, position FROM status_events WHERE blob = ? AND kind = ?",
                blob.toBytes(),
                kind.code()));
  }

  private static int putFact(Session session, String name, long value) throws SQLException {
    return session.update("INSERT OR REPLACE INTO facts VALUES (?, ?)", name, value);
  }

  private long fact(String name) throws IOException {
    return read(
        session ->
            session
                .first(row -> row.getLong(1), "SELECT value FROM facts WHERE name = ?", name)
                .orElse(0L));
  }

  /**
   * Returns the blobs that the node owes, in order.
   *
   * @param after the blob before the first; empty to begin with the first of all
   * @param most how many at most
   * @return the blobs
   * @throws IOException if the file cannot be read
   */
  public List<BlobId> owed(Optional<BlobId> after, int most) throws IOException {
    return read(
        session ->
            session.all(
                NodeStore::blobId,
                "SELECT blob FROM owed WHERE blob > coalesce(?, x'') ORDER BY blob LIMIT ?",
                after(after),
                most));
  }

  /**
   * Returns whether the node owes a blob.
   *
   * @param blob the blob
   * @return true if the ledger wants it to have it
   * @throws IOException if the file cannot be read
   */
  public boolean isOwed(BlobId blob) throws IOException {
    return read(
        session ->
            session
                .first(_ -> true, "SELECT 1 FROM owed WHERE blob = ?", (Object) blob.toBytes())
                .isPresent());
  }

  /**
   * Returns the blobs that the node owes and of which slivers or metadata are not there, in order.
   *
   * @param shards the shards that have to be there
   * @param after the blob before the first; empty to begin with the first of all
   * @param most how many at most
   * @return the blobs
   * @throws IOException if the file cannot be read
   */
  public List<BlobId> lacking(Collection<ShardIndex> shards, Optional<BlobId> after, int most)
      throws IOException {
    // Numbers, and so many that they cannot all be parameters.
    String list = shards.stream().map(shard -> "" + shard.value()).collect(Collectors.joining(","));
    return read(
        session ->
            session.all(
                NodeStore::blobId,
                ("SELECT blob FROM owed WHERE blob > coalesce(?, x'') AND ((SELECT count(*) FROM"
                     + " slivers WHERE slivers.blob = owed.blob AND shard IN (%s)) < ? OR NOT"
                     + " EXISTS (SELECT 1 FROM metadata WHERE metadata.blob = owed.blob)) ORDER BY"
                     + " blob LIMIT ?")
                    .formatted(list),
                after(after),
                2 * shards.size(),
                most));
  }

  /**
   * Keeps the proof that a blob is inconsistent, unless there is one.
   *
   * @param blob the blob
   * @param bcs the proof in BCS
   * @throws IOException if it cannot be written
   */
  public void putProof(BlobId blob, byte[] bcs) throws IOException {
    writer.write(
        session ->
            session.update("INSERT OR IGNORE INTO proofs VALUES (?, ?)", blob.toBytes(), bcs));
  }

  /**
   * Returns the proof that a blob is inconsistent.
   *
   * @param blob the blob
   * @return the proof in BCS, if there is one
   * @throws IOException if the file cannot be read
   */
  public Optional<byte[]> proof(BlobId blob) throws IOException {
    return read(
        session ->
            session.first(
                row -> row.getBytes(1),
                "SELECT bcs FROM proofs WHERE blob = ?",
                (Object) blob.toBytes()));
  }

  /**
   * Returns the blobs of which there are proofs.
   *
   * @return the blobs, in order
   * @throws IOException if the file cannot be read
   */
  public List<BlobId> proven() throws IOException {
    return read(session -> session.all(NodeStore::blobId, "SELECT blob FROM proofs ORDER BY blob"));
  }

  /**
   * Forgets a proof.
   *
   * @param blob the blob
   * @throws IOException if the file cannot be written
   */
  public void removeProof(BlobId blob) throws IOException {
    writer.write(
        session -> session.update("DELETE FROM proofs WHERE blob = ?", (Object) blob.toBytes()));
  }

  /** Ends the store, when what was to be written is. */
  @Override
  public void close() throws IOException {
    try (file) {
      writer.close();
      for (int i = 0; i < READERS; i++) {
        readers.take().close();
      }
    } catch (SQLException e) {
      throw failed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("node store: interrupted while it closed");
    }
  }
}
