/**
 * Storage nodes of a Walrus network: {@link io.redstuff.network.node.StorageNode} is one, with its
 * server, its store and all that it does by itself.
 */
package io.redstuff.network.node;
