/**
 * The ledger that is here, {@link io.redstuff.network.ledger.local.LocalLedger}: in a file of
 * SQLite, or in memory alone.
 */
package io.redstuff.network.ledger.local;
