package io.redstuff.daemon.http;

import io.redstuff.daemon.api.DaemonError;
import io.redstuff.daemon.api.ErrorReason;
import io.redstuff.daemon.api.ErrorStatus;
import io.redstuff.daemon.api.RefusedException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Says in JSON what Jetty refuses before a request gets anywhere: bad headers, long lines. */
final class JsonErrors extends ErrorHandler {
  private static final int BAD_REQUEST = 400;
  private static final int INTERNAL = 500;
  private static final int VERSION_NOT_SUPPORTED = 505;

  private static DaemonError error(int status, String reason) {
    return status == INTERNAL
        ? new DaemonError(
            ErrorStatus.INTERNAL,
            ErrorReason.INTERNAL_ERROR,
            "an internal server error has occurred, see the log of the daemon")
        : RefusedException.malformed(reason).error();
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    if (response.getStatus() == VERSION_NOT_SUPPORTED) {
      response.setStatus(BAD_REQUEST); // the sender's fault, like all that is refused here
    }
    Object message = request.getAttribute(ERROR_MESSAGE);
    byte[] body = error(response.getStatus(), String.valueOf(message)).toJson();
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }
}
