/**
 * Stores blobs on a Walrus network and reads them back. {@link io.redstuff.client.WalrusClient} is
 * where to start.
 *
 * <p>Blobs are encoded here, within the memory that is given, and spread over the nodes; once the
 * nodes of two thirds of the shards have signed that they have their slivers, the blob is certified
 * and the rest goes on in the background. To read, slivers are taken from whoever is fastest, each
 * compared with the metadata as it comes, and these with the blob id: nothing that a node says is
 * taken for true. So both work while nodes with a third of the shards are down, slow or lying.
 */
package io.redstuff.client;
