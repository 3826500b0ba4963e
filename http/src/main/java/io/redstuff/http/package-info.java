/** Servers of HTTP with limits, for nodes, publishers and aggregators. */
package io.redstuff.http;
