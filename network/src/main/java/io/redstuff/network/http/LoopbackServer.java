package io.redstuff.network.http;

import io.redstuff.http.Connectors;
import io.redstuff.http.JettyLog;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/**
 * A server of HTTP that only this machine can reach. Each question has a virtual thread. Questions
 * that name another host are refused: they come from a page of the web in somebody's browser.
 */
public final class LoopbackServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(LoopbackServer.class.getName());
  private static final String HOST = "127.0.0.1";
  private static final Set<String> NAMES = Set.of(HOST, "localhost");
  private static final String SCHEME = "Bearer ";
  private static final int HEADER_BYTES = 8192;

  /** Longer than anything waits for an answer, and a connection without one is soon given up. */
  private static final long IDLE_MILLIS = 60_000;

  private final Server server;
  private final int port;

  private LoopbackServer(Server server, int port) {
    this.server = server;
    this.port = port;
  }

  /**
   * Starts a server.
   *
   * @param port where; 0 for any that is free
   * @param mostBytes the most bytes of a body
   * @param answerer answers
   * @return the server
   * @throws IOException if it cannot listen there
   */
  public static LoopbackServer start(int port, int mostBytes, Answerer answerer)
      throws IOException {
    JettyLog.quieten();
    Server server = new Server(new VirtualThreadPool());
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setRequestHeaderSize(HEADER_BYTES);
    configuration.setSendServerVersion(false);
    ServerConnector connector = Connectors.of(server, new HttpConnectionFactory(configuration));
    connector.setHost(HOST);
    connector.setPort(port);
    connector.setIdleTimeout(IDLE_MILLIS);
    server.addConnector(connector);
    server.setHandler(new AnsweringHandler(mostBytes, answerer));
    try {
      server.start();
      return new LoopbackServer(server, connector.getLocalPort());
    } catch (Exception e) { // all that Jetty declares
      stop(server);
      throw new IOException(HOST + ":" + port + ": " + e.getMessage(), e);
    }
  }

  /** {@return where to ask} */
  public URI address() {
    return URI.create("http://" + HOST + ":" + port);
  }

  /** Stops; who waits for an answer gets none. */
  @Override
  public void close() {
    stop(server);
  }

  private static void stop(Server server) {
    try {
      server.stop();
    } catch (Exception e) { // all that Jetty declares
      LOG.log(Level.WARNING, "server did not stop as it should", e);
    }
  }

  /** Turns requests into questions, and answers into responses. */
  private static final class AnsweringHandler extends Handler.Abstract {
    private final int mostBytes;
    private final Answerer answerer;

    AnsweringHandler(int mostBytes, Answerer answerer) {
      this.mostBytes = mostBytes;
      this.answerer = answerer;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback)
        throws IOException {
      Answer answer = answer(request);
      response.setStatus(answer.status());
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.type());
      response.write(true, ByteBuffer.wrap(answer.body()), callback);
      return true;
    }

    private Answer answer(Request request) throws IOException {
      if (!NAMES.contains(Request.getServerName(request))) {
        return Answer.failure(Answer.BAD_REQUEST, "host: got another name, expected " + HOST);
      }
      byte[] body;
      try (InputStream in = Content.Source.asInputStream(request)) {
        body = in.readNBytes(mostBytes + 1);
      }
      if (body.length > mostBytes) {
        return Answer.failure(
            Answer.BAD_REQUEST, "body: got more bytes, expected at most " + mostBytes);
      }
      try {
        return answerer.answer(question(request, body));
      } catch (BadQuestionException e) {
        return Answer.failure(Answer.BAD_REQUEST, e.getMessage());
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return Answer.failure(Answer.UNAVAILABLE, "the server ends");
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, request.getMethod() + " " + request.getHttpURI().getPath(), e);
        return Answer.failure(Answer.INTERNAL, String.valueOf(e.getMessage()));
      }
    }

    private static Question question(Request request, byte[] body) throws BadQuestionException {
      Map<String, String> query = new LinkedHashMap<>();
      try {
        for (Fields.Field field : Request.extractQueryParameters(request)) {
          query.put(field.getName(), field.getValue());
        }
      } catch (RuntimeException e) {
        throw new BadQuestionException("query: " + e.getMessage());
      }
      List<String> path =
          Arrays.stream(Request.getPathInContext(request).split("/", -1)).skip(1).toList();
      Optional<String> token =
          Optional.ofNullable(request.getHeaders().get(HttpHeader.AUTHORIZATION))
              .filter(value -> value.startsWith(SCHEME))
              .map(value -> value.substring(SCHEME.length()));
      return new Question(request.getMethod(), path, query, token, body);
    }
  }
}
