package io.redstuff.client.api;

import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.json.JsonFields;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * An error as a node answers it, in JSON: {@code
 * {"error":{"code":400,"status":"FAILED_PRECONDITION","message":"..","details":[{"@type":"ErrorInfo","reason":"NOT_REGISTERED","domain":"storage.walrus.space","metadata":{}}]}}}.
 *
 * @param code what kind it is
 * @param reason why, in capitals; empty if the answer does not say
 * @param domain whose reason it is; empty if the answer does not say
 * @param message for people
 * @param metadata whole numbers that the message speaks of, by name
 * @since 0.1.0
 */
public record NodeError(
    ErrorCode code, String reason, String domain, String message, Map<String, Long> metadata) {
  /** Whose the reasons of storage nodes are. */
  public static final String STORAGE_DOMAIN = "storage.walrus.space";

  /** Whose the reasons are that any service may have. */
  public static final String GLOBAL_DOMAIN = "global";

  private static final String WHAT = "error answer";
  private static final String TYPE = "@type";
  private static final String ERROR_INFO = "ErrorInfo";
  private static final int MAX_CODE = 999;

  /**
   * Copies the metadata.
   *
   * @throws NullPointerException if something is null
   */
  public NodeError {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(domain, "domain");
    Objects.requireNonNull(message, "message");
    metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
  }

  /**
   * Returns an error of a storage node.
   *
   * @param code what kind it is
   * @param reason why
   * @param message for people
   * @return the error, without numbers
   */
  public static NodeError of(ErrorCode code, ErrorReason reason, String message) {
    boolean global = reason == ErrorReason.UNAVAILABLE || reason == ErrorReason.INTERNAL_ERROR;
    String domain = global ? GLOBAL_DOMAIN : STORAGE_DOMAIN;
    return new NodeError(code, reason.name(), domain, message, Map.of());
  }

  /**
   * {@return whether the error is given for a reason}
   *
   * @param expected the reason
   */
  public boolean is(ErrorReason expected) {
    return reason.equals(expected.name());
  }

  /**
   * Reads an answer in JSON.
   *
   * @param json all of it, UTF-8
   * @return the error
   * @throws MalformedDataException if it is no such answer, or code and status do not go together
   */
  public static NodeError parse(byte[] json) throws MalformedDataException {
    JsonFields fields = JsonFields.parse(WHAT, json).inner("error");
    long status = fields.number("code", MAX_CODE);
    ErrorCode code =
        fields.text(
            "status",
            name ->
                ErrorCode.of(name, status)
                    .orElseThrow(
                        () -> ApiText.wrong("status of " + status, name, "one that goes with it")));
    String message = fields.text("message", text -> text);
    Optional<JsonFields> info = Optional.empty();
    for (JsonFields details : fields.objects("details")) {
      if (info.isEmpty() && details.text(TYPE, text -> text).equals(ERROR_INFO)) {
        info = Optional.of(details);
      }
    }
    if (info.isEmpty()) {
      return new NodeError(code, "", "", message, Map.of());
    }
    JsonFields found = info.get();
    return new NodeError(
        code,
        found.text("reason", text -> text),
        found.text("domain", text -> text),
        message,
        found.object("metadata").map(JsonFields::allNumbers).orElse(Map.of()));
  }

  /** {@return the answer in JSON, UTF-8} */
  public byte[] toJson() {
    ObjectNode root = JsonFields.newObject();
    ObjectNode error = root.putObject("error");
    error.put("code", code.httpStatus()).put("status", code.name()).put("message", message);
    ObjectNode info = error.putArray("details").addObject();
    info.put(TYPE, ERROR_INFO).put("reason", reason).put("domain", domain);
    ObjectNode numbers = info.putObject("metadata");
    metadata.forEach((name, number) -> numbers.put(name, number.longValue()));
    return JsonFields.writeCompact(root);
  }

  /** {@return kind, reason and message} */
  @Override
  public String toString() {
    return "%s %s: %s".formatted(code, reason.isEmpty() ? "(no reason)" : reason, message);
  }
}
