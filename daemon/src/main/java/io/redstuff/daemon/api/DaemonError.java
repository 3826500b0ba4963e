package io.redstuff.daemon.api;

import java.util.Objects;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An error as a daemon answers it, in JSON: {@code
 * {"error":{"code":404,"status":"NOT_FOUND","message":"..","details":[{"@type":"ErrorInfo","reason":"BLOB_NOT_FOUND","domain":"daemon.walrus.space","metadata":{}}]}}}.
 *
 * @param status what kind it is
 * @param reason why
 * @param message for people
 */
public record DaemonError(ErrorStatus status, ErrorReason reason, String message) {
  /** Whose the reasons are. */
  public static final String DOMAIN = "daemon.walrus.space";

  /**
   * Checks that all is there.
   *
   * @throws NullPointerException if something is null
   */
  public DaemonError {
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(message, "message");
  }

  /** {@return the answer in JSON, UTF-8} */
  public byte[] toJson() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ObjectNode error = root.putObject("error");
    error.put("code", status.httpStatus()).put("status", status.name()).put("message", message);
    ObjectNode info = error.putArray("details").addObject();
    info.put("@type", "ErrorInfo").put("reason", reason.name()).put("domain", DOMAIN);
    info.putObject("metadata");
    return Json.write(root);
  }
}
