package io.redstuff.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;

/**
 * Cuts connections off that are too slow. A server's idle time does not see those that send a byte
 * now and then; this looks at how long headers and bodies take as a whole.
 *
 * @since 0.1.0
 */
public final class ConnectionGuard implements Connection.Listener, AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(100);

  private final HttpLimits limits;
  private final LongSupplier nanoTime;
  private final Map<Connection, Watch> watches = new ConcurrentHashMap<>();
  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("connections").factory());

  /** What one connection is doing. */
  private static final class Watch {
    /** Bytes that had come when it last began to wait for a request. */
    long bytesBefore;

    /** Whether something of a request has come. */
    boolean hasBegun;

    /** Whether a request is being answered. */
    boolean isWorking;

    /** When it is cut off; in no case if {@code isFree}. */
    long deadline;

    boolean isFree;
  }

  /**
   * Begins to look.
   *
   * @param limits how slow is too slow
   * @param nanoTime a clock, as {@link System#nanoTime}
   */
  public ConnectionGuard(HttpLimits limits, LongSupplier nanoTime) {
    this.limits = limits;
    this.nanoTime = nanoTime;
    Future<?> _ =
        looks.scheduleWithFixedDelay(
            this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void onOpened(Connection connection) {
    if (!(connection instanceof SslConnection)) { // what is in it has a connection of its own
      Watch watch = new Watch();
      watches.put(connection, watch);
      await(connection, watch, limits.headerTime());
    }
  }

  @Override
  public void onClosed(Connection connection) {
    watches.remove(connection);
  }

  private void await(Connection connection, Watch watch, Duration most) {
    synchronized (watch) {
      watch.bytesBefore = connection.getBytesIn();
      watch.hasBegun = false;
      watch.isWorking = false;
      watch.isFree = false;
      watch.deadline = nanoTime.getAsLong() + most.toNanos();
    }
  }

  /**
   * The headers are there; what is done now takes its time.
   *
   * @param connection whose request it is
   */
  public void working(Connection connection) {
    free(connection, true);
  }

  private void free(Connection connection, boolean isFree) {
    Watch watch = watches.get(connection);
    if (watch != null) {
      synchronized (watch) {
        watch.isWorking = true;
        watch.isFree = isFree;
      }
    }
  }

  /**
   * A body is under way, and has to be there in time.
   *
   * @param connection whose body it is
   * @param bytes how long it is
   */
  public void moving(Connection connection, long bytes) {
    Watch watch = watches.get(connection);
    if (watch != null) {
      synchronized (watch) {
        watch.isWorking = true;
        watch.isFree = false;
        watch.deadline = nanoTime.getAsLong() + limits.timeFor(bytes).toNanos();
      }
    }
  }

  /**
   * A request was answered; there may be another one.
   *
   * @param connection whose request it was
   */
  public void waiting(Connection connection) {
    Watch watch = watches.get(connection);
    if (watch != null) {
      await(connection, watch, limits.idleTime());
    }
  }

  private void look() {
    long now = nanoTime.getAsLong();
    watches.forEach(
        (connection, watch) -> {
          if (isLate(connection, watch, now)) {
            connection.getEndPoint().close();
          }
        });
  }

  private boolean isLate(Connection connection, Watch watch, long now) {
    synchronized (watch) {
      if (!watch.isWorking && !watch.hasBegun && connection.getBytesIn() > watch.bytesBefore) {
        watch.hasBegun = true;
        watch.deadline = Math.min(watch.deadline, now + limits.headerTime().toNanos());
      }
      return !watch.isFree && now - watch.deadline > 0;
    }
  }

  /** {@return how many connections are open} */
  public int open() {
    return watches.size();
  }

  /** Looks no more. */
  @Override
  public void close() {
    looks.shutdownNow();
  }
}
