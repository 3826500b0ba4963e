/**
 * A small HTTP server on the loopback address, for what is asked between processes of one network.
 */
package io.redstuff.network.http;
