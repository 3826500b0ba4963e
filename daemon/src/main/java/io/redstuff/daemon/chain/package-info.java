/**
 * What a publisher has to know from the chain, and has it do, beyond what storing a blob needs: an
 * interface. Whoever implements it decides which chain that is.
 */
package io.redstuff.daemon.chain;
