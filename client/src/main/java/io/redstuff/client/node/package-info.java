/**
 * Talks to single storage nodes. {@link io.redstuff.client.node.NodeConnections} keeps the
 * connections, a {@link io.redstuff.client.node.StorageNodeClient} asks one node.
 *
 * <p>Each request has an end: a time by which all of the answer must be there, and a length beyond
 * which nothing more of it is read. Nothing is asked twice; that is for the caller. What nodes
 * answer is well-formed, and that is all: whoever uses it verifies it.
 */
package io.redstuff.client.node;
