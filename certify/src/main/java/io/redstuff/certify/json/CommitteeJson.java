package io.redstuff.certify.json;

import io.redstuff.ObjectId;
import io.redstuff.ShardIndex;
import io.redstuff.certify.Committee;
import io.redstuff.certify.CommitteeMember;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.certify.bls.PublicKey;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.internal.json.JsonFields;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A committee in JSON, as people write it: {@code epoch} and a list {@code members}, each with
 * {@code node_id} (0x and 64 digits), {@code public_key} (base64 of 48 bytes) and either its {@code
 * weight} or the list {@code shards}. Members may stand in any order. {@code n_shards}, if it is
 * there, must be the sum of the weights.
 *
 * @since 0.1.0
 */
public final class CommitteeJson {
  private static final String WHAT = "committee";
  private static final long MAX_U32 = 0xffff_ffffL;
  private static final int MAX_U16 = 0xffff;

  private record Row(CommitteeMember member, List<ShardIndex> shards) {}

  private CommitteeJson() {}

  /**
   * Reads a committee.
   *
   * @param json all of the text, UTF-8
   * @param engine for the keys
   * @return the committee; it knows its members' shards if all of them name theirs
   * @throws MalformedDataException if it is not JSON of this form
   * @throws VerificationException if a key is none, or the parts do not fit together
   */
  public static Committee parse(byte[] json, BlsEngine engine)
      throws MalformedDataException, VerificationException {
    JsonFields fields = JsonFields.parse(WHAT, json);
    long epoch = fields.number("epoch", MAX_U32);
    List<Row> rows = new ArrayList<>();
    for (JsonFields member : fields.objects("members")) {
      rows.add(row(member, engine));
    }
    rows.sort(Comparator.comparing(row -> row.member().nodeId()));
    Committee committee = Committee.of(epoch, rows.stream().map(Row::member).toList());
    if (fields.has("n_shards") && fields.number("n_shards", MAX_U16) != committee.shards()) {
      throw new VerificationException(
          VerificationException.Reason.WRONG_SHARD_COUNT,
          "committee: got n_shards %s, expected the sum of the weights, %s"
              .formatted(fields.number("n_shards", MAX_U16), committee.shards()));
    }
    boolean named = rows.stream().noneMatch(row -> row.shards().isEmpty());
    return named ? committee.withShards(rows.stream().map(Row::shards).toList()) : committee;
  }

  private static Row row(JsonFields member, BlsEngine engine)
      throws MalformedDataException, VerificationException {
    ObjectId nodeId = member.text("node_id", ObjectId::parse);
    PublicKey key = engine.publicKey(member.base64("public_key"));
    List<ShardIndex> shards =
        member.has("shards")
            ? member.numbers("shards", MAX_U16).stream().map(ShardIndex::of).toList()
            : List.of();
    long weight =
        member.has("weight") || shards.isEmpty() ? member.number("weight", MAX_U16) : shards.size();
    if (weight == 0) {
      throw new MalformedDataException(0, member.name("weight") + ": got 0, expected 1 or more");
    }
    return new Row(new CommitteeMember(nodeId, key, (int) weight), shards);
  }

  /**
   * Writes a committee.
   *
   * @param committee the committee
   * @return JSON in lines, UTF-8
   */
  public static byte[] write(Committee committee) {
    ObjectNode root = JsonFields.newObject();
    root.put("epoch", committee.epoch()).put("n_shards", committee.shards());
    ArrayNode members = root.putArray("members");
    for (int i = 0; i < committee.members().size(); i++) {
      CommitteeMember member = committee.members().get(i);
      ObjectNode row = members.addObject();
      row.put("node_id", member.nodeId().toString())
          .put("public_key", Base64.getEncoder().encodeToString(member.key().toBytes()))
          .put("weight", member.weight());
      committee
          .shardsOf(i)
          .ifPresent(
              shards -> {
                ArrayNode list = row.putArray("shards");
                shards.forEach(shard -> list.add(shard.value()));
              });
    }
    return JsonFields.write(root);
  }
}
