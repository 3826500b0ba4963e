/**
 * What a storage node keeps: metadata, slivers, what it owes, and how far it has followed the
 * ledger, in one file of SQLite. It keeps bytes and checks none of them.
 */
package io.redstuff.network.node.storage;
