/** Publisher and aggregator: the HTTP interface of Walrus for everybody. */
package io.redstuff.daemon;
