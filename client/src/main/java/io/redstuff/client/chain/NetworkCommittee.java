package io.redstuff.client.chain;

import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.ObjectId;
import io.redstuff.ShardIndex;
import io.redstuff.SliverPairIndex;
import io.redstuff.certify.Committee;
import io.redstuff.certify.CommitteeMember;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.certify.json.CommitteeJson;
import io.redstuff.client.node.NetworkKey;
import io.redstuff.client.node.NodeAddress;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import io.redstuff.internal.json.JsonFields;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * The storage nodes of an epoch, with their shards, their keys and where they are found.
 *
 * <p>Whoever gets hold of a wrong one believes wrong certificates, and asks the wrong nodes. It has
 * to come from the chain, by a way that is trusted. Immutable and thread-safe.
 *
 * @param committee who has which shards, and signs with which key
 * @param addresses where the members are, in their order
 * @since 0.1.0
 */
public record NetworkCommittee(Committee committee, List<NodeAddress> addresses) {
  private static final String WHAT = "committee";
  private static final String MEMBERS = "members";
  private static final String NODE_ID = "node_id";
  private static final String ADDRESS = "address";
  private static final String NETWORK_KEY = "network_key";

  /**
   * Checks that each member has an address and its shards are known.
   *
   * @throws IllegalArgumentException if it is otherwise, or blobs cannot be encoded for so few or
   *     so many shards
   */
  public NetworkCommittee {
    addresses = List.copyOf(addresses);
    if (addresses.size() != committee.members().size()) {
      throw new IllegalArgumentException(
          "addresses: got %s, expected one for each of %s members"
              .formatted(addresses.size(), committee.members().size()));
    }
    if (!committee.knowsShards()) {
      throw new IllegalArgumentException(
          "committee: got the number of each member's shards, expected the shards");
    }
    EncodingParameters.forShards(committee.shards());
  }

  /**
   * Reads a committee in JSON, as {@link CommitteeJson} has it: {@code epoch} and {@code members},
   * each with {@code node_id}, {@code public_key} and the list {@code shards}. Beside these each
   * has its {@code address}, as in {@code "http://127.0.0.1:9185"}, and may have a {@code
   * network_key}, 0x and 66 digits, that its TLS certificate must have.
   *
   * @param json all of the text, UTF-8
   * @param engine for the keys
   * @return the committee
   * @throws MalformedDataException if it is not JSON of this form
   * @throws VerificationException if a key is none, or the parts do not fit together
   */
  public static NetworkCommittee parse(byte[] json, BlsEngine engine)
      throws MalformedDataException, VerificationException {
    Committee committee = CommitteeJson.parse(json, engine);
    if (!committee.knowsShards() || committee.shards() < EncodingParameters.MIN_SHARDS) {
      throw new VerificationException(
          Reason.WRONG_COMMITTEE,
          "committee: got %s shards%s, expected %s or more and whose they are"
              .formatted(
                  committee.shards(),
                  committee.knowsShards() ? "" : " of which some are not listed",
                  EncodingParameters.MIN_SHARDS));
    }
    Map<ObjectId, NodeAddress> addresses = new HashMap<>();
    for (JsonFields member : JsonFields.parse(WHAT, json).objects(MEMBERS)) {
      addresses.put(member.text(NODE_ID, ObjectId::parse), address(member));
    }
    List<NodeAddress> ordered = new ArrayList<>();
    for (CommitteeMember member : committee.members()) {
      ordered.add(addresses.get(member.nodeId()));
    }
    return new NetworkCommittee(committee, ordered);
  }

  private static NodeAddress address(JsonFields member) throws MalformedDataException {
    Optional<NetworkKey> pin =
        member.has(NETWORK_KEY)
            ? Optional.of(member.text(NETWORK_KEY, NetworkKey::parse))
            : Optional.empty();
    return member.text(
        ADDRESS,
        text -> {
          try {
            return new NodeAddress(new URI(text), pin);
          } catch (URISyntaxException | IllegalArgumentException e) {
            throw new MalformedDataException(0, member.name(ADDRESS) + ": " + e.getMessage());
          }
        });
  }

  /**
   * {@return the committee in JSON, in lines, UTF-8}
   *
   * @throws IllegalStateException never: what is written here can be read
   */
  public byte[] toJson() {
    try {
      ObjectNode root = JsonFields.parse(WHAT, CommitteeJson.write(committee)).toObject();
      for (int i = 0; i < addresses.size(); i++) {
        ObjectNode member = (ObjectNode) root.get(MEMBERS).get(i);
        member.put(ADDRESS, addresses.get(i).toString());
        addresses.get(i).pin().ifPresent(key -> member.put(NETWORK_KEY, key.toString()));
      }
      return JsonFields.write(root);
    } catch (MalformedDataException e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@return the number of shards} */
  public EncodingParameters parameters() {
    return EncodingParameters.forShards(committee.shards());
  }

  /**
   * Returns which member keeps a pair of slivers of a blob.
   *
   * @param blobId the blob
   * @param pair the pair
   * @return the member's position
   * @throws IndexOutOfBoundsException if there is no such pair
   */
  public int owner(BlobId blobId, SliverPairIndex pair) {
    ShardIndex shard = pair.shard(blobId, parameters());
    return committee.owner(shard).orElseThrow();
  }

  /**
   * Returns which pairs of slivers of a blob a member keeps.
   *
   * @param blobId the blob
   * @param position the member's position
   * @return the pairs, one for each of its shards
   */
  public List<SliverPairIndex> pairs(BlobId blobId, int position) {
    return committee.shardsOf(position).orElseThrow().stream()
        .map(shard -> shard.pair(blobId, parameters()))
        .toList();
  }
}
