package io.redstuff.front.page;

import io.redstuff.network.local.LocalNetwork;
import io.redstuff.network.local.NoSuchNodeException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which nodes run, as far as was seen: who asks the network itself waits while a node starts.
 * Thread-safe.
 */
final class NodeStates {
  static final String RUNNING = "running";
  static final String STOPPED = "stopped";

  private final LocalNetwork network;
  private final Map<String, Boolean> seen = new ConcurrentHashMap<>();

  /** What is being done with nodes. */
  private final Map<String, String> busy = new ConcurrentHashMap<>();

  NodeStates(LocalNetwork network) {
    this.network = network;
  }

  /** Looks at a node, which may take as long as it starts; returns whether it is not as it was. */
  boolean look(String node) throws NoSuchNodeException {
    boolean now = network.isRunning(node);
    Boolean before = seen.put(node, now);
    return before == null || before != now;
  }

  /** Returns whether a node ran when it was looked at last. */
  boolean isRunning(String node) {
    return seen.getOrDefault(node, false);
  }

  /** Returns what is to be shown of a node. */
  String state(String node) {
    String doing = busy.get(node);
    if (doing != null) {
      return doing;
    }
    return isRunning(node) ? RUNNING : STOPPED;
  }

  /** Says what is being done with a node; false if something is already. */
  boolean begin(String node, String doing) {
    return busy.putIfAbsent(node, doing) == null;
  }

  /** It is done. */
  void end(String node) {
    busy.remove(node);
  }
}
