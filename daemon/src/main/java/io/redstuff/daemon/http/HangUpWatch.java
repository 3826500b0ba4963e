package io.redstuff.daemon.http;

import io.redstuff.client.TransferMonitor;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;

/**
 * Notices when somebody who waits for an answer hangs up, so that the work for it can end. While a
 * request is answered Jetty does not look at its connection; this does, with a selector of its own.
 */
final class HangUpWatch implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(HangUpWatch.class.getName());

  private final Selector selector;
  private final Thread thread;
  private final Queue<Caller> begun = new ConcurrentLinkedQueue<>();
  private final AtomicLong hungUp = new AtomicLong();
  private volatile boolean isClosed;

  HangUpWatch() throws IOException {
    selector = Selector.open();
    thread = Thread.ofPlatform().daemon().name("hang-ups").start(this::look);
  }

  /** Somebody who waits for an answer. */
  final class Caller implements TransferMonitor, AutoCloseable {
    private final EndPoint endPoint;
    private volatile boolean hasHungUp;
    private boolean hasSwallowed;
    private boolean isAnswered;
    private SelectionKey key;

    private Caller(EndPoint endPoint) {
      this.endPoint = endPoint;
    }

    /** All of the request is there: from now on whoever has sent it can only wait or hang up. */
    void begin() {
      if (endPoint instanceof SocketChannelEndPoint) {
        begun.add(this);
        selector.wakeup();
      }
    }

    @Override
    public void progress(Stage stage, long done, long total) {}

    @Override
    public boolean isCancelled() {
      return hasHungUp || isClosed;
    }

    /** Returns whether it has hung up. */
    boolean hasHungUp() {
      return hasHungUp;
    }

    /** Returns whether something of a next request was read that nobody will answer. */
    synchronized boolean hasSwallowed() {
      return hasSwallowed;
    }

    private synchronized void register() throws IOException {
      if (!isAnswered) {
        SocketChannel channel = ((SocketChannelEndPoint) endPoint).getChannel();
        key = channel.register(selector, SelectionKey.OP_READ, this);
      }
    }

    private synchronized void read() {
      if (isAnswered) {
        return;
      }
      ByteBuffer one = BufferUtil.allocate(1);
      try {
        int filled = endPoint.fill(one);
        if (filled == 0) {
          return;
        }
        if (filled > 0) {
          hasSwallowed = true;
        } else {
          end();
        }
      } catch (IOException e) {
        end(); // broken off
      }
      key.cancel();
    }

    private void end() {
      hasHungUp = true;
      hungUp.incrementAndGet();
    }

    /** Looks no more: the answer is sent. */
    @Override
    public synchronized void close() {
      isAnswered = true;
      if (key != null) {
        key.cancel();
        selector.wakeup();
      }
    }
  }

  /** Returns who has sent a request; nobody looks at it yet. */
  Caller of(Request request) {
    return new Caller(request.getConnectionMetaData().getConnection().getEndPoint());
  }

  /** Returns how many have hung up while they waited. */
  long hungUp() {
    return hungUp.get();
  }

  private void look() {
    while (!isClosed) {
      try {
        selector.select(key -> ((Caller) key.attachment()).read());
        for (Caller caller = begun.poll(); caller != null; caller = begun.poll()) {
          register(caller);
        }
      } catch (IOException e) {
        LOG.log(Level.WARNING, "connections are not watched any more", e);
        return;
      }
    }
  }

  private void register(Caller caller) throws IOException {
    selector.selectNow(
        key -> ((Caller) key.attachment()).read()); // forgets keys that were cancelled
    try {
      caller.register();
    } catch (ClosedChannelException | CancelledKeyException e) {
      caller.end();
    }
  }

  @Override
  public void close() throws IOException {
    isClosed = true;
    selector.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    selector.close();
  }
}
