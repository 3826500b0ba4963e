/** The command {@code network}: a whole Walrus network on this machine. */
package io.redstuff.cli.network;
