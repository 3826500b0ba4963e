package io.redstuff.network.node.http;

import io.redstuff.network.node.service.RefusedException;
import java.io.IOException;

/** A request as far as routes look at it. */
interface ApiRequest {
  /** Returns the method of HTTP. */
  String method();

  /** Returns the path, not decoded. */
  String path();

  /** Returns the query; null if there is none. */
  String query();

  /** Returns a header; null if there is none. */
  String header(String name);

  /** Returns how long the body is said to be; negative if that is not said. */
  long length();

  /** Reads the body. */
  byte[] body(long most, TooLong tooLong) throws IOException, RefusedException;

  /** Says that a body is too long. */
  @FunctionalInterface
  interface TooLong {
    RefusedException refuse(long got, long most);
  }
}
