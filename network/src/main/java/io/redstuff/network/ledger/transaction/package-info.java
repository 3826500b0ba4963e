/**
 * What is sent to the ledger: {@link io.redstuff.network.ledger.transaction.Transaction}s of {@link
 * io.redstuff.network.ledger.transaction.Call}s, signed with the key of an account.
 *
 * <p>{@link io.redstuff.network.ledger.transaction.Calls} makes the calls that {@link
 * io.redstuff.chain.SystemCalls} does not have.
 */
package io.redstuff.network.ledger.transaction;
