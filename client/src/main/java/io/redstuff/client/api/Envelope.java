package io.redstuff.client.api;

import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.json.JsonFields;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** What is around the data of a good answer in JSON: {@code {"success":{"code":200,"data":..}}}. */
final class Envelope {
  static final String DATA = "data";
  private static final String WHAT = "answer";
  private static final String SUCCESS = "success";
  private static final String CODE = "code";
  private static final int OK = 200;
  private static final int MAX_CODE = 999;

  private Envelope() {}

  /** Wraps what is put into the object under {@link #DATA}. */
  static byte[] wrap(int code, Consumer<ObjectNode> data) {
    ObjectNode root = JsonFields.newObject();
    ObjectNode success = root.putObject(SUCCESS).put(CODE, code);
    data.accept(success);
    return JsonFields.writeCompact(root);
  }

  /** Wraps the fields of an object. */
  static byte[] wrapObject(Consumer<ObjectNode> fields) {
    return wrap(OK, success -> fields.accept(success.putObject(DATA)));
  }

  /** Wraps a text. */
  static byte[] wrapText(int code, String text) {
    return wrap(code, success -> success.put(DATA, text));
  }

  /** Returns what is around the data. */
  static JsonFields unwrap(byte[] json) throws MalformedDataException {
    JsonFields success = JsonFields.parse(WHAT, json).inner(SUCCESS);
    success.number(CODE, MAX_CODE);
    return success;
  }
}
