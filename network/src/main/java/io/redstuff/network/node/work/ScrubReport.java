package io.redstuff.network.node.work;

/**
 * What a node found when it looked through all that it has.
 *
 * @param blobs how many blobs it has something of
 * @param slivers how many slivers it has read
 * @param bad how many of them were bad, and thrown away
 * @since 0.1.0
 */
public record ScrubReport(long blobs, long slivers, long bad) {}
