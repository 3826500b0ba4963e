/**
 * A storage node's door: HTTP on virtual threads, with limits for whatever comes in, and TLS with a
 * certificate that the node makes itself of its network key.
 */
package io.redstuff.network.node.http;
