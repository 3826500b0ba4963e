/** The ledger as clients of storage nodes see it. */
package io.redstuff.network.registry;
