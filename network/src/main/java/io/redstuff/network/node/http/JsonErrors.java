package io.redstuff.network.node.http;

import io.redstuff.client.api.ApiHeaders;
import io.redstuff.client.api.ErrorCode;
import io.redstuff.client.api.ErrorReason;
import io.redstuff.client.api.NodeError;
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

  private static NodeError error(int status, String reason) {
    return status == INTERNAL
        ? NodeError.of(ErrorCode.INTERNAL, ErrorReason.INTERNAL_ERROR, "request: " + reason)
        : NodeError.of(
            ErrorCode.INVALID_ARGUMENT, ErrorReason.INVALID_FILTER, "request: " + reason);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, ApiHeaders.JSON);
    if (response.getStatus() == VERSION_NOT_SUPPORTED) {
      response.setStatus(BAD_REQUEST); // the sender's fault, like all that is refused here
    }
    Object message = request.getAttribute(ERROR_MESSAGE);
    byte[] body = error(response.getStatus(), String.valueOf(message)).toJson();
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }
}
