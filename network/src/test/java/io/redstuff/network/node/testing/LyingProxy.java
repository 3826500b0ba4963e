package io.redstuff.network.node.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/** Stands before a node, and changes what it says, or how. */
public final class LyingProxy implements AutoCloseable {
  private static final int DRIP_MILLIS = 20;

  /** How an answer is sent. */
  public enum Delivery {
    /** As it should be. */
    WHOLE,
    /** A byte now and then. */
    DRIP,
    /** What should come, and more without end. */
    ENDLESS
  }

  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI target;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicInteger lies = new AtomicInteger();
  private volatile BiFunction<String, byte[], byte[]> lie;
  private volatile Delivery delivery = Delivery.WHOLE;

  /**
   * Gets method, path and body of each answer that is one, and gives the body that is sent. Method
   * and path have a blank between them.
   */
  public LyingProxy(URI target, BiFunction<String, byte[], byte[]> lie) throws Exception {
    this.target = target;
    this.lie = lie;
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback)
              throws Exception {
            forward(request, response, callback);
            return true;
          }
        });
    server.start();
  }

  /** Tells something else from now on. */
  public void tell(BiFunction<String, byte[], byte[]> other, Delivery how) {
    lie = other;
    delivery = how;
    lies.set(0);
  }

  private void forward(Request request, Response response, Callback callback)
      throws IOException, InterruptedException {
    byte[] body = Request.asInputStream(request).readAllBytes();
    HttpRequest.Builder forwarded =
        HttpRequest.newBuilder(target.resolve(request.getHttpURI().getPathQuery()))
            .method(request.getMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
    String authorization = request.getHeaders().get("Authorization");
    if (authorization != null) {
      forwarded.header("Authorization", authorization);
    }
    HttpResponse<byte[]> answer =
        http.send(forwarded.build(), HttpResponse.BodyHandlers.ofByteArray());
    byte[] said = answer.body();
    response.setStatus(answer.statusCode());
    if (delivery != Delivery.WHOLE && request.getMethod().equals("GET")) {
      lies.incrementAndGet();
      sendOtherwise(said, response, callback);
      return;
    }
    if (answer.statusCode() == 200) {
      said = lie.apply(request.getMethod() + " " + request.getHttpURI().getPath(), said.clone());
      if (!Arrays.equals(said, answer.body())) {
        lies.incrementAndGet();
      }
    }
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, said.length);
    response.write(true, ByteBuffer.wrap(said), callback);
  }

  /** Sends until whoever has asked is gone, or this is closed. */
  private void sendOtherwise(byte[] said, Response response, Callback callback)
      throws InterruptedException {
    try (OutputStream out = Content.Sink.asOutputStream(response)) {
      if (delivery == Delivery.DRIP) {
        for (byte each : said) {
          out.write(each);
          out.flush();
          if (closed.await(DRIP_MILLIS, TimeUnit.MILLISECONDS)) {
            break;
          }
        }
      } else {
        out.write(said);
        while (closed.getCount() > 0) {
          out.write(said.length == 0 ? new byte[1] : said);
        }
      }
      callback.succeeded();
    } catch (IOException e) {
      callback.failed(e);
    }
  }

  public String address() {
    return "http://127.0.0.1:" + connector.getLocalPort();
  }

  /** Returns how often something else was said. */
  public int lies() {
    return lies.get();
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      server.stop();
    } catch (Exception e) { // all that Jetty declares
      throw new AssertionError(e);
    }
    http.shutdownNow();
  }
}
