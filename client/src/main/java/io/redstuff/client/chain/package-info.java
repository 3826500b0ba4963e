/**
 * What a client has to know from the chain, and what it tells it: the committee with its addresses,
 * and the registry of blobs, which is an interface. Whoever implements it decides which chain that
 * is.
 */
package io.redstuff.client.chain;
