package io.redstuff.store;

/**
 * What is waited for before something that was written counts as stored.
 *
 * @since 0.1.0
 */
public enum Durability {
  /**
   * The device: contents are there before they get their names, and names before the call returns.
   * What was stored outlives a power cut, and what was not stored leaves no half behind.
   */
  FORCED,
  /**
   * The system, which writes to the device in its own time and order. After a power cut names may
   * be there without their contents; a crash of the program alone does no harm.
   */
  BUFFERED
}
