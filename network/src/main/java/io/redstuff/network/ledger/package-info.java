/**
 * The ledger of a network: who owns what, which blobs are registered and certified, which nodes are
 * there and what they earn. {@link io.redstuff.network.ledger.Ledger} is what nodes and clients
 * see; a chain could stand behind it.
 *
 * <p>{@link io.redstuff.network.ledger.local.LocalLedger} is the one that is here: a model of the
 * Walrus contract, which keeps its rules and names and is not a chain. One process executes
 * transactions one after the other, and whoever owns that process can do as they like.
 */
package io.redstuff.network.ledger;
