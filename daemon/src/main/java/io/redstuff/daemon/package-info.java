/**
 * Publisher and aggregator of a Walrus network over HTTP. {@link io.redstuff.daemon.DaemonServer}
 * is where to start.
 */
package io.redstuff.daemon;
