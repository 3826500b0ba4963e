/**
 * What the ledger keeps, as immutable values with their bytes: objects that accounts own, nodes
 * with their staking pools, committees, parameters.
 */
package io.redstuff.network.ledger.object;
