package io.redstuff.network.ledger.rule;

import io.redstuff.error.MalformedDataException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Immutable values by key, in three layers: what is durable, which readers see; above it the
 * changes of transactions that wait to be written; above these the changes of the transaction that
 * is being executed. One thread writes; others read what is durable, and are kept out by {@link
 * LedgerState} while it changes.
 */
public final class Table<K, V> {
  private final String name;
  private final RowFormat<K> keys;
  private final RowFormat<V> values;
  private final Map<K, V> durable = new HashMap<>();
  private final Map<K, Optional<V>> waiting = new LinkedHashMap<>();
  private final Map<K, Optional<V>> current = new LinkedHashMap<>();

  /** Sees each value that becomes durable or goes; what was there before comes first. */
  private final Listener<K, V> listener;

  /** Follows changes. */
  @FunctionalInterface
  interface Listener<K, V> {
    /** Is told of a key whose value changed from {@code before} to {@code after}. */
    void changed(K key, Optional<V> before, Optional<V> after);
  }

  Table(String name, RowFormat<K> keys, RowFormat<V> values, Listener<K, V> listener) {
    this.name = name;
    this.keys = keys;
    this.values = values;
    this.listener = listener;
  }

  /** Returns what the table is called where it is kept. */
  public String name() {
    return name;
  }

  /** Returns the value as the current transaction sees it. */
  Optional<V> get(K key) {
    Optional<V> changed = current.get(key);
    if (changed == null) {
      changed = waiting.get(key);
    }
    return changed != null ? changed : Optional.ofNullable(durable.get(key));
  }

  void put(K key, V value) {
    current.put(key, Optional.of(value));
  }

  void remove(K key) {
    current.put(key, Optional.empty());
  }

  /** Returns all values as the current transaction sees them, by ascending key. */
  SortedMap<K, V> all() {
    SortedMap<K, V> all = new TreeMap<>(durable);
    for (Map<K, Optional<V>> layer : List.of(waiting, current)) {
      layer.forEach(
          (key, value) -> {
            all.remove(key);
            value.ifPresent(it -> all.put(key, it));
          });
    }
    return all;
  }

  /** Returns what is durable, for readers. */
  Map<K, V> durable() {
    return durable;
  }

  /** Keeps the changes of the current transaction. */
  void commit() {
    waiting.putAll(current);
    current.clear();
  }

  /** Forgets the changes of the current transaction. */
  void rollBack() {
    current.clear();
  }

  /** Forgets what waits to be written. */
  void discard() {
    waiting.clear();
  }

  /** Makes what waits to be written visible: it is durable now. */
  void publish() {
    waiting.forEach(
        (key, value) -> {
          Optional<V> before =
              Optional.ofNullable(
                  value.isPresent() ? durable.put(key, value.get()) : durable.remove(key));
          listener.changed(key, before, value);
        });
    waiting.clear();
  }

  /**
   * Gives each row that waits to be written: its key, and its value, or null if it goes.
   *
   * @param writer takes them
   */
  public void writeChanges(BiConsumer<byte[], byte[]> writer) {
    waiting.forEach(
        (key, value) ->
            writer.accept(keys.write().apply(key), value.map(values.write()).orElse(null)));
  }

  /**
   * Takes a row that was written.
   *
   * @param key its key
   * @param value its value
   * @throws MalformedDataException if one is not what this table has
   */
  public void load(byte[] key, byte[] value) throws MalformedDataException {
    K read = keys.read().read(key);
    V held = values.read().read(value);
    durable.put(read, held);
    listener.changed(read, Optional.empty(), Optional.of(held));
  }
}
