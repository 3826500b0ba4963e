/** What a storage node knows of the ledger, and how it follows its events. */
package io.redstuff.network.node.chain;
