/**
 * A whole network on this machine: {@link io.redstuff.network.local.LocalNetwork} runs one, {@link
 * io.redstuff.network.local.ControlClient} stops and starts its nodes from another process.
 */
package io.redstuff.network.local;
