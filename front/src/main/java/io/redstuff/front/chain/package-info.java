/** A local ledger as a publisher sees its chain. */
package io.redstuff.front.chain;
