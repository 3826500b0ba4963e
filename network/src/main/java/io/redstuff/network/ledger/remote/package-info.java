/**
 * A ledger that is in another process: {@link io.redstuff.network.ledger.remote.LedgerServer}
 * there, {@link io.redstuff.network.ledger.remote.RemoteLedger} here.
 */
package io.redstuff.network.ledger.remote;
