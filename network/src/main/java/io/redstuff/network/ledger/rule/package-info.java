/**
 * The rules: what each call does to the state, in memory and without knowing where the state is
 * kept. {@link io.redstuff.network.ledger.rule.Executor} executes a transaction, all of it or
 * nothing.
 */
package io.redstuff.network.ledger.rule;
