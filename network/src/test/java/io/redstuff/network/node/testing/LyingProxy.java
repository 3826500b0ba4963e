package io.redstuff.network.node.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/** Stands before a node, and changes what it says. */
public final class LyingProxy implements AutoCloseable {
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI target;
  private final BiFunction<String, byte[], byte[]> lie;
  private final AtomicInteger lies = new AtomicInteger();

  /** Gets path and body of each answer, and gives the body that is sent. */
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
    if (answer.statusCode() == 200) {
      said = lie.apply(request.getHttpURI().getPath(), said.clone());
      if (!Arrays.equals(said, answer.body())) {
        lies.incrementAndGet();
      }
    }
    response.setStatus(answer.statusCode());
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, said.length);
    response.write(true, ByteBuffer.wrap(said), callback);
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
    try {
      server.stop();
    } catch (Exception e) { // all that Jetty declares
      throw new AssertionError(e);
    }
    http.shutdownNow();
  }
}
