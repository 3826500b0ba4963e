/**
 * A key server for tests and for networks on one machine, in the mode that Seal calls independent:
 * it answers as Seal's own servers do, but asks policies in Java where those ask the chain. {@link
 * io.redstuff.seal.server.HttpKeyServer} is where to start, {@link
 * io.redstuff.seal.server.KeyServerClient} asks such servers.
 *
 * <p>The server is not hardened, keeps its secret in memory, and knows no chain: it must not guard
 * anything of worth.
 */
package io.redstuff.seal.server;
