/**
 * What a storage node does for those who ask it, whatever the protocol: takes metadata and slivers
 * after it has verified them, gives them and symbols of them out, signs what it knows, and says why
 * it refuses.
 */
package io.redstuff.network.node.service;
