package io.redstuff.front.page;

import java.util.List;

/**
 * Which pairs of slivers of a blob are there, as their nodes say.
 *
 * @param blobId the blob
 * @param epoch the epoch whose nodes were asked
 * @param nodes the names of these
 * @param owners for each shard the position of its node among them
 * @param pairs for each shard the pair of slivers that it has
 * @param states for each shard one letter, see {@link PairState}
 * @param primaries how many primary slivers are there
 * @param secondaries how many secondary slivers are there
 * @param readable whether these decode the blob
 * @param good how many pairs are there and always were, as far as is known
 * @param healed how many are there again
 * @param half of how many one sliver is there
 * @param missing of how many none is there
 * @param away the nodes of how many do not answer
 */
record MatrixView(
    String blobId,
    long epoch,
    List<String> nodes,
    List<Integer> owners,
    List<Integer> pairs,
    String states,
    int primaries,
    int secondaries,
    boolean readable,
    int good,
    int healed,
    int half,
    int missing,
    int away) {}
