/** Audits of the nodes of a network, over HTTP. */
package io.redstuff.network.audit;
