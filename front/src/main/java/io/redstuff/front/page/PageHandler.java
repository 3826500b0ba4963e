package io.redstuff.front.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Takes requests for the page from Jetty, each on a virtual thread of its own. */
final class PageHandler extends Handler.Abstract {
  static final int MOST_BODY = 4096;
  static final int MOST_READERS = 64;

  private static final System.Logger LOG = System.getLogger(PageHandler.class.getName());
  private static final String EVENTS = "/page/v1/events";

  /** Scripts, styles and answers from here alone; pictures that the page has fetched itself. */
  private static final String CONTENT_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
          + " require-trusted-types-for 'script'; trusted-types 'none'";

  private final Doorkeeper doorkeeper;
  private final PageFiles files;
  private final PageApi api;
  private final NewsStream stream;
  private final Semaphore readers = new Semaphore(MOST_READERS);

  PageHandler(Doorkeeper doorkeeper, PageFiles files, PageApi api, NewsStream stream) {
    this.doorkeeper = doorkeeper;
    this.files = files;
    this.api = api;
    this.stream = stream;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    // What is asked for may take longer than a connection may be silent.
    request.addIdleTimeoutListener(_ -> false);
    protect(response.getHeaders());
    try {
      doorkeeper.checkHost(request);
      String path = request.getHttpURI().getPath();
      if (path.equals(EVENTS) && request.getMethod().equals("GET")) {
        doorkeeper.checkReader(request);
        stream(request, response, callback);
      } else {
        send(answer(request, path), request, response, callback);
      }
    } catch (RefusedException e) {
      send(PageAnswer.of(e), request, response, callback);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      callback.failed(e);
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.WARNING, request.getMethod() + " " + request.getHttpURI().getPath(), e);
      send(
          PageAnswer.of(new RefusedException(500, "INTERNAL", "it has failed, see the log")),
          request,
          response,
          callback);
    }
    return true;
  }

  private static void protect(HttpFields.Mutable headers) {
    headers.put("Content-Security-Policy", CONTENT_POLICY);
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("Cross-Origin-Opener-Policy", "same-origin");
    headers.put("Cross-Origin-Resource-Policy", "same-origin");
    headers.put(HttpHeader.CACHE_CONTROL, "no-store");
  }

  private PageAnswer answer(Request request, String path)
      throws RefusedException, IOException, InterruptedException {
    return switch (request.getMethod()) {
      case "GET", "HEAD" -> {
        doorkeeper.checkReader(request);
        Optional<PageAnswer> file = files.find(path);
        yield file.isPresent()
            ? file.get()
            : PageAnswer.of(api.read(path, Optional.ofNullable(request.getHttpURI().getQuery())));
      }
      case "POST" -> {
        doorkeeper.checkActor(request);
        yield PageAnswer.of(api.act(path, body(request)));
      }
      default ->
          throw new RefusedException(
              405, "WRONG_METHOD", "method: got " + request.getMethod() + ", expected GET or POST");
    };
  }

  private static byte[] body(Request request) throws RefusedException {
    try (InputStream in = Request.asInputStream(request)) {
      byte[] body = in.readNBytes(MOST_BODY + 1);
      if (body.length > MOST_BODY) {
        throw new RefusedException(
            413, "TOO_LONG", "body: got more bytes than " + MOST_BODY + ", which are allowed");
      }
      return body;
    } catch (IOException e) {
      throw RefusedException.badRequest("body: " + e.getMessage());
    }
  }

  private static void send(
      PageAnswer answer, Request request, Response response, Callback callback) {
    response.setStatus(answer.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.type());
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, answer.body().length);
    // As nodes do: Jetty ends the connection with a body that was refused before it had come.
    if (!request.consumeAvailable()) {
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
    boolean isHead = request.getMethod().equals("HEAD");
    response.write(true, isHead ? null : ByteBuffer.wrap(answer.body()), callback);
  }

  private void stream(Request request, Response response, Callback callback)
      throws RefusedException, InterruptedException {
    if (!readers.tryAcquire()) {
      throw new RefusedException(
          503, "TOO_MANY", "events: got more than " + MOST_READERS + " readers");
    }
    try (OutputStream out = Content.Sink.asOutputStream(response)) {
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, NewsStream.TYPE);
      stream.write(request.getHeaders().get("Last-Event-ID"), out);
    } catch (IOException e) { // the reader is gone
      callback.failed(e);
      return;
    } finally {
      readers.release();
    }
    callback.succeeded();
  }
}
