/** A daemon's side of HTTP, on Jetty: requests in, answers out, bodies of any length. */
package io.redstuff.daemon.http;
