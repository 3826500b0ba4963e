package io.redstuff.network.node.http;

import io.redstuff.client.api.ApiHeaders;
import io.redstuff.client.api.NodeError;

/**
 * What a node answers.
 *
 * @param status of HTTP
 * @param contentType what the body is
 * @param body the bytes; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // compared with nothing
record Answer(int status, String contentType, byte[] body) {
  private static final int OK = 200;

  static Answer bcs(byte[] body) {
    return new Answer(OK, ApiHeaders.BCS, body);
  }

  static Answer json(byte[] body) {
    return json(OK, body);
  }

  static Answer json(int status, byte[] body) {
    return new Answer(status, ApiHeaders.JSON, body);
  }

  static Answer of(NodeError error) {
    return json(error.code().httpStatus(), error.toJson());
  }
}
