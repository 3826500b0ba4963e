package io.redstuff.network.local;

/** Makes what runs a node. */
@FunctionalInterface
interface NodeStarter {
  /** Returns what runs the node in a directory; it does not run yet. */
  NodeRunner runner(NodeHome home);
}
